package firstspike.emulator.digital;

import java.util.Arrays;

/**
 * The eight neuron event outputs: the 64 circuits of 32 columns share one, the lowest that waits goes first, top row
 * before bottom row (playback.md 6.1). Bit b of an output's word stands for column 32·output + b % 32 of row b / 32.
 * Mutable; owned by one thread.
 */
final class EventOutputs {
    private static final int OUTPUTS = 8;

    /** Circuits that may present. */
    private final long[] waiting = new long[OUTPUTS];
    /** Circuits that fired in this half-tick and may present from the next one on. */
    private final long[] fresh = new long[OUTPUTS];
    /** Low 8 label bits of each circuit. */
    private final byte[] address = new byte[512];

    /** Bit o: output o has an event waiting. */
    private int active;

    private long merged;

    EventOutputs() {
        Arrays.fill(address, (byte) 0xFF);
    }

    EventOutputs(EventOutputs other) {
        System.arraycopy(other.waiting, 0, waiting, 0, OUTPUTS);
        System.arraycopy(other.fresh, 0, fresh, 0, OUTPUTS);
        System.arraycopy(other.address, 0, address, 0, address.length);
        active = other.active;
        merged = other.merged;
    }

    /** Outputs with the same addresses in which nothing has happened yet, for a window of its own. */
    EventOutputs forWindow() {
        EventOutputs window = new EventOutputs();
        System.arraycopy(address, 0, window.address, 0, address.length);
        return window;
    }

    /** Adds what earlier outputs, empty now, have counted. */
    void continueFrom(EventOutputs earlier) {
        merged += earlier.merged;
    }

    /** Forgets what waits. */
    void clear() {
        Arrays.fill(waiting, 0);
        Arrays.fill(fresh, 0);
        active = 0;
    }

    /** Sets the low 8 label bits of a circuit. */
    void setAddress(int circuit, int value) {
        address[circuit] = (byte) value;
    }

    /** A circuit fired; a second event while the first one waits is merged into it. */
    void fire(int circuit) {
        int output = (circuit & 255) >> 5;
        long bit = 1L << (circuit & 31 | circuit >> 3 & 32);
        if (((waiting[output] | fresh[output]) & bit) != 0) {
            merged++;
        } else {
            fresh[output] |= bit;
            active |= 1 << output;
        }
    }

    /** Each output presents its first waiting event if all nodes that pass it have room. */
    void present(Crossbar crossbar) {
        for (int left = active; left != 0; left &= left - 1) {
            int output = Integer.numberOfTrailingZeros(left);
            long ready = waiting[output];
            if (ready != 0) {
                int bit = Long.numberOfTrailingZeros(ready);
                int circuit = (bit & 32) << 3 | output << 5 | bit & 31;
                int label = output << 8 | address[circuit] & 0xFF;
                if (crossbar.accepts(output, label)) {
                    crossbar.offer(output, label);
                    ready &= ready - 1;
                }
            }
            waiting[output] = ready | fresh[output];
            fresh[output] = 0;
            if (waiting[output] == 0) {
                active &= ~(1 << output);
            }
        }
    }

    /** As {@link #present(Crossbar)}, but events go the planned way. */
    void present(PlannedWay way, Crossbar crossbar) {
        for (int left = active; left != 0; left &= left - 1) {
            int output = Integer.numberOfTrailingZeros(left);
            long ready = waiting[output];
            if (ready != 0) {
                int bit = Long.numberOfTrailingZeros(ready);
                int circuit = (bit & 32) << 3 | output << 5 | bit & 31;
                int label = output << 8 | address[circuit] & 0xFF;
                if (crossbar.activeOutputs() == 0 || crossbar.accepts(output, label)) {
                    way.present(output, label);
                    ready &= ready - 1;
                }
            }
            waiting[output] = ready | fresh[output];
            fresh[output] = 0;
            if (waiting[output] == 0) {
                active &= ~(1 << output);
            }
        }
    }

    /** Whether an event waits. */
    boolean any() {
        return active != 0;
    }

    /** Events merged since power-on. */
    long merged() {
        return merged;
    }
}
