package firstspike.emulator.digital;

/**
 * The chip behind the links: register file, background sources, crossbar, PADI buses, drivers, membranes, converters and
 * event outputs. Its only inputs are effects of the FPGA, its only outputs read values, L2 events and samples (playback.md
 * 5, 6, 7, 12). A new fabric is at power-on at tick 0. Mutable; owned by one thread.
 *
 * <p>The executor checks before: addresses that no register owns and starts of plasticity processors never get here; a read
 * of a register without read access does and gives 0.
 */
public interface ChipFabric {

    /**
     * Performs effects and everything else that the chip does in the half-ticks before {@code 2·untilTick}.
     *
     * @param effects all with ticks below {@code untilTick} and at or after the tick reached before, in the order that
     *     {@link ChipEffects} states; not kept
     * @param untilTick not before the tick reached before
     * @param sink receives events and values in the order of time
     */
    void advance(ChipEffects effects, long untilTick, FabricSink sink);

    /**
     * The L2 events that the chip still holds: on their way through the crossbar at the tick reached.
     *
     * @return number of copies waiting in nodes of L2 outputs or in channel queues towards them
     */
    int eventsInside();

    /**
     * What was counted since the last PROGRAM_STARTED effect.
     *
     * @return a new object
     */
    FabricHealth health();

    /**
     * How much was done: half-ticks in which something happened, since power-on. Background sources and neurons without
     * output keep a chip busy although nothing leaves it.
     *
     * @return a count that never decreases; 0 where nobody counts
     */
    default long work() {
        return 0;
    }

    /**
     * Mean power since the program started (analog.md 17).
     *
     * @param ticks that have passed since; 0: the power of a chip that does nothing
     * @return watt; 0 where nobody models it
     */
    default double watt(long ticks) {
        return 0;
    }

    /**
     * Says what plasticity processors reach behind the chip; copies have to be told theirs.
     *
     * @param memory of the FPGA
     */
    default void connect(OffChipMemory memory) {}

    /**
     * Whether the start of a plasticity processor lets it run from now on; otherwise it is stored without effect. Those that
     * run go on.
     */
    default void executeProcessors(boolean execute) {}

    /** Whether a processor runs, or sleeps and will wake by itself: it may touch the FPGA's memories at any time. */
    default boolean processorsAct() {
        return false;
    }

    /** A deep copy of the state, for snapshots. */
    ChipFabric copy();
}
