package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;
import java.util.LinkedHashMap;

/** Puts one {@code key=value} into the tree of a document. */
final class Assignment {

    private Assignment() {}

    static void apply(String assignment, YamlNode root, Problems problems) {
        String name = "--set " + assignment;
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            problems.outOfRange(
                    YamlNode.scalar(name, 1, 1, assignment, true),
                    "",
                    "key=value",
                    "write for example training.epochs=20");
            return;
        }
        String key = assignment.substring(0, equals).strip();
        // as many blanks as the key has letters, so that columns count from the beginning of the assignment
        YamlNode value = YamlReader.read(name, " ".repeat(equals + 1) + assignment.substring(equals + 1), problems);
        if (value == null) {
            return;
        }
        if (value.kind() == YamlNode.Kind.MAP
                && value.entries().isEmpty()
                && assignment.substring(equals + 1).isBlank()) {
            value = YamlNode.scalar(name, 1, equals + 2, "", true);
        }
        YamlNode at = root;
        String[] parts = key.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i + 1 == parts.length;
            at = at.kind() == YamlNode.Kind.LIST
                    ? stepList(at, parts[i], last, key, value, problems)
                    : stepMap(at, parts[i], last, value);
            if (at == null) {
                return;
            }
        }
    }

    private static YamlNode stepMap(YamlNode map, String part, boolean last, YamlNode value) {
        YamlNode.Entry entry = map.entries().get(part);
        YamlNode key = YamlNode.scalar(value.file(), 1, 1, part, true);
        if (last) {
            map.entries().put(part, new YamlNode.Entry(key, value));
            return null;
        }
        if (entry == null || entry.value().kind() == YamlNode.Kind.SCALAR) {
            YamlNode made = YamlNode.map(value.file(), 1, 1, new LinkedHashMap<>());
            map.entries().put(part, new YamlNode.Entry(key, made));
            return made;
        }
        return entry.value();
    }

    private static YamlNode stepList(
            YamlNode list, String part, boolean last, String key, YamlNode value, Problems problems) {
        int size = list.items().size();
        int index = part.matches("[0-9]{1,6}") ? Integer.parseInt(part) : -1;
        if (index < 0 || index >= size) {
            problems.add(
                    ExperimentException.Code.VALUE_OUT_OF_RANGE,
                    YamlNode.scalar(value.file(), 1, 1, part, true),
                    key,
                    size == 0 ? "the list is empty" : "an index from 0 to " + (size - 1),
                    "choose an item of the list");
            return null;
        }
        if (last) {
            list.items().set(index, value);
            return null;
        }
        return list.items().get(index);
    }
}
