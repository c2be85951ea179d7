package firstspike.driver.message;

/** Receives the messages that an FPGA puts into its trace, in order (wire.md 5). */
public interface TraceMessages {

    /** @param ticks absolute system time, 43 bit */
    void systime(long ticks);

    /** @param ticks 0 to 255, distance to the message that follows */
    void sysdelta(int ticks);

    /** @param value bits that JTAG shifted out, 33 at most */
    void jtag(long value);

    /** @param value a read word */
    void omnibus(int value);

    /** @param halt true for the halt that ends a program, false for a marker */
    void loopback(boolean halt);

    /** @param bits change of state of a high-speed link, 8 bit */
    void linkNotification(int bits);

    /**
     * @param index of the instruction that did not finish
     * @param traceStall stalls of the trace
     * @param omnibusReads reads in flight
     */
    void timeout(long index, int traceStall, int omnibusReads);

    /**
     * A pack of spikes; each is {@code stamp << 16 | label}.
     *
     * @param count 1 to 3
     * @param first spike
     * @param second spike, if there are two
     * @param third spike, if there are three
     */
    void spikes(int count, int first, int second, int third);

    /**
     * A pack of samples of the membrane converter; each is {@code stamp << 16 | raw value}, 14 bit.
     *
     * @param count 1 to 3
     * @param first sample
     * @param second sample, if there are two
     * @param third sample, if there are three
     */
    void samples(int count, int first, int second, int third);
}
