package firstspike.runtime.learning.eventprop;

/** Mutable counters of one layer in one shard. One owner thread. */
final class TrainTally {
    long dropped;
    long floored;
    long flat;
    long forced;
    double excessSquares;
    long excessSpikes;

    void clear() {
        dropped = 0;
        floored = 0;
        flat = 0;
        forced = 0;
        excessSquares = 0;
        excessSpikes = 0;
    }
}
