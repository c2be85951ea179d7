package firstspike.experiments.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A map with keys of the user's choice and plain values behind them.
 *
 * @param leaf rule of every scalar, or null for any scalar
 */
record FreeMapRule(Rule leaf) implements Rule {

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        if (node.kind() != YamlNode.Kind.MAP) {
            problems.outOfRange(node, key, allowed(), "give a map");
            return REFUSED;
        }
        return value(node, key, problems);
    }

    private Object value(YamlNode node, String key, Problems problems) {
        return switch (node.kind()) {
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                boolean refused = false;
                for (Map.Entry<String, YamlNode.Entry> entry : node.entries().entrySet()) {
                    Object value = value(entry.getValue().value(), key + "." + entry.getKey(), problems);
                    refused |= value == REFUSED;
                    map.put(entry.getKey(), value);
                }
                yield refused ? REFUSED : map;
            }
            case LIST -> {
                List<Object> list = new ArrayList<>();
                for (YamlNode item : node.items()) {
                    list.add(value(item, key, problems));
                }
                yield list.contains(REFUSED) ? REFUSED : list;
            }
            case SCALAR -> leaf != null ? leaf.read(node, key, problems) : scalar(node);
        };
    }

    private static Object scalar(YamlNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isTruth()) {
            return Boolean.valueOf(node.text().equalsIgnoreCase("true"));
        }
        if (node.isInteger() && node.text().length() <= 18) {
            return IntegerRule.parse(node.text()).longValueExact();
        }
        if (node.isNumber() && Double.isFinite(Double.parseDouble(node.text()))) {
            return Double.parseDouble(node.text());
        }
        return node.text();
    }

    @Override
    public String allowed() {
        return leaf == null ? "a map" : "a map of " + leaf.allowed();
    }
}
