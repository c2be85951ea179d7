package firstspike.emulator.fpga;

/**
 * Which register accesses reach their register: not those to addresses that no register owns, nor writes of a stuck word; and
 * whether one started a plasticity processor. Counts for one program. Mutable; one owner thread.
 */
final class AccessRules {

    private static final int PPU_CONTROL_TOP = 0x02A0_0000;
    private static final int PPU_CONTROL_BOTTOM = 0x03A0_0000;

    private final FpgaSettings settings;
    private UnmappedAccesses unmapped = new UnmappedAccesses();
    private boolean ppuStarted;

    AccessRules(FpgaSettings settings) {
        this.settings = settings;
    }

    /** A program starts: nothing is counted yet. */
    void programStarted() {
        unmapped = new UnmappedAccesses();
        ppuStarted = false;
    }

    /** Whether a read finds a register. */
    boolean reads(int address) {
        return isOwned(address, true);
    }

    /** Whether a write changes a register. */
    boolean writes(int address, int word, int byteEnables) {
        boolean effective = isOwned(address, false) && !isStuck(address);
        ppuStarted |= effective && startsPpu(address, word, byteEnables);
        return effective;
    }

    private boolean isOwned(int address, boolean read) {
        return !settings.countsUnmapped() || unmapped.isMapped(address, read);
    }

    private boolean isStuck(int address) {
        return settings.stuckAddress().isPresent() && settings.stuckAddress().getAsInt() == address;
    }

    private static boolean startsPpu(int address, int word, int byteEnables) {
        return (address == PPU_CONTROL_TOP || address == PPU_CONTROL_BOTTOM) && (word & byteEnables & 1) != 0;
    }

    /** Whether this program wrote a start bit of a plasticity processor. */
    boolean ppuStarted() {
        return ppuStarted;
    }

    /** Accesses of this program to addresses that no register owns. */
    UnmappedAccesses unmapped() {
        return unmapped;
    }
}
