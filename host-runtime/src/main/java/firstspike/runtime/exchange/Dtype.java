package firstspike.runtime.exchange;

/** Element types of array files and the Java arrays that hold them. */
public enum Dtype {
    /** 64-bit float, {@code double[]}. */
    F8('f', 8),
    /** 32-bit float, {@code float[]}. */
    F4('f', 4),
    /** 16-bit float, {@code float[]}. */
    F2('f', 2),
    /** Signed 64 bit, {@code long[]}. */
    I8('i', 8),
    /** Signed 32 bit, {@code int[]}. */
    I4('i', 4),
    /** Signed 16 bit, {@code short[]}. */
    I2('i', 2),
    /** Signed 8 bit, {@code byte[]}. */
    I1('i', 1),
    /** Unsigned 64 bit, {@code long[]} of the raw bits. */
    U8('u', 8),
    /** Unsigned 32 bit, {@code long[]}. */
    U4('u', 4),
    /** Unsigned 16 bit, {@code int[]}. */
    U2('u', 2),
    /** Unsigned 8 bit, {@code int[]}. */
    U1('u', 1),
    /** Boolean, {@code boolean[]}. */
    BOOL('b', 1),
    /** Text of bytes, {@code String[]} without trailing NULs. */
    BYTES('S', 0),
    /** Text of code points of four bytes, {@code String[]} without trailing NULs. */
    UNICODE('U', 0);

    private final char letter;
    private final int width;

    Dtype(char letter, int width) {
        this.letter = letter;
        this.width = width;
    }

    /** Bytes of an element; 0 where the header says it. */
    int width() {
        return width;
    }

    /** The type of a letter and a width, null when it is not read. */
    static Dtype of(char letter, int width) {
        for (Dtype type : values()) {
            if (type.letter == letter && (type.width == width || type.width == 0)) {
                return type;
            }
        }
        return null;
    }

    /** Header text of little-endian numbers. */
    String descr() {
        return (width == 1 ? "|" : "<") + letter + width;
    }
}
