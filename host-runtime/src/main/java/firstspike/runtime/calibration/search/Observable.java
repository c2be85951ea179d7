package firstspike.runtime.calibration.search;

/**
 * What a code changes and how it is seen: one step of a search (calibration.md 3). Writes the codes, waits until they are in
 * force, measures.
 */
@FunctionalInterface
public interface Observable {

    /**
     * @param codes one an instance, within the range of the search; read, never kept
     * @return one result an instance in the unit of the targets; NaN where nothing could be measured
     */
    double[] measure(int[] codes);
}
