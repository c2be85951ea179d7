package firstspike.runtime.calibration.search;

/**
 * Codes that a search may use.
 *
 * @param low smallest code
 * @param high largest code, not below the smallest
 */
public record SearchRange(int low, int high) {

    /** All codes of an analog parameter: 0 to 1022. */
    public static final SearchRange CELL = new SearchRange(0, 1022);

    /** Checks the order: {@link IllegalArgumentException} otherwise. */
    public SearchRange {
        if (high < low) {
            throw new IllegalArgumentException(
                    "range of a search: " + low + " to " + high + " (limit: ascending); swap the ends");
        }
    }

    /** Number of codes. */
    public int size() {
        return high - low + 1;
    }

    /**
     * @param code any number
     * @return the code of the range that is next to it
     */
    public int clip(int code) {
        return Math.max(low, Math.min(high, code));
    }

    /** Whether a code is an end of the range or beyond it. */
    boolean reached(int code) {
        return code <= low || code >= high;
    }
}
