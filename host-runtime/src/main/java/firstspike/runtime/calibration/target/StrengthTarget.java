package firstspike.runtime.calibration.target;

import java.util.Locale;

/** What the codes of the synaptic strength mean (calibration.md 2). */
public enum StrengthTarget {
    /** Both inputs are brought to one amplitude: the smaller of the two medians at the given codes. */
    MATCHING,
    /** Each input is brought to its own median amplitude at the given code. */
    CALIBRATED,
    /** The codes are written as they are. */
    UNCALIBRATED;

    /** Name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
