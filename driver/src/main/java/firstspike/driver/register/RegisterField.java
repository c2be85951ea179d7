package firstspike.driver.register;

import java.util.List;
import java.util.SortedMap;

/**
 * One value of a container: a field, or one element of an array field. Values are {@code long}; booleans are 0 and 1,
 * enumerations the position in {@link #names()}.
 */
public final class RegisterField {

    /** What a value means. */
    public enum Kind {
        BOOL,
        INT,
        ENUM
    }

    /** How a value becomes the stored number. */
    enum Code {
        /** Plus a constant. */
        OFFSET,
        /** Position in a list of legal values. */
        LIST,
        /** Six low bits as they are, the two above as a thermometer of three. */
        THERMOMETER,
        /** Any non-zero number means true. */
        NON_ZERO
    }

    private final Container container;
    private final String path;
    private final Kind kind;
    private final long minimum;
    private final long maximum;
    private final List<String> names;
    private final SortedMap<Long, String> specialNames;
    private final long defaultValue;
    private final Code code;
    private final long storedOffset;
    private final List<Long> legal;
    private final List<BitSlice> slices;

    RegisterField(FieldSpecification specification) {
        container = specification.container();
        path = specification.path();
        kind = specification.kind();
        minimum = specification.minimum();
        maximum = specification.maximum();
        names = specification.names();
        specialNames = specification.specialNames();
        code = specification.code();
        storedOffset = specification.storedOffset();
        legal = specification.legal();
        slices = specification.slices();
        defaultValue = specification.defaultValue();
    }

    /** Name with indices, for example {@code values[2]} or {@code switch[0].internal_causal}. */
    public String path() {
        return path;
    }

    /** What the value means. */
    public Kind kind() {
        return kind;
    }

    /** Smallest value. */
    public long minimum() {
        return minimum;
    }

    /** Largest value. */
    public long maximum() {
        return maximum;
    }

    /** Value of a container that nothing was set in. */
    public long defaultValue() {
        return defaultValue;
    }

    /** Names of an enumeration in order of their values; empty for other kinds. */
    public List<String> names() {
        return names;
    }

    /** Values beyond the range that can be set by name only, for example the CapMem value that stops the refresh. */
    public SortedMap<Long, String> specialNames() {
        return specialNames;
    }

    /** Legal values where they are not a range; empty otherwise. */
    public List<Long> legalValues() {
        return legal;
    }

    /** Whether a number may be set. */
    public boolean accepts(long value) {
        return legal.isEmpty() ? value >= minimum && value <= maximum : legal.contains(value);
    }

    /**
     * Checks a number that someone wants to set.
     *
     * @throws IllegalArgumentException naming container, field, value and range
     */
    long checked(long value) {
        if (!accepts(value)) {
            throw new IllegalArgumentException(where() + ": value " + value + " is outside " + range());
        }
        return value;
    }

    /** Checks a number for a field that a view keeps as a component. */
    static void require(Container container, String path, long value) {
        ContainerLayout layout = container.layout();
        layout.field(layout.fieldIndex(path)).checked(value);
    }

    /** The number behind a name. */
    long valueOf(String name) {
        int position = names.indexOf(name);
        if (position >= 0) {
            return position;
        }
        for (var special : specialNames.entrySet()) {
            if (special.getValue().equals(name)) {
                return special.getKey();
            }
        }
        throw new IllegalArgumentException(where() + ": no value is called " + name + "; choose from " + range());
    }

    /** Boolean, number or name, as documents write it. */
    Object toObject(long value) {
        return switch (kind) {
            case BOOL -> value != 0;
            case ENUM -> names.get((int) value);
            case INT -> specialNames.containsKey(value) ? specialNames.get(value) : (Object) value;
        };
    }

    /** Reverse of {@link #toObject}. */
    long fromObject(Object object) {
        if (object instanceof Boolean flag && kind == Kind.BOOL) {
            return flag ? 1 : 0;
        }
        if (object instanceof String name && kind != Kind.BOOL) {
            return valueOf(name);
        }
        if (kind == Kind.INT && (object instanceof Integer || object instanceof Long || object instanceof Short)) {
            return checked(((Number) object).longValue());
        }
        throw new IllegalArgumentException(
                where() + ": " + object + " is no value of this field; choose from " + range());
    }

    /** Puts a value that was checked into words whose bits there are 0. */
    void encode(long value, int[] words) {
        long stored = store(value);
        for (BitSlice slice : slices) {
            slice.put(stored, words);
        }
    }

    /**
     * Takes the value from words.
     *
     * @param place where the words were read, for the message
     * @throws IllegalArgumentException if the code is none of this field
     */
    long decode(int[] words, String place) {
        long stored = 0;
        for (BitSlice slice : slices) {
            stored |= slice.get(words);
        }
        if (code == Code.LIST && stored >= legal.size()) {
            throw refused(stored, words, place);
        }
        long value = load(stored);
        if (!accepts(value) && !specialNames.containsKey(value)) {
            throw refused(value, words, place);
        }
        return value;
    }

    List<BitSlice> slices() {
        return slices;
    }

    private long store(long value) {
        return switch (code) {
            case OFFSET -> value + storedOffset;
            case LIST -> legal.indexOf(value);
            case THERMOMETER -> value & 0x3F | (1L << (value >> 6)) - 1 << 6;
            case NON_ZERO -> value;
        };
    }

    private long load(long stored) {
        return switch (code) {
            case OFFSET -> stored - storedOffset;
            case LIST -> legal.get((int) stored);
            // the highest set bit of the thermometer counts
            case THERMOMETER -> stored & 0x3F | 64L - Long.numberOfLeadingZeros(stored >> 6) << 6;
            case NON_ZERO -> stored == 0 ? 0 : 1;
        };
    }

    private IllegalArgumentException refused(long value, int[] words, String place) {
        int word = slices.get(0).word();
        return new IllegalArgumentException(where() + place + ": word " + word
                + String.format(" is 0x%08X, its code means %d, outside ", words[word], value) + range());
    }

    private String where() {
        return container.title() + "." + path;
    }

    private String range() {
        StringBuilder text = new StringBuilder();
        if (!names.isEmpty()) {
            text.append(names);
        } else if (!legal.isEmpty()) {
            text.append(legal);
        } else {
            text.append(minimum).append("..").append(maximum);
        }
        for (var special : specialNames.entrySet()) {
            text.append(" or \"").append(special.getValue()).append('"');
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return where();
    }
}
