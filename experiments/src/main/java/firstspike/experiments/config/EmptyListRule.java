package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;
import java.util.List;

/**
 * A list whose items belong to a part of the product that does not exist yet: only the empty one is accepted.
 *
 * @param what the items would do
 */
record EmptyListRule(String what) implements Rule {

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (node.kind() == YamlNode.Kind.LIST && node.items().isEmpty()) {
            return List.of();
        }
        if (node.kind() != YamlNode.Kind.LIST) {
            problems.outOfRange(node, key, allowed(), "write []");
        } else {
            YamlNode first = node.items().get(0);
            problems.add(
                    ExperimentException.Code.NOT_BUILT_YET,
                    first,
                    key,
                    "an empty list: " + what,
                    "leave " + key + " out");
        }
        return REFUSED;
    }

    @Override
    public String allowed() {
        return "[]";
    }
}
