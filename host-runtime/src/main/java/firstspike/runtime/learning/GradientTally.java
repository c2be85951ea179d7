package firstspike.runtime.learning;

/** Mutable counters of one shard. One owner thread. */
final class GradientTally {
    long dropped;
    long floored;
    long flat;
    long nonfinite;

    void clear() {
        dropped = 0;
        floored = 0;
        flat = 0;
        nonfinite = 0;
    }

    GradientCounts counts() {
        return new GradientCounts(dropped, floored, flat, nonfinite);
    }
}
