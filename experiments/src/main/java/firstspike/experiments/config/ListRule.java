package firstspike.experiments.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of values of one kind.
 *
 * @param item rule of each
 * @param fewest number of items
 * @param most number of items
 */
record ListRule(Rule item, int fewest, int most) implements Rule {

    static ListRule of(Rule item) {
        return new ListRule(item, 0, 100_000);
    }

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (node.kind() != YamlNode.Kind.LIST
                || node.items().size() < fewest
                || node.items().size() > most) {
            problems.outOfRange(node, key, allowed(), "give a list");
            return REFUSED;
        }
        List<Object> values = new ArrayList<>();
        boolean refused = false;
        for (int i = 0; i < node.items().size(); i++) {
            Object value = item.read(node.items().get(i), key + "." + i, problems);
            refused |= value == REFUSED;
            values.add(value);
        }
        return refused ? REFUSED : values;
    }

    @Override
    public String allowed() {
        return "a list of " + (fewest > 0 ? "at least " + fewest + " times " : "") + item.allowed();
    }
}
