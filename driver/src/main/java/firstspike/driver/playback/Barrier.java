package firstspike.driver.playback;

/** Channels that a barrier may wait for (playback.md 4.5); the bit is 1 shifted by the ordinal. */
public enum Barrier {
    /** No Omnibus transaction is incomplete. */
    OMNIBUS,
    /** The JTAG engine is idle. */
    JTAG,
    /** No system time synchronisation is in progress. */
    SYSTIME,
    /** Every FPGA of the group has arrived. */
    MULTI_FPGA,
    /** The system time correction has happened. */
    SYSTIME_CORRECTION;

    /** Bit of this channel in the instruction's mask. */
    public int bit() {
        return 1 << ordinal();
    }
}
