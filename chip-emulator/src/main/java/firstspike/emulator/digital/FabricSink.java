package firstspike.emulator.digital;

/** Receives what leaves the chip, in the order of time. Called on the thread that advances the fabric. */
public interface FabricSink {

    /**
     * An event leaves an L2 output of the crossbar.
     *
     * @param tick when it leaves, since power-on; it reaches the FPGA L_UP ticks later
     * @param label 16 bit, the output's number in bits 15:14
     * @param stamp lowest 8 bits of the chip's half-tick counter at that tick
     */
    void event(long tick, int label, int stamp);

    /**
     * The MADC finished a sample.
     *
     * @param tick in which it was taken, since power-on; it reaches the FPGA L_UP ticks later
     * @param raw 14 bit: bits 9:0 the value, bit 10 the channel (wire.md 5)
     * @param stamp lowest 8 bits of the chip's half-tick counter at that tick
     */
    void sample(long tick, int raw, int stamp);

    /**
     * The value of a READ effect; one call a READ, in their order.
     *
     * @param tick when the register was sampled
     * @param value 32 bit
     */
    void value(long tick, int value);
}
