package firstspike.emulator.ppu;

/**
 * Arithmetic of the vector unit (ppu.md 3.3): operands are spread to numbers, combined in one loop, clipped and put back where
 * the condition enables lanes.
 */
final class VectorArithmetic {
    private final VectorState state;
    private final int[] a = new int[VectorState.LANES];
    private final int[] b = new int[VectorState.LANES];
    private final int[] sum = new int[VectorState.LANES];
    private final int[] result = new int[VectorState.LANES];

    VectorArithmetic(VectorState state) {
        this.state = state;
    }

    void execute(Instruction i) {
        int width = i.vector.width();
        int lanes = 8 * VectorState.LANES / width;
        spread(state.register[i.ra], width, a);
        spread(state.register[i.rb], width, b);
        if (i.vector.kind().readsAccumulator()) {
            spreadAccumulator(width);
        }
        combine(i.vector.kind(), width, lanes);
        if (i.vector.kind().toAccumulator()) {
            keepAccumulator(width, i.condition());
        } else {
            keep(state.register[i.rt], width, i.condition());
        }
    }

    private void combine(VectorOpcode.Kind kind, int n, int lanes) {
        int wide = 2 * n;
        switch (kind) {
            case MULTIPLY_ADD, MULTIPLY_ADD_TO_ACCUMULATOR -> {
                for (int k = 0; k < lanes; k++) {
                    result[k] = a[k] * b[k] + sum[k];
                }
            }
            case MULTIPLY, MULTIPLY_TO_ACCUMULATOR -> {
                for (int k = 0; k < lanes; k++) {
                    result[k] = a[k] * b[k];
                }
            }
            case MULTIPLY_FRACTION -> {
                fractions(n, lanes);
                high(n, lanes);
            }
            case MULTIPLY_FRACTION_TO_ACCUMULATOR -> fractions(n, lanes);
            case MULTIPLY_ADD_FRACTION -> {
                fractions(n, lanes);
                addAccumulator(wide, lanes);
                high(n, lanes);
            }
            case MULTIPLY_ADD_FRACTION_TO_ACCUMULATOR -> {
                fractions(n, lanes);
                addAccumulator(wide, lanes);
            }
            case MOVE_TO_ACCUMULATOR -> System.arraycopy(a, 0, result, 0, lanes);
            case MOVE_FRACTION_TO_ACCUMULATOR -> shifted(n, lanes);
            case ADD, SUM_TO_ACCUMULATOR -> {
                for (int k = 0; k < lanes; k++) {
                    result[k] = a[k] + b[k];
                }
            }
            case ADD_SATURATED -> {
                for (int k = 0; k < lanes; k++) {
                    result[k] = clip(a[k] + b[k], n);
                }
            }
            case SUBTRACT -> {
                for (int k = 0; k < lanes; k++) {
                    result[k] = a[k] - b[k];
                }
            }
            case SUBTRACT_SATURATED -> {
                for (int k = 0; k < lanes; k++) {
                    result[k] = clip(a[k] - b[k], n);
                }
            }
            case ADD_ACCUMULATOR, ADD_TO_ACCUMULATOR -> {
                for (int k = 0; k < lanes; k++) {
                    result[k] = a[k] + sum[k];
                }
            }
            case ADD_ACCUMULATOR_FRACTION -> {
                shifted(n, lanes);
                addAccumulator(wide, lanes);
                high(n, lanes);
            }
            case ADD_FRACTION_TO_ACCUMULATOR -> {
                shifted(n, lanes);
                addAccumulator(wide, lanes);
            }
            default -> throw new IllegalArgumentException(kind + " is no arithmetic");
        }
    }

    /** Twice the product; only the square of the most negative number does not fit and is clipped. */
    private void fractions(int n, int lanes) {
        int largest = (int) ((1L << 2 * n - 1) - 1);
        int least = -1 << n - 1;
        for (int k = 0; k < lanes; k++) {
            result[k] = a[k] == least && b[k] == least ? largest : 2 * a[k] * b[k];
        }
    }

    private void shifted(int n, int lanes) {
        for (int k = 0; k < lanes; k++) {
            result[k] = a[k] << n;
        }
    }

    private void addAccumulator(int wide, int lanes) {
        for (int k = 0; k < lanes; k++) {
            result[k] = clip((long) result[k] + sum[k], wide);
        }
    }

    private void high(int n, int lanes) {
        for (int k = 0; k < lanes; k++) {
            result[k] >>= n;
        }
    }

    private static int clip(long value, int bits) {
        long largest = (1L << bits - 1) - 1;
        return (int) Math.max(Math.min(value, largest), -largest - 1);
    }

    private static void spread(byte[] lanes, int width, int[] to) {
        if (width == Byte.SIZE) {
            for (int k = 0; k < VectorState.LANES; k++) {
                to[k] = lanes[k];
            }
        } else {
            for (int k = 0; k < VectorState.HALFWORDS; k++) {
                to[k] = lanes[2 * k] << 8 | lanes[2 * k + 1] & 0xFF;
            }
        }
    }

    private void spreadAccumulator(int width) {
        if (width == Byte.SIZE) {
            for (int k = 0; k < VectorState.HALFWORDS; k++) {
                sum[2 * k] = state.accumulator[k] >> 16;
                sum[2 * k + 1] = (short) state.accumulator[k];
            }
        } else {
            System.arraycopy(state.accumulator, 0, sum, 0, VectorState.HALFWORDS);
        }
    }

    private void keep(byte[] lanes, int width, int condition) {
        if (width == Byte.SIZE) {
            for (int k = 0; k < VectorState.LANES; k++) {
                if (condition == 0 || state.enables(condition, k)) {
                    lanes[k] = (byte) result[k];
                }
            }
        } else {
            for (int k = 0; k < VectorState.HALFWORDS; k++) {
                if (condition == 0 || state.enables(condition, 2 * k)) {
                    lanes[2 * k] = (byte) (result[k] >> 8);
                }
                if (condition == 0 || state.enables(condition, 2 * k + 1)) {
                    lanes[2 * k + 1] = (byte) result[k];
                }
            }
        }
    }

    /** The high half of an accumulator word follows the even lane, the low half the odd one, in both widths. */
    private void keepAccumulator(int width, int condition) {
        for (int k = 0; k < VectorState.HALFWORDS; k++) {
            int word = width == Byte.SIZE ? result[2 * k] << 16 | result[2 * k + 1] & 0xFFFF : result[k];
            int mask = condition == 0
                    ? -1
                    : (state.enables(condition, 2 * k) ? 0xFFFF_0000 : 0)
                            | (state.enables(condition, 2 * k + 1) ? 0xFFFF : 0);
            state.accumulator[k] = state.accumulator[k] & ~mask | word & mask;
        }
    }
}
