package firstspike.emulator.digital;

/**
 * The control bits of the MADC: waking up is kept, a start too early is noted, a start in time is refused because there is
 * no converter (playback.md 7.1; registers.md 12.1). Mutable; owned by one thread.
 */
final class Madc {
    private static final int WAKE_UP = 1;
    private static final int START = 2;
    /** MADCConfig word 1 holds the wait after waking up in clocks of 2 ns. */
    private static final int POWER_UP_ADDRESS = 0x000C_0002;

    private static final int POWER_UP_BITS = 0x3FF;
    private static final long ASLEEP = Long.MAX_VALUE;

    private long awakeSince = ASLEEP;

    Madc copy() {
        Madc copy = new Madc();
        copy.awakeSince = awakeSince;
        return copy;
    }

    void off() {
        awakeSince = ASLEEP;
    }

    void control(long tick, int address, int word, RegisterFile registers, FabricNotes notes) {
        if ((word & WAKE_UP) != 0 && awakeSince == ASLEEP) {
            awakeSince = tick;
        }
        if ((word & START) != 0) {
            int wait = registers.plain[RegisterSpace.index(RegisterSpace.locate(POWER_UP_ADDRESS))] & POWER_UP_BITS;
            if (awakeSince != ASLEEP && 4 * (tick - awakeSince) >= wait) {
                throw FabricRefusals.madc(address, tick);
            }
            notes.add("madc-not-ready", "a recording was started before the converter was awake; nothing was recorded");
        }
    }
}
