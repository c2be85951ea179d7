package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;
import java.util.List;
import java.util.Map;

/**
 * One of several names.
 *
 * @param names that work
 * @param later names that belong to parts of the product that do not exist yet, each with its way out
 */
record ChoiceRule(List<String> names, Map<String, String> later) implements Rule {

    static ChoiceRule of(String... names) {
        return new ChoiceRule(List.of(names), Map.of());
    }

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (node.kind() == YamlNode.Kind.SCALAR && names.contains(node.text())) {
            return node.text();
        }
        if (node.kind() == YamlNode.Kind.SCALAR && later.containsKey(node.text())) {
            problems.add(
                    ExperimentException.Code.NOT_BUILT_YET,
                    node,
                    key,
                    "in this version " + allowed(),
                    later.get(node.text()));
            return REFUSED;
        }
        String remedy = node.kind() == YamlNode.Kind.SCALAR
                ? Nearest.to(node.text(), names)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("choose one of them")
                : "choose one of them";
        problems.outOfRange(node, key, allowed(), remedy);
        return REFUSED;
    }

    @Override
    public String allowed() {
        return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
    }
}
