package firstspike.experiments.config;

/** Number of row pairs an input has, or {@code auto}. */
record CopiesRule() implements Rule {

    private static final IntegerRule COUNT = new IntegerRule(1, 8);

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (node.kind() == YamlNode.Kind.SCALAR && node.text().equals("auto")) {
            return "auto";
        }
        if (!node.isInteger()) {
            problems.outOfRange(node, key, allowed(), "give a count or auto");
            return REFUSED;
        }
        return COUNT.read(node, key, problems);
    }

    @Override
    public String allowed() {
        return "1 to 8, or auto";
    }
}
