package firstspike.experiments.config;

/** A condition on the result. */
record RequirementRule() implements Rule {

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (node.kind() != YamlNode.Kind.SCALAR
                || Requirement.parse(node.text()).isEmpty()) {
            problems.outOfRange(node, key, allowed(), "write for example test/accuracy >= 0.95");
            return REFUSED;
        }
        return node.text();
    }

    @Override
    public String allowed() {
        return "<metric> <op> <number>";
    }
}
