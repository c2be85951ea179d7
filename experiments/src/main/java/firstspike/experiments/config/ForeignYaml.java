package firstspike.experiments.config;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.FormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of other programs in YAML, as plain maps, lists and values: the same limits, no tags, no aliases. */
public final class ForeignYaml {

    private ForeignYaml() {}

    /**
     * @param path of a file
     * @return its keys in order: maps, lists, texts, {@code Long}, {@code Double}, truth values and nulls
     * @throws FormatException {@code YAML_LIMIT} for content that is refused
     */
    public static Map<String, Object> read(Path path) {
        byte[] bytes = YamlFile.read(path, "settings of another program", "correct the path");
        Problems problems = new Problems();
        YamlNode root = YamlReader.read(path.toString(), new String(bytes, StandardCharsets.UTF_8), problems);
        if (root == null || problems.any() || root.kind() != YamlNode.Kind.MAP) {
            ErrorDetail detail = problems.any()
                    ? problems.list().get(0).detail()
                    : ErrorDetail.of(path.toString(), "no keys and values", "a map", "name the right file");
            throw new FormatException(FormatException.Code.YAML_LIMIT, detail, null);
        }
        return map(root);
    }

    private static Map<String, Object> map(YamlNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.entries().forEach((key, entry) -> map.put(key, tree(entry.value())));
        return map;
    }

    private static Object tree(YamlNode node) {
        return switch (node.kind()) {
            case MAP -> map(node);
            case LIST -> {
                List<Object> items = new ArrayList<>();
                node.items().forEach(item -> items.add(tree(item)));
                yield items;
            }
            case SCALAR -> scalar(node);
        };
    }

    private static Object scalar(YamlNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isTruth()) {
            return node.text().equalsIgnoreCase("true");
        }
        if (node.isInteger() && node.text().matches("[-+]?[0-9]{1,18}")) {
            return Long.parseLong(node.text().replace("+", ""));
        }
        return node.isNumber() && !node.text().startsWith("0x") && !node.text().startsWith("0o")
                ? (Object) Double.parseDouble(node.text())
                : node.text();
    }
}
