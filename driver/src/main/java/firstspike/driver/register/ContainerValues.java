package firstspike.driver.register;

import java.util.Arrays;
import java.util.Map;

/**
 * The fields of one container with legal values: what {@link ContainerLayout} encodes. Immutable; a setter gives a
 * changed copy. Fields are named as in the register tables, elements of arrays by {@code values[2]}, members of
 * structures by {@code switch[0].internal_causal}.
 */
public final class ContainerValues {

    private final ContainerLayout layout;
    private final long[] values;

    /** Takes the array as its own; every value has been checked. */
    ContainerValues(ContainerLayout layout, long[] values) {
        this.layout = layout;
        this.values = values;
    }

    /** The layout that these values belong to. */
    public ContainerLayout layout() {
        return layout;
    }

    /**
     * With another number; for a boolean 0 or 1, for an enumeration the position of its name.
     *
     * @throws IllegalArgumentException if there is no such field, or if the value is outside the field's range
     */
    public ContainerValues with(String path, long value) {
        int field = layout.fieldIndex(path);
        return withRaw(field, layout.field(field).checked(value));
    }

    /** With another boolean; {@link IllegalArgumentException} if there is no such field. */
    public ContainerValues with(String path, boolean value) {
        return with(path, value ? 1 : 0);
    }

    /** With another named value; {@link IllegalArgumentException} if the field or the name does not exist. */
    public ContainerValues with(String path, String name) {
        int field = layout.fieldIndex(path);
        return withRaw(field, layout.field(field).valueOf(name));
    }

    /** With another element of an array field. */
    public ContainerValues with(String array, int index, long value) {
        return with(array + "[" + index + "]", value);
    }

    /** With another element of an array field of booleans. */
    public ContainerValues with(String array, int index, boolean value) {
        return with(array, index, value ? 1 : 0);
    }

    /**
     * With all fields that the map mentions.
     *
     * @param fields booleans, integers, names, lists (complete) and maps (may be partial) by field name
     * @throws IllegalArgumentException naming the first field that does not exist or cannot take its value
     */
    public ContainerValues withAll(Map<String, ?> fields) {
        long[] changed = values.clone();
        layout.assign(fields, changed);
        return new ContainerValues(layout, changed);
    }

    /** The number of a field. */
    public long value(String path) {
        return values[layout.fieldIndex(path)];
    }

    /** The number of an element of an array field. */
    public long value(String array, int index) {
        return value(array + "[" + index + "]");
    }

    /** A boolean field. */
    public boolean isSet(String path) {
        return value(path) != 0;
    }

    /** Fields by name in the order of the model: booleans, longs, names, lists, maps. */
    public Map<String, Object> toMap() {
        return layout.toMap(values);
    }

    /** Words in write order; for a container whose words do not depend on the place. */
    public int[] words() {
        return layout.encode(this);
    }

    /** Value of the field with this number, as {@link ContainerLayout#fields()} counts. */
    long raw(int field) {
        return values[field];
    }

    ContainerValues withRaw(int field, long value) {
        long[] changed = values.clone();
        changed[field] = value;
        return new ContainerValues(layout, changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContainerValues that && layout == that.layout && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * layout.container().hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return layout.container().title() + toMap();
    }
}
