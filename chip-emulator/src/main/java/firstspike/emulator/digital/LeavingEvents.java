package firstspike.emulator.digital;

/** Hands on the L2 events that leave the chip; called with ticks that never decrease. */
interface LeavingEvents {
    /** Hands on those that leave before a tick. */
    void before(long tick);
}
