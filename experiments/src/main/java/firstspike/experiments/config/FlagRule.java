package firstspike.experiments.config;

import java.util.Locale;

/** {@code true} or {@code false}; {@code yes} and {@code on} are texts in YAML 1.2. */
record FlagRule() implements Rule {

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (!node.isTruth()) {
            problems.outOfRange(node, key, allowed(), "write true or false");
            return REFUSED;
        }
        return Boolean.valueOf(node.text().toLowerCase(Locale.ROOT));
    }

    @Override
    public String allowed() {
        return "true or false";
    }
}
