package firstspike.emulator.digital;

import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.ShortTermPlasticity;

/**
 * What the registers of drivers, of their half and of the CapMem say about short-term plasticity (registers.md 8.1, 8.4,
 * 10.3; analog.md 6). Drivers are numbered 128·half + driver. Mutable; owned by one thread.
 */
final class DriverPlasticity {
    private static final int DRIVERS = 256;
    private static final int ENABLED = 0x10;
    private static final int SECOND_SET = 0x01;
    private static final int RECOVERS = 0x80;
    private static final int CLOCK = 0x10;
    private static final int SHARED_COLUMN = 128;
    private static final int ROW_CHARGE = 0;
    private static final int ROW_RECOVER = 2;

    private final RegisterFile registers;
    private final ShortTermPlasticity states;

    DriverPlasticity(RegisterFile registers, ChipModel model) {
        this.registers = registers;
        states = new ShortTermPlasticity(model);
        allChanged(0);
    }

    DriverPlasticity(DriverPlasticity other, RegisterFile registers) {
        this.registers = registers;
        states = new ShortTermPlasticity(other.states);
    }

    /** Chip reset at a half-tick: all at rest, under the settings that now stand in the registers. */
    void reset(long h) {
        states.reset();
        allChanged(h);
    }

    private void allChanged(long h) {
        changedHalf(0, h);
        changedHalf(1, h);
    }

    /** The plasticity word of a half changed with effect at a half-tick. */
    void changedHalf(int half, long h) {
        for (int driver = DRIVERS / 2 * half; driver < DRIVERS / 2 * (half + 1); driver++) {
            changed(driver, h);
        }
    }

    /** Word 1 or 2 of a driver changed with effect at a half-tick. */
    void changed(int driver, long h) {
        int clock = registers.plain[RegisterSpace.PLAIN_STP + (driver >> 7)];
        states.recovery(
                driver,
                h,
                (registers.drivers[4 * driver + 2] & RECOVERS) != 0 && (clock & CLOCK) != 0,
                clock & 15,
                // recovery is stored bit-reversed
                Integer.reverse(registers.drivers[4 * driver + 1] << 28) & 15);
    }

    /** Whether a driver's events depend on those before it. */
    boolean enabled(int driver) {
        return (registers.drivers[4 * driver + 2] & ENABLED) != 0;
    }

    /** Whether any driver's events depend on those before it. */
    boolean any() {
        for (int driver = 0; driver < DRIVERS; driver++) {
            if (enabled(driver)) {
                return true;
            }
        }
        return false;
    }

    /** An event of a driver with plasticity on: factor of the strength of a plain driver. */
    double event(int driver, long h) {
        int word = registers.drivers[4 * driver];
        int set = registers.drivers[4 * driver + 2] & SECOND_SET;
        int quadrant = 2 * (driver >> 7) + (driver & 1);
        boolean depresses = registers.capMem(quadrant, SHARED_COLUMN, ROW_CHARGE + set)
                < registers.capMem(quadrant, SHARED_COLUMN, ROW_RECOVER + set);
        return states.event(driver, h, word & 15, word >>> 4 & 15, !depresses);
    }
}
