package firstspike.emulator.ppu;

/** Compares, selects, shifts and permutes lanes (ppu.md 3.4); permutations stay within a slice of 16 lanes. */
final class VectorPermutation {
    private static final int SLICE = 16;

    private final VectorState state;
    private final byte[] result = new byte[VectorState.LANES];
    private final byte[] source = new byte[2 * SLICE];

    VectorPermutation(VectorState state) {
        this.state = state;
    }

    /**
     * @param scalar value of the general register that a splat takes
     */
    void execute(Instruction i, int scalar) {
        byte[] a = state.register[i.ra];
        byte[] b = state.register[i.rb];
        switch (i.vector.kind()) {
            case COMPARE -> {
                compare(a, i.vector.width());
                return;
            }
            case SELECT -> select(a, b, i.condition());
            case SHIFT -> shift(a, i.rb << 27 >> 27, i.vector.width());
            case SPLAT -> splat(scalar, i.vector.width());
            case PACK_UPPER, PACK_LOWER -> pack(a, b, i.condition(), i.vector.kind());
            case UNPACK_LEFT -> unpack(a, b, i.condition(), 0);
            case UNPACK_RIGHT -> unpack(a, b, i.condition(), SLICE / 2);
            default -> throw new IllegalArgumentException(i.vector + " permutes nothing");
        }
        System.arraycopy(result, 0, state.register[i.rt], 0, result.length);
    }

    private void compare(byte[] a, int width) {
        int step = width / Byte.SIZE;
        for (int k = 0; k < VectorState.LANES; k += step) {
            int value = step == 1 ? a[k] : a[k] << 8 | a[k + 1] & 0xFF;
            byte flag = (byte) (value > 0 ? VectorState.GREATER : value < 0 ? VectorState.LESS : VectorState.EQUAL);
            state.conditions[k] = flag;
            state.conditions[k + step - 1] = flag;
        }
    }

    private void select(byte[] a, byte[] b, int condition) {
        for (int k = 0; k < VectorState.LANES; k++) {
            result[k] = state.enables(condition, k) ? b[k] : a[k];
        }
    }

    private void shift(byte[] a, int by, int width) {
        if (width == Byte.SIZE) {
            for (int k = 0; k < VectorState.LANES; k++) {
                result[k] = (byte) (by >= 0 ? a[k] << by : (a[k] & 0xFF) >>> -by);
            }
            return;
        }
        for (int k = 0; k < VectorState.LANES; k += 2) {
            int value = (a[k] & 0xFF) << 8 | a[k + 1] & 0xFF;
            int shifted = by >= 0 ? value << by : value >>> -by;
            result[k] = (byte) (shifted >> 8);
            result[k + 1] = (byte) shifted;
        }
    }

    private void splat(int scalar, int width) {
        for (int k = 0; k < VectorState.LANES; k++) {
            result[k] = (byte) (width == Byte.SIZE || (k & 1) != 0 ? scalar : scalar >> 8);
        }
    }

    private void pack(byte[] a, byte[] b, int c, VectorOpcode.Kind kind) {
        for (int slice = 0; slice < VectorState.LANES; slice += SLICE) {
            System.arraycopy(a, slice, source, 0, SLICE);
            System.arraycopy(b, slice, source, SLICE, SLICE);
            for (int i = 0; i < SLICE; i++) {
                int even = source[2 * i] & 0xFF;
                int odd = source[2 * i + 1] & 0xFF;
                result[slice + i] = (byte)
                        (kind == VectorOpcode.Kind.PACK_UPPER
                                ? even >>> c
                                : (even & (1 << c) - 1) << 8 - 2 * c | odd >>> 2 * c);
            }
        }
    }

    private void unpack(byte[] a, byte[] b, int c, int from) {
        for (int slice = 0; slice < VectorState.LANES; slice += SLICE) {
            for (int i = 0; i < SLICE / 2; i++) {
                int upper = a[slice + from + i] & 0xFF;
                int lower = b[slice + from + i] & 0xFF;
                result[slice + 2 * i] = (byte) (upper << c | lower >>> 8 - 2 * c & (1 << c) - 1);
                result[slice + 2 * i + 1] = (byte) (lower << 2 * c);
            }
        }
    }
}
