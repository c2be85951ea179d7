package firstspike.runtime.calibration.search;

/**
 * What a search found. Arrays belong to the reader.
 *
 * @param codes one an instance; what the observable saw last is not necessarily these
 * @param results what the observable gave at these codes, in its unit; NaN where not measured
 * @param failures one an instance, null where there is none
 * @param steps measurements that were made
 */
public record SearchOutcome(int[] codes, double[] results, SearchFailure[] failures, int steps) {}
