package firstspike.runtime.calibration.search;

/** Why a search found no code for an instance. */
public enum SearchFailure {
    /** The final code is an end of the range: the target lies outside of what codes reach. */
    RANGE_REACHED,
    /** A measurement gave no number; the code was frozen there. */
    NOT_MEASURABLE
}
