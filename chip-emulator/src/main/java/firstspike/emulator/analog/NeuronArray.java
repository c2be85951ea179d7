package firstspike.emulator.analog;

/**
 * The membranes of the 512 neuron circuits, advanced exactly from event to event. Mutable; owned by one thread.
 *
 * <p>All times are chip half-ticks of 4 ns. The digital fabric calls, for a half-tick h and in the order of the phases of
 * playback.md 12: the {@code …Changed} methods for writes that take effect at h (after they were stored), then
 * {@link #forceFire}, then {@link #pulse} for each driver pulse of h and {@link #pulsesDone} once, then
 * {@link #takeFirings}. A firing at real time a is returned by {@code takeFirings(floor(a) + 1)}. Times never decrease.
 */
public final class NeuronArray {
    private final ChipModel model;
    private final CircuitRegisters registers;

    /** Circuits at power-on: membranes at rest at half-tick 0. */
    public NeuronArray(ChipModel model, CircuitRegisters registers) {
        this.model = model;
        this.registers = registers;
    }

    /** NeuronConfig, back-end or column current words of a circuit were written with effect at h. */
    public void circuitChanged(int circuit, long h) {
        throw pending();
    }

    /** CommonNeuronBackendConfig of a block (0, 1) was written with effect at h. */
    public void commonBackendChanged(int block, long h) {
        throw pending();
    }

    /** A CapMem cell was written with effect at h by the program with this ordinal (set-up: -1). */
    public void capMemChanged(int quadrant, int column, int row, int oldCode, int newCode, long h, long ordinal) {
        throw pending();
    }

    /** The reference generator or SynapseBiasSelection was written with effect at h. */
    public void referenceChanged(long h) {
        throw pending();
    }

    /**
     * Prepares the synapses of one driver and label.
     *
     * @param circuit target circuits, 0..511
     * @param line 0 excitatory, 1 inhibitory
     * @param weight 0..63; synapses of weight 0 are left out
     * @param synapse 65536·hemisphere + 256·row + column
     */
    public SynapticFan fan(int[] circuit, byte[] line, byte[] weight, int[] synapse) {
        throw pending();
    }

    /** One pulse of a driver at h; strength is 1 without short-term plasticity. */
    public void pulse(SynapticFan fan, double strength, long h) {
        throw pending();
    }

    /** All pulses of h are in: membranes move, crossings are predicted. */
    public void pulsesDone(long h) {
        throw pending();
    }

    /**
     * The earliest half-tick at which {@link #takeFirings} has to be called, {@code Long.MAX_VALUE} if nothing is to
     * come. A lower bound: internal instants count too, and takeFirings may then return 0.
     */
    public long nextFiring() {
        throw pending();
    }

    /**
     * Performs everything that is due up to h and returns the circuits that fired, in ascending order.
     *
     * @param circuits receives the circuits, length at least 512
     * @return how many
     */
    public int takeFirings(long h, int[] circuits) {
        throw pending();
    }

    /** NeuronReset: an artificial spike at exactly g; nothing where {@code enable_fire} is off. */
    public void forceFire(int circuit, long g) {
        throw pending();
    }

    /** A program starts; h is the halt of the one before (the first: power-on, 0). */
    public void programStart(long ordinal, long h) {
        throw pending();
    }

    /** A timer reset takes effect at h: draws count their time from here. */
    public void timerReset(long h) {
        throw pending();
    }

    /** Membrane potential of a circuit in volt at h, just before the events of h; changes nothing. */
    public double membrane(int circuit, long h) {
        throw pending();
    }

    /** Whether every node that can fire is at rest at h (analog.md 9). */
    public boolean atRest(long h) {
        throw pending();
    }

    /** How many nodes stand in the queue of possible crossings. */
    public int queueSize() {
        throw pending();
    }

    /** 24 times the largest time constant of the nodes that can fire, in half-ticks rounded up; 0 if there are none. */
    public long restHalfTicks() {
        throw pending();
    }

    /** A deep copy of the state, for another thread; tables and the chip model are shared. */
    public NeuronArray copy() {
        throw pending();
    }

    /** Takes over the state of every node that {@code other}, a copy of this, touched since it was copied. */
    public void adopt(NeuronArray other) {
        throw pending();
    }

    private IllegalStateException pending() {
        return new IllegalStateException("membranes of " + model.fidelity() + " over " + registers + " are not built yet");
    }
}
