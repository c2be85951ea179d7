package firstspike.runtime.calibration.search;

/**
 * What is searched for.
 *
 * @param range of the codes
 * @param targets one an instance, in the unit of the observable
 * @param inverted whether a larger code gives a smaller observable
 */
public record SearchTask(SearchRange range, double[] targets, boolean inverted) {

    /** Number of instances. */
    public int instances() {
        return targets.length;
    }
}
