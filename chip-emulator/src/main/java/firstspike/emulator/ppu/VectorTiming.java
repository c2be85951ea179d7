package firstspike.emulator.ppu;

import java.util.Arrays;

/** When the vector unit is free and its operands are ready (ppu.md 5.4), in cycles of its processor. Mutable. */
final class VectorTiming {
    private static final int ACCESS = 19;
    private static final int LOAD = 48;
    private static final int STORE = 46;
    private static final int EXTERNAL_OUT = 37;
    private static final int EXTERNAL_OUT_AGAIN = 171;
    private static final int EXTERNAL_IN = 343;
    private static final int CONVERSION = 14;

    private final long[] ready = new long[VectorState.REGISTERS];
    private long accumulatorReady;
    private long conditionsReady;
    private long free;
    private long done;
    private boolean wasExternalOut;

    void reset() {
        Arrays.fill(ready, 0);
        accumulatorReady = 0;
        conditionsReady = 0;
        free = 0;
        done = 0;
        wasExternalOut = false;
    }

    void copyFrom(VectorTiming other) {
        System.arraycopy(other.ready, 0, ready, 0, ready.length);
        accumulatorReady = other.accumulatorReady;
        conditionsReady = other.conditionsReady;
        free = other.free;
        done = other.done;
        wasExternalOut = other.wasExternalOut;
    }

    /** When all work is done that was handed over. */
    long done() {
        return done;
    }

    /** When an instruction starts that is handed over at a cycle. */
    long start(Instruction i, long cycle) {
        VectorOpcode.Kind kind = i.vector.kind();
        long start = Math.max(cycle, free);
        if (kind.readsA()) {
            start = Math.max(start, ready[i.ra]);
        }
        if (kind.readsB()) {
            start = Math.max(start, ready[i.rb]);
        }
        if (kind == VectorOpcode.Kind.STORE || kind == VectorOpcode.Kind.OUTPUT) {
            start = Math.max(start, ready[i.rt]);
        }
        if (kind.readsAccumulator()) {
            start = Math.max(start, accumulatorReady);
        }
        boolean conditional = (kind.isArithmetic()
                        || kind == VectorOpcode.Kind.SELECT
                        || kind == VectorOpcode.Kind.INPUT
                        || kind == VectorOpcode.Kind.OUTPUT)
                && i.condition() != 0;
        return conditional || kind == VectorOpcode.Kind.COMPARE ? Math.max(start, conditionsReady) : start;
    }

    /**
     * Takes an instruction.
     *
     * @param start as {@link #start} says
     * @param external whether it reaches a memory of the FPGA
     * @param conversion cycles that a converter takes first, 0 where none converts
     */
    void take(Instruction i, long start, boolean external, int conversion) {
        boolean externalOut = external && i.vector.kind() == VectorOpcode.Kind.OUTPUT;
        int busy;
        int latency;
        switch (i.vector.kind()) {
            case LOAD -> busy = latency = LOAD;
            case STORE -> busy = latency = STORE;
            case INPUT -> busy = latency = external ? EXTERNAL_IN : conversion == 0 ? ACCESS : CONVERSION + conversion;
            case OUTPUT -> busy = latency = !external ? ACCESS : wasExternalOut ? EXTERNAL_OUT_AGAIN : EXTERNAL_OUT;
            case COMPARE -> {
                busy = 3;
                latency = 8;
            }
            case SPLAT -> {
                busy = 3;
                latency = 7;
            }
            case SELECT, SHIFT, PACK_UPPER, PACK_LOWER, UNPACK_LEFT, UNPACK_RIGHT -> {
                busy = 6;
                latency = 7;
            }
            case MOVE_TO_ACCUMULATOR, MOVE_FRACTION_TO_ACCUMULATOR -> {
                busy = 3;
                latency = 4;
            }
            default -> {
                boolean accumulates = i.vector.kind().toAccumulator();
                busy = accumulates ? 4 : 5;
                latency = accumulates ? 4 : 12;
            }
        }
        wasExternalOut = externalOut;
        free = start + busy;
        long result = start + latency;
        done = Math.max(done, Math.max(free, result));
        switch (i.vector.kind()) {
            case STORE, OUTPUT -> {}
            case COMPARE -> conditionsReady = result;
            default -> {
                if (i.vector.kind().toAccumulator()) {
                    accumulatorReady = result;
                } else {
                    ready[i.rt] = result;
                }
            }
        }
    }
}
