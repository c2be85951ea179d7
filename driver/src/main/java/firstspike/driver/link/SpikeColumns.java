package firstspike.driver.link;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Recorded spikes in trace order, as columns of 7 bytes an event: label (16 bit), stamp (8 bit, half-ticks of the chip),
 * and the distance of the FPGA time from the event before (unsigned 32 bit, ticks), counted from a base
 * (playback.md 14.4). Immutable by contract: the arrays of {@link #of} are not to be written afterwards.
 */
public final class SpikeColumns {

    private static final long SYSTIME_MASK = (1L << 43) - 1;
    private static final SpikeColumns EMPTY = new SpikeColumns(0, new short[0], new byte[0], new int[0], new long[0]);

    private final long fpgaBase;
    private final short[] label;
    private final byte[] stamp;
    private final int[] fpgaDelta;
    private final long[] fpgaTime;

    private SpikeColumns(long fpgaBase, short[] label, byte[] stamp, int[] fpgaDelta, long[] fpgaTime) {
        this.fpgaBase = fpgaBase;
        this.label = label;
        this.stamp = stamp;
        this.fpgaDelta = fpgaDelta;
        this.fpgaTime = fpgaTime;
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
     * @return the columns; the arrays are kept, not copied
     * @throws IllegalArgumentException when the columns differ in length
     */
    public static SpikeColumns of(long fpgaBase, short[] label, byte[] stamp, int[] fpgaDelta) {
        if (label.length != stamp.length || label.length != fpgaDelta.length) {
            throw new IllegalArgumentException("spike columns: lengths " + label.length + ", " + stamp.length + ", "
                    + fpgaDelta.length + " (limit: equal); send whole columns");
        }
        long[] times = new long[label.length];
        long now = fpgaBase;
        for (int i = 0; i < times.length; i++) {
            now += Integer.toUnsignedLong(fpgaDelta[i]);
            times[i] = now;
        }
        return new SpikeColumns(fpgaBase, label, stamp, fpgaDelta, times);
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
        if (fpgaTime.length == 0) {
            return EMPTY;
        }
        int[] delta = new int[fpgaTime.length];
        for (int i = 1; i < delta.length; i++) {
            long d = fpgaTime[i] - fpgaTime[i - 1];
            if (d < 0 || d >= 1L << 32) {
                throw new IllegalArgumentException("fpga time of spike " + i + ": " + fpgaTime[i] + " after "
                        + fpgaTime[i - 1] + " (limit: 0 to 2^32 - 1 ticks later); begin a new chunk");
            }
            delta[i] = (int) d;
        }
        return new SpikeColumns(fpgaTime[0], label, stamp, delta, fpgaTime);
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
        int size = parts.stream().mapToInt(SpikeColumns::size).reduce(0, Math::addExact);
        if (size == 0) {
            return EMPTY;
        }
        short[] label = new short[size];
        byte[] stamp = new byte[size];
        int[] delta = new int[size];
        long[] times = new long[size];
        int at = 0;
        for (SpikeColumns part : parts) {
            System.arraycopy(part.label, 0, label, at, part.size());
            System.arraycopy(part.stamp, 0, stamp, at, part.size());
            System.arraycopy(part.fpgaTime, 0, times, at, part.size());
            at += part.size();
        }
        for (int i = 1; i < size; i++) {
            delta[i] = (int) (times[i] - times[i - 1]);
        }
        return new SpikeColumns(times[0], label, stamp, delta, times);
    }

    /**
     * Where the piece of the wire format that begins at a spike must end: before a gap that 32 bits cannot hold.
     *
     * @param from index of its first spike
     * @param most spikes it may have
     * @return index after its last spike
     */
    public int pieceEnd(int from, int most) {
        int end = Math.min(size(), from + most);
        for (int i = from + 1; i < end; i++) {
            if (fpgaTime[i] - fpgaTime[i - 1] >= 1L << 32) {
                return i;
            }
        }
        return end;
    }

    /** Number of spikes. */
    public int size() {
        return label.length;
    }

    /** FPGA time in ticks that the first delta counts from. */
    public long fpgaBase() {
        return fpgaBase;
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
        return stamp[i] & 0xff;
    }

    /**
     * @param i index in trace order
     * @return ticks since the event before, unsigned
     */
    public int fpgaDelta(int i) {
        return fpgaDelta[i];
    }

    /**
     * @param i index in trace order
     * @return time in ticks at which the FPGA put the event into its trace
     */
    public long fpgaTime(int i) {
        return fpgaTime[i];
    }

    /**
     * @param i index in trace order
     * @return time in ticks at which the chip stamped the event, rebuilt by playback.md 2.4
     */
    public long chipTime(int i) {
        return chipTime(fpgaTime[i], stamp[i] & 0xff);
    }

    /** All chip times in trace order, ticks. */
    public long[] chipTimes() {
        long[] times = new long[size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = chipTime(i);
        }
        return times;
    }

    /** Indices in the stable order of chip times. */
    public int[] byChipTime() {
        long[] times = chipTimes();
        return IntStream.range(0, size())
                .boxed()
                .sorted((a, b) -> Long.compare(times[a], times[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Rebuilds a chip time (playback.md 2.4): right when the event is at most 127 ticks older than its arrival.
     *
     * @param fpgaTime arrival in ticks, 0 to 2^43 - 1
     * @param stamp raw 8-bit stamp in half-ticks
     * @return chip time in ticks
     */
    public static long chipTime(long fpgaTime, int stamp) {
        long candidate = (fpgaTime & ~0x7fL) | (stamp >> 1);
        return candidate <= fpgaTime ? candidate : (candidate - 128) & SYSTIME_MASK;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpikeColumns that
                && Arrays.equals(label, that.label)
                && Arrays.equals(stamp, that.stamp)
                && Arrays.equals(fpgaTime, that.fpgaTime);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(label) + Arrays.hashCode(stamp)) + Arrays.hashCode(fpgaTime);
    }

    @Override
    public String toString() {
        return "SpikeColumns(" + size() + " spikes)";
    }
}
