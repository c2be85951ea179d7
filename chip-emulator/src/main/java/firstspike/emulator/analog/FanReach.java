package firstspike.emulator.analog;

/**
 * What the synapses of a fan reach, and how strongly, under one version of strengths and one grouping of the nodes in the
 * lane. Never changed once made, so threads that run windows of one program share it.
 */
final class FanReach {
    private static final int[] NONE = {};

    /** Of {@link NodeUpdates#strengthVersion()}. */
    final long version;
    /** Of {@link LanePlaces#grouping()}; the same one says that the lines reached take part in their membranes. */
    final Object grouping;
    /** The nodes reached, each once. */
    final int[] node;

    final int[] line;
    /** By line, in units of {@link Membranes#PULSE_UNIT_A}. */
    final long[] increment;
    /** Circuits whose integrator is bypassed. */
    final int[] bypassed;
    /** By group of the lane. */
    final LaneRows[] rows;
    /** Nodes reached that are in no group. */
    final int[] outside;
    /** Lines of those nodes, and what they get. */
    final int[] outsideLine;

    final long[] outsideIncrement;

    FanReach(
            long version,
            Object grouping,
            int[] node,
            int[] line,
            long[] increment,
            int[] bypassed,
            LaneRows[] rows,
            int[] outside,
            int[] outsideLine,
            long[] outsideIncrement) {
        this.version = version;
        this.grouping = grouping;
        this.node = node;
        this.line = line;
        this.increment = increment;
        this.bypassed = bypassed.length == 0 ? NONE : bypassed;
        this.rows = rows;
        this.outside = outside.length == 0 ? NONE : outside;
        this.outsideLine = outsideLine;
        this.outsideIncrement = outsideIncrement;
    }
}
