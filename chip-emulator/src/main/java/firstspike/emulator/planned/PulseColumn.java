package firstspike.emulator.planned;

/**
 * What one event adds to the nodes of a group: net current over capacitance by lane, in V/s, and which lanes it reaches at
 * all, be it with a sum of 0. Immutable once it is in use; threads may share it.
 */
public final class PulseColumn {
    final double[] net;
    final boolean[] reached;
    private final Object origin;

    /**
     * @param net by lane, padded as the group asks for; not copied
     * @param reached by lane, padded likewise; not copied
     * @param origin what the caller knows the event by
     */
    public PulseColumn(double[] net, boolean[] reached, Object origin) {
        this.net = net;
        this.reached = reached;
        this.origin = origin;
    }

    /** What the maker of the column knows the event by. */
    public Object origin() {
        return origin;
    }
}
