package firstspike.experiments.dataset;

import firstspike.runtime.training.SampleValues;

/**
 * How values become input spike times, in units of tau (inloop.md 11).
 *
 * @param early time of the early end, 0 or more
 * @param late time of the late end, above early
 * @param inverted large values are early
 * @param lateIsAbsent a value at the late end does not spike
 */
public record Encoding(double early, double late, boolean inverted, boolean lateIsAbsent) {

    /**
     * @param samples values from 0 to 1
     * @return row-major (sample, input); positive infinity where there is no spike
     */
    public SampleValues times(Samples samples) {
        return samples.grid().map(this::time);
    }

    private double time(double value) {
        double lateness = inverted ? 1 - value : value;
        return lateIsAbsent && lateness == 1 ? Double.POSITIVE_INFINITY : early + lateness * (late - early);
    }
}
