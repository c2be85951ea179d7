package firstspike.driver.link;

import java.util.Arrays;
import java.util.List;

/**
 * Recorded spikes in trace order, as columns of 7 bytes an event: label (16 bit), stamp (8 bit, half-ticks of the chip),
 * and the distance of the FPGA time from the event before (unsigned 32 bit, ticks), counted from a base
 * (playback.md 14.4). Immutable by contract: the arrays of {@link #of} are not to be written afterwards.
 */
public final class SpikeColumns {

    private static final SpikeColumns EMPTY = new SpikeColumns(new short[0], EventTimes.EMPTY);

    private final short[] label;
    private final EventTimes times;

    private SpikeColumns(short[] label, EventTimes times) {
        this.label = label;
        this.times = times;
    }

    /** No spikes. */
    public static SpikeColumns empty() {
        return EMPTY;
    }

    /**
     * Spikes from wire columns.
     *
     * @param fpgaBase FPGA time that the first delta counts from, ticks
     * @param label 16-bit labels
     * @param stamp raw 8-bit stamps in half-ticks
     * @param fpgaDelta unsigned ticks since the event before
     * @return the columns; arrays are kept, not copied
     * @throws IllegalArgumentException when the columns differ in length
     */
    public static SpikeColumns of(long fpgaBase, short[] label, byte[] stamp, int[] fpgaDelta) {
        if (label.length != stamp.length || label.length != fpgaDelta.length) {
            throw new IllegalArgumentException("spike columns: lengths " + label.length + ", " + stamp.length + ", "
                    + fpgaDelta.length + " (limit: equal); send whole columns");
        }
        return new SpikeColumns(label, EventTimes.of(fpgaBase, stamp, fpgaDelta));
    }

    /**
     * Spikes from absolute FPGA times.
     *
     * @param label 16-bit labels
     * @param stamp raw 8-bit stamps
     * @param fpgaTime ticks, never descending, distances below 2^32
     * @return the columns
     */
    public static SpikeColumns ofTimes(short[] label, byte[] stamp, long[] fpgaTime) {
        return fpgaTime.length == 0 ? EMPTY : new SpikeColumns(label, EventTimes.ofTimes("spike", stamp, fpgaTime));
    }

    /** Spikes whose times may go back by a synchronisation or on by more than a delta holds; the arrays are kept. */
    static SpikeColumns ofTrace(short[] label, byte[] stamp, long[] fpgaTime) {
        return fpgaTime.length == 0 ? EMPTY : new SpikeColumns(label, EventTimes.ofAny(stamp, fpgaTime));
    }

    /**
     * Columns one behind the other, whatever the distance between them.
     *
     * @param parts in trace order
     * @return all spikes; where two parts are 2^32 ticks or more apart, only {@link #fpgaTime} tells the distance
     */
    public static SpikeColumns join(List<SpikeColumns> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        short[] label = new short[EventTimes.total(parts, SpikeColumns::size)];
        int at = 0;
        for (SpikeColumns part : parts) {
            System.arraycopy(part.label, 0, label, at, part.size());
            at += part.size();
        }
        return new SpikeColumns(
                label, EventTimes.join(parts.stream().map(part -> part.times).toList()));
    }

    /**
     * Where the piece of the wire format that begins at a spike must end: before time goes back, or on by more than 32
     * bits can hold.
     *
     * @param from index of its first spike
     * @param most spikes it may have
     * @return index after its last spike
     */
    public int pieceEnd(int from, int most) {
        return times.pieceEnd(from, most);
    }

    /** Number of spikes. */
    public int size() {
        return label.length;
    }

    /** FPGA time in ticks that the first delta counts from. */
    public long fpgaBase() {
        return times.fpgaBase();
    }

    /**
     * @param i index in trace order
     * @return 16-bit label
     */
    public int label(int i) {
        return label[i] & 0xffff;
    }

    /**
     * @param i index in trace order
     * @return raw 8-bit stamp in half-ticks
     */
    public int stamp(int i) {
        return times.stamp(i);
    }

    /**
     * @param i index in trace order
     * @return ticks since the event before, unsigned; where they are 2^32 or more, the low 32 bits
     */
    public int fpgaDelta(int i) {
        return times.fpgaDelta(i);
    }

    /**
     * @param i index in trace order
     * @return time in ticks at which the FPGA put the event into its trace
     */
    public long fpgaTime(int i) {
        return times.fpgaTime(i);
    }

    /**
     * @param i index in trace order
     * @return time in ticks at which the chip stamped the event, rebuilt by playback.md 2.4
     */
    public long chipTime(int i) {
        return times.chipTime(i);
    }

    /** All chip times in trace order, ticks. */
    public long[] chipTimes() {
        return times.chipTimes();
    }

    /** Indices in the stable order of chip times. */
    public int[] byChipTime() {
        return times.byChipTime();
    }

    /**
     * Rebuilds a chip time (playback.md 2.4): right when the event is at most 127 ticks older than its arrival.
     *
     * @param fpgaTime arrival in ticks, 0 to 2^43 - 1
     * @param stamp raw 8-bit stamp in half-ticks
     * @return chip time in ticks
     */
    public static long chipTime(long fpgaTime, int stamp) {
        return EventTimes.chipTime(fpgaTime, stamp);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpikeColumns that && Arrays.equals(label, that.label) && times.equals(that.times);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(label) + times.hashCode();
    }

    @Override
    public String toString() {
        return "SpikeColumns(" + size() + " spikes)";
    }
}
