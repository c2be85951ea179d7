package firstspike.experiments.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Typed view of a resolved tree.
 *
 * @param tree maps, lists, texts, numbers, truth values and nulls as the rules made them
 */
record Values(Map<String, Object> tree) {

    Object at(String path) {
        Object value = tree;
        for (String part : path.split("\\.")) {
            value = value instanceof Map<?, ?> map
                    ? map.get(part)
                    : value instanceof List<?> list ? list.get(Integer.parseInt(part)) : null;
        }
        return value;
    }

    boolean has(String path) {
        return at(path) != null;
    }

    int integer(String path) {
        return Math.toIntExact((Long) at(path));
    }

    long wide(String path) {
        return (Long) at(path);
    }

    double number(String path) {
        return (Double) at(path);
    }

    OptionalDouble optionalNumber(String path) {
        return at(path) instanceof Double number ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    boolean flag(String path) {
        return (Boolean) at(path);
    }

    String text(String path) {
        return (String) at(path);
    }

    Optional<String> optionalText(String path) {
        return at(path) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    int size(String path) {
        return ((List<?>) at(path)).size();
    }

    @SuppressWarnings("unchecked")
    <T> List<T> list(String path) {
        return List.copyOf((List<T>) at(path));
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> map(String path) {
        return (Map<String, Object>) at(path);
    }
}
