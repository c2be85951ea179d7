package firstspike.emulator.digital;

/**
 * The digital half of the 512 neuron circuits: what a fire event does to counters and event outputs (playback.md 6.1;
 * registers.md 6.2 to 6.4). Mutable; owned by one thread.
 */
final class NeuronBackends {
    private static final int EVENT_REGISTERS = 1;
    private static final int FORCE_RESET = 2;
    private static final int CLOCKS = 4;
    private static final int RUNNING = CLOCKS;
    private static final int SENDING = EVENT_REGISTERS | CLOCKS;
    private static final int SPIKE_OUT = 0x10;
    private static final int POST_OVERWRITE = 1;

    private final RegisterFile registers;
    private final FabricNotes notes;
    private final EventOutputs outputs;
    private final SpikeCounters counters;
    private final FireLines lines;

    NeuronBackends(RegisterFile registers, FabricNotes notes) {
        this(registers, notes, new EventOutputs(), new SpikeCounters(), new FireLines(registers));
    }

    private NeuronBackends(
            RegisterFile registers, FabricNotes notes, EventOutputs outputs, SpikeCounters counters, FireLines lines) {
        this.registers = registers;
        this.notes = notes;
        this.outputs = outputs;
        this.counters = counters;
        this.lines = lines;
    }

    NeuronBackends copy(RegisterFile ofRegisters, FabricNotes ofNotes) {
        return new NeuronBackends(
                ofRegisters,
                ofNotes,
                new EventOutputs(outputs),
                new SpikeCounters(counters),
                new FireLines(ofRegisters));
    }

    /** Back-ends with the same settings in which nothing has happened yet, for a window of its own. */
    NeuronBackends forWindow(FabricNotes ofNotes) {
        return new NeuronBackends(
                registers, ofNotes, outputs.forWindow(), new SpikeCounters(), new FireLines(registers));
    }

    /** These back-ends with the notes and counts of earlier ones, in which nothing waits. */
    NeuronBackends continuing(NeuronBackends earlier) {
        outputs.continueFrom(earlier.outputs);
        counters.continueFrom(earlier.counters);
        return new NeuronBackends(registers, earlier.notes, outputs, counters, earlier.lines);
    }

    EventOutputs outputs() {
        return outputs;
    }

    SpikeCounters counters() {
        return counters;
    }

    /** Chip reset: nothing waits, counters are 0, addresses are those of the registers. */
    void reset() {
        outputs.clear();
        counters.clear();
        for (int circuit = 0; circuit < 512; circuit++) {
            changed(circuit);
        }
    }

    /** Back-end words of a circuit were written: its label address is stored inverted in two of them. */
    void changed(int circuit) {
        int low = ~registers.backend(circuit, 1) >>> 4 & 3;
        int high = ~registers.backend(circuit, 0) & 0x3F;
        outputs.setAddress(circuit, high << 2 | low);
        lines.changed();
    }

    /**
     * A circuit fires, and with it the slaves on its fire line: each is counted, and its event waits for the output if
     * everything on the way is switched on.
     *
     * @return the slaves, whose membranes take the refractory state as well; not to be changed
     */
    int[] fire(int circuit) {
        int[] slaves = lines.slaves(circuit);
        boolean left = take(circuit);
        for (int slave : slaves) {
            left |= take(slave);
        }
        if (!left) {
            notes.silent(circuit);
        }
        return slaves;
    }

    /** Whether a fire of a circuit is counted and sent, and does nothing else. */
    boolean isPlain(int circuit) {
        int common = registers.commonBackend(circuit >> 7 & 1, 0);
        return lines.slaves(circuit).length == 0
                && (common & (SENDING | FORCE_RESET)) == SENDING
                && (registers.backend(circuit, 3) & SPIKE_OUT) != 0
                && !refractoryTooShort(circuit);
    }

    /** Whether some circuit fires with another one. */
    boolean anySlaves() {
        for (int circuit = 0; circuit < 512; circuit++) {
            if (lines.slaves(circuit).length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Counts a fire and hands its event on. Returns whether the event leaves. */
    private boolean take(int circuit) {
        int common = registers.commonBackend(circuit >> 7 & 1, 0);
        if ((common & (CLOCKS | FORCE_RESET)) == RUNNING) {
            counters.increment(circuit);
        }
        if (refractoryTooShort(circuit)) {
            notes.shortRefractory(circuit);
        }
        boolean sends = (registers.backend(circuit, 3) & SPIKE_OUT) != 0;
        if (sends && (common & (SENDING | FORCE_RESET)) == SENDING) {
            outputs.fire(circuit);
            return true;
        }
        return false;
    }

    /** Whether a fire of a circuit sends a post pulse to the sensors of its column. */
    boolean sendsPostPulse(int circuit) {
        return runs(circuit) && (registers.backend(circuit, 2) & POST_OVERWRITE) == 0;
    }

    /** Whether a circuit sends a post pulse when its block is told to. */
    boolean takesBlockPulse(int circuit) {
        return runs(circuit) && (registers.backend(circuit, 2) & POST_OVERWRITE) != 0;
    }

    private boolean runs(int circuit) {
        return (registers.commonBackend(circuit >> 7 & 1, 0) & (CLOCKS | FORCE_RESET)) == RUNNING;
    }

    private boolean refractoryTooShort(int circuit) {
        int w1 = registers.backend(circuit, 1);
        int refractory = (~w1 & 0xF) << 4 | ~registers.backend(circuit, 2) >>> 2 & 0xF;
        int holdoff = (w1 >>> 6 & 3) << 2 | registers.backend(circuit, 0) >>> 6 & 3;
        return Math.max(refractory, 1) < 31 - 2 * holdoff;
    }
}
