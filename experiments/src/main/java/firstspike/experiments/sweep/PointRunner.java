package firstspike.experiments.sweep;

import firstspike.experiments.config.Experiment;

/** Computes points. Called by several threads at once, for different points. */
public interface PointRunner {

    /**
     * Checks a point without running it.
     *
     * @return its experiment
     * @throws RuntimeException when it is not valid
     */
    Experiment check(SweepPoint point);

    /**
     * Computes a point, goes on with it, or takes the result that an earlier process left.
     *
     * @return what became of it; never throws for what is the point's own fault
     */
    PointResult run(SweepPoint point);
}
