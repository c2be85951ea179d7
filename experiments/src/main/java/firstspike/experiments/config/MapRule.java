package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A map of known keys, in the order of the schema. Where a key called the selector decides which further keys belong, each
 * of its values brings its own.
 *
 * @param keys that always belong
 * @param selector name of the deciding key, one of {@code keys}, or null
 * @param variants further keys a value of the selector
 */
record MapRule(List<Key> keys, String selector, Map<String, List<Key>> variants) implements Rule {

    /** Puts the variants in the order of their names, so that pages made of them are the same in every process. */
    MapRule {
        variants = Collections.unmodifiableMap(new TreeMap<>(variants));
    }

    static MapRule of(Key... keys) {
        return new MapRule(List.of(keys), null, Map.of());
    }

    static MapRule by(Key selector, Map<String, List<Key>> variants) {
        return new MapRule(List.of(selector), selector.name(), variants);
    }

    @Override
    public Object read(YamlNode node, String path, Problems problems) {
        if (node.kind() != YamlNode.Kind.MAP) {
            problems.outOfRange(node, path, allowed(), "give a map of keys");
            return REFUSED;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        boolean refused = false;
        for (Key key : keys) {
            refused |= !take(key, node, path, values, problems);
        }
        List<Key> further = List.of();
        if (selector != null && values.containsKey(selector)) {
            further = variants.getOrDefault((String) values.get(selector), List.of());
            for (Key key : further) {
                refused |= !take(key, node, path, values, problems);
            }
        }
        boolean decided = selector == null || values.containsKey(selector);
        refused |= reportUnknown(node, path, further, decided, problems);
        return refused ? REFUSED : values;
    }

    private boolean take(Key key, YamlNode node, String path, Map<String, Object> values, Problems problems) {
        String keyPath = join(path, key.name());
        YamlNode.Entry entry = node.entries().get(key.name());
        YamlNode value = entry == null ? null : entry.value();
        if (value == null && key.required()) {
            problems.add(
                    ExperimentException.Code.MISSING_KEY,
                    node,
                    keyPath,
                    key.allowed(),
                    "add the key " + key.name() + ": " + key.meaning());
            return false;
        }
        if (value == null && key.fallback() == null) {
            return true;
        }
        if (value == null) {
            value = YamlReader.read("default of " + keyPath, key.fallback(), problems);
        }
        if (value.isNull() && key.nullable()) {
            values.put(key.name(), null);
            return true;
        }
        Object read = key.rule().read(value, keyPath, problems);
        if (read == REFUSED) {
            return false;
        }
        values.put(key.name(), read);
        return true;
    }

    private boolean reportUnknown(YamlNode node, String path, List<Key> further, boolean decided, Problems problems) {
        Set<String> known = new LinkedHashSet<>();
        keys.forEach(key -> known.add(key.name()));
        further.forEach(key -> known.add(key.name()));
        Set<String> elsewhere = variants.values().stream()
                .flatMap(List::stream)
                .map(Key::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean found = false;
        for (Map.Entry<String, YamlNode.Entry> entry : node.entries().entrySet()) {
            String name = entry.getKey();
            if (known.contains(name) || !decided && elsewhere.contains(name)) {
                continue;
            }
            found = true;
            String remedy = elsewhere.contains(name)
                    ? "it belongs to another " + selector + "; remove it"
                    : Nearest.to(name, known)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("remove it");
            problems.add(
                    ExperimentException.Code.UNKNOWN_KEY,
                    entry.getValue().key(),
                    join(path, name),
                    "known here: " + String.join(", ", known),
                    remedy);
        }
        return found;
    }

    @Override
    public String allowed() {
        return "a map of " + keys.stream().map(Key::name).collect(Collectors.joining(", "));
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
