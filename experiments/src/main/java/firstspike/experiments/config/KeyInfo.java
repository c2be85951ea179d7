package firstspike.experiments.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the schema says about one key of an experiment.
 *
 * @param key path; an item of a list is {@code *}
 * @param meaning one line
 * @param allowed values in words
 * @param fallback YAML text of the default; empty when there is none
 * @param required the file must have it
 * @param when which sibling brings it, such as {@code kind: step}; empty when it always belongs
 * @param below keys of the map that it holds, or of each item
 */
public record KeyInfo(
        String key,
        String meaning,
        String allowed,
        Optional<String> fallback,
        boolean required,
        String when,
        List<String> below) {

    /**
     * @param wanted a path, items by index or {@code *}, or the end of one
     * @return all keys that are meant, in the order of the schema
     * @throws IllegalArgumentException when there is none; proposes the nearest
     */
    public static List<KeyInfo> find(String wanted) {
        String path = wanted.replaceAll("\\.[0-9]{1,6}(?=\\.|$)", ".*");
        List<KeyInfo> all = all();
        List<KeyInfo> exact = all.stream().filter(info -> info.key.equals(path)).toList();
        List<KeyInfo> found = exact.isEmpty()
                ? all.stream().filter(info -> info.key.endsWith("." + path)).toList()
                : exact;
        if (found.isEmpty()) {
            List<String> known = all.stream().map(KeyInfo::key).toList();
            List<String> last = known.stream()
                    .map(key -> key.substring(key.lastIndexOf('.') + 1))
                    .toList();
            throw new IllegalArgumentException(
                    "key: " + wanted + " (limit: a key of formats.md 7, such as training.epochs); "
                            + Nearest.to(path, known)
                                    .or(() -> Nearest.to(path, last))
                                    .map(near -> "did you mean " + near + "?")
                                    .orElse("'firstspike config show yin-yang' has them all"));
        }
        return found;
    }

    /** Every key of an experiment, in the order of the schema. */
    public static List<KeyInfo> all() {
        Map<String, KeyInfo> found = new LinkedHashMap<>();
        collect(ExperimentSchema.EXPERIMENT, "", found);
        return List.copyOf(found.values());
    }

    private static void collect(MapRule map, String path, Map<String, KeyInfo> found) {
        map.keys().forEach(key -> add(key, path, "", found));
        map.variants()
                .forEach((value, keys) -> keys.forEach(key -> add(key, path, map.selector() + ": " + value, found)));
    }

    private static void add(Key key, String path, String when, Map<String, KeyInfo> found) {
        String name = MapRule.join(path, key.name());
        Optional<MapRule> below = mapOf(key.rule());
        String inner = key.rule() instanceof ListRule ? name + ".*" : name;
        KeyInfo known = found.get(name);
        found.put(
                name,
                new KeyInfo(
                        name,
                        key.meaning(),
                        key.allowed(),
                        Optional.ofNullable(key.fallback()),
                        key.required(),
                        known == null || known.when.isEmpty() ? when : known.when + ", " + when,
                        below.map(KeyInfo::names).orElse(List.of())));
        below.ifPresent(map -> collect(map, inner, found));
    }

    private static Optional<MapRule> mapOf(Rule rule) {
        if (rule instanceof ListRule list) {
            return mapOf(list.item());
        }
        return rule instanceof MapRule map ? Optional.of(map) : Optional.empty();
    }

    private static List<String> names(MapRule map) {
        List<String> names = new ArrayList<>();
        map.keys().forEach(key -> names.add(key.name()));
        map.variants().values().forEach(keys -> keys.stream()
                .map(Key::name)
                .filter(name -> !names.contains(name))
                .forEach(names::add));
        return names;
    }
}
