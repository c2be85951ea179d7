package firstspike.emulator.analog;

import firstspike.emulator.planned.PulseColumn;
import java.util.List;

/**
 * What one event of a bus does on the planned way: a column for each group that it reaches, and a fan for nodes that are in
 * no group. Immutable; threads may share it.
 */
public final class PlannedPulse {
    final List<SynapticFan> fans;
    final long strengthVersion;
    private final long made;
    private final int[] group;
    private final PulseColumn[] column;
    private final SynapticFan outside;
    private final int synapses;

    PlannedPulse(
            List<SynapticFan> fans,
            long strengthVersion,
            long made,
            int[] group,
            PulseColumn[] column,
            SynapticFan outside,
            int synapses) {
        this.fans = fans;
        this.strengthVersion = strengthVersion;
        this.made = made;
        this.group = group;
        this.column = column;
        this.outside = outside;
        this.synapses = synapses;
    }

    /** Version of the weights for which it was made. */
    public long made() {
        return made;
    }

    /** The same pulse for another version of the weights, which changed none of its synapses. */
    public PlannedPulse at(long version) {
        return new PlannedPulse(fans, strengthVersion, version, group, column, outside, synapses);
    }

    /** Number of groups that the event reaches. */
    public int groups() {
        return group.length;
    }

    /** Group number i, an index into {@link PlannedNodes#groups}. */
    public int group(int i) {
        return group[i];
    }

    /** What it adds to group number i. */
    public PulseColumn column(int i) {
        return column[i];
    }

    /** The synapses at nodes in no group, null for none. */
    public SynapticFan outside() {
        return outside;
    }

    /** Number of synapses at nodes of groups, for the count of synaptic events. */
    public int synapses() {
        return synapses;
    }
}
