package firstspike.driver.playback;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET;

import firstspike.driver.error.UnsupportedOnTargetException;

/**
 * Refuses reads of the CADC while a program has the correlation sensors of that hemisphere in auto-calibrating reset mode:
 * hardware would hang (registers.md 11.3). Sees what one builder writes, not what earlier programs wrote. Mutable; one
 * owner thread.
 */
final class CadcGuard {

    private static final int HEMISPHERE = 0x0100_0000;
    private static final int RESET_MODE = 0x0220_0003;
    private static final int SAMPLES = 0x02C8_0000;
    /** Leaves open hemisphere, type, readout, row and quad of a sample's address. */
    private static final int SAMPLES_MASK = 0xFEDB_C000;

    /** Bit k: this builder wrote the mode of hemisphere k; it is the auto-calibrating one. */
    private int written;

    private int autoCalibrating;

    void written(int address, int value, int byteEnables) {
        if ((address & ~HEMISPHERE) == RESET_MODE && (byteEnables & 1) != 0) {
            int bit = 1 << (address >>> 24 & 1);
            written |= bit;
            autoCalibrating = (value & 1) != 0 ? autoCalibrating | bit : autoCalibrating & ~bit;
        }
    }

    void read(int address) {
        if (autoCalibrating != 0
                && (address & SAMPLES_MASK) == SAMPLES
                && (autoCalibrating >>> (address >>> 24 & 1) & 1) != 0) {
            throw new UnsupportedOnTargetException(
                    UNSUPPORTED_ON_TARGET,
                    "read of the CADC at " + String.format("0x%08x", address),
                    "in auto-calibrating reset mode",
                    "reset_mode normal, the chip would hang",
                    "write CommonCorrelationConfig with reset_mode normal first");
        }
    }

    /** Takes over what another builder wrote, whose instructions now follow. */
    void append(CadcGuard later) {
        autoCalibrating = autoCalibrating & ~later.written | later.autoCalibrating;
        written |= later.written;
    }

    /** Takes over what another builder wrote, whose instructions now come first. */
    void prepend(CadcGuard earlier) {
        autoCalibrating |= earlier.autoCalibrating & ~written;
        written |= earlier.written;
    }
}
