package firstspike.driver.register;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the values of a container nest in arrays and structures. A leaf holds the number of its {@link RegisterField}.
 */
final class FieldTree {

    private final int leaf;
    private final List<FieldTree> elements;
    private final Map<String, FieldTree> members;

    private FieldTree(int leaf, List<FieldTree> elements, Map<String, FieldTree> members) {
        this.leaf = leaf;
        this.elements = elements;
        this.members = members;
    }

    static FieldTree leaf(int field) {
        return new FieldTree(field, List.of(), Map.of());
    }

    static FieldTree array(List<FieldTree> elements) {
        return new FieldTree(-1, List.copyOf(elements), Map.of());
    }

    static FieldTree structure(Map<String, FieldTree> members) {
        return new FieldTree(-1, List.of(), new LinkedHashMap<>(members));
    }

    /** Boolean, number, name, list or map. */
    Object toObject(RegisterField[] fields, long[] values) {
        if (leaf >= 0) {
            return fields[leaf].toObject(values[leaf]);
        }
        if (!elements.isEmpty()) {
            List<Object> list = new ArrayList<>();
            elements.forEach(element -> list.add(element.toObject(fields, values)));
            return list;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        members.forEach((name, member) -> map.put(name, member.toObject(fields, values)));
        return map;
    }

    /** Sets the values that {@code object} mentions and leaves the others. */
    void assign(String path, Object object, RegisterField[] fields, long[] values) {
        if (leaf >= 0) {
            values[leaf] = fields[leaf].fromObject(object);
        } else if (!elements.isEmpty()) {
            assignElements(path, object, fields, values);
        } else {
            assignMembers(path, object, fields, values);
        }
    }

    private void assignElements(String path, Object object, RegisterField[] fields, long[] values) {
        if (!(object instanceof List<?> list) || list.size() != elements.size()) {
            throw new IllegalArgumentException(
                    path + ": " + object + " is no list of " + elements.size() + " values; give exactly that many");
        }
        for (int i = 0; i < elements.size(); i++) {
            elements.get(i).assign(path + "[" + i + "]", list.get(i), fields, values);
        }
    }

    private void assignMembers(String path, Object object, RegisterField[] fields, long[] values) {
        if (!(object instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(path + ": " + object + " is no structure; give values by field name");
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            FieldTree member = members.get(String.valueOf(entry.getKey()));
            if (member == null) {
                throw new IllegalArgumentException(
                        path + ": no field " + entry.getKey() + "; the fields are " + members.keySet());
            }
            member.assign(path + "." + entry.getKey(), entry.getValue(), fields, values);
        }
    }
}
