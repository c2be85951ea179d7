package firstspike.driver.link;

import java.util.Arrays;
import java.util.List;

/**
 * Samples of the membrane converter (MADC) in trace order, as columns of 8 bytes a sample: value (10 bit), channel (0 or
 * 1), stamp (8 bit, half-ticks of the chip) and the distance of the FPGA time from the sample before (unsigned 32 bit,
 * ticks), counted from a base (playback.md 14.4). Immutable by contract: arrays handed over are not to be written.
 */
public final class SampleColumns {

    private static final int SETTLING_SAMPLES = 10;
    private static final SampleColumns EMPTY = new SampleColumns(new short[0], new byte[0], EventTimes.EMPTY);

    private final short[] value;
    private final byte[] channel;
    private final EventTimes times;

    private SampleColumns(short[] value, byte[] channel, EventTimes times) {
        this.value = value;
        this.channel = channel;
        this.times = times;
    }

    /** No samples. */
    public static SampleColumns empty() {
        return EMPTY;
    }

    /**
     * Samples from wire columns.
     *
     * @param fpgaBase FPGA time that the first delta counts from, ticks
     * @param value 10-bit values
     * @param channel 0 or 1 each
     * @param stamp raw 8-bit stamps in half-ticks
     * @param fpgaDelta unsigned ticks since the sample before
     * @return the columns; arrays are kept, not copied
     * @throws IllegalArgumentException when the columns differ in length
     */
    public static SampleColumns of(long fpgaBase, short[] value, byte[] channel, byte[] stamp, int[] fpgaDelta) {
        if (value.length != channel.length || value.length != stamp.length || value.length != fpgaDelta.length) {
            throw new IllegalArgumentException("sample columns: lengths " + value.length + ", " + channel.length + ", "
                    + stamp.length + ", " + fpgaDelta.length + " (limit: equal); send whole columns");
        }
        return new SampleColumns(value, channel, EventTimes.of(fpgaBase, stamp, fpgaDelta));
    }

    /**
     * Samples from absolute FPGA times.
     *
     * @param value 10-bit values
     * @param channel 0 or 1 each
     * @param stamp raw 8-bit stamps
     * @param fpgaTime ticks, never descending, distances below 2^32
     * @return the columns
     */
    public static SampleColumns ofTimes(short[] value, byte[] channel, byte[] stamp, long[] fpgaTime) {
        return fpgaTime.length == 0
                ? EMPTY
                : new SampleColumns(value, channel, EventTimes.ofTimes("sample", stamp, fpgaTime));
    }

    /**
     * Samples as the trace carries them; times may go back by a synchronisation or on by more than a delta holds.
     *
     * @param raw 14-bit values: bits 9 to 0 value, bit 10 channel; overwritten
     */
    static SampleColumns ofTrace(short[] raw, byte[] stamp, long[] fpgaTime) {
        if (fpgaTime.length == 0) {
            return EMPTY;
        }
        byte[] channel = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            channel[i] = (byte) (raw[i] >> 10 & 1);
            raw[i] &= 0x3ff;
        }
        return new SampleColumns(raw, channel, EventTimes.ofAny(stamp, fpgaTime));
    }

    /**
     * Columns one behind the other, whatever the distance between them.
     *
     * @param parts in trace order
     * @return all samples; where two parts are 2^32 ticks or more apart, only {@link #fpgaTime} tells the distance
     */
    public static SampleColumns join(List<SampleColumns> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int size = EventTimes.total(parts, SampleColumns::size);
        short[] value = new short[size];
        byte[] channel = new byte[size];
        int at = 0;
        for (SampleColumns part : parts) {
            System.arraycopy(part.value, 0, value, at, part.size());
            System.arraycopy(part.channel, 0, channel, at, part.size());
            at += part.size();
        }
        return new SampleColumns(
                value,
                channel,
                EventTimes.join(parts.stream().map(part -> part.times).toList()));
    }

    /**
     * Where the piece of the wire format that begins at a sample must end: before time goes back, or on by more than 32
     * bits can hold.
     *
     * @param from index of its first sample
     * @param most samples it may have
     * @return index after its last sample
     */
    public int pieceEnd(int from, int most) {
        return times.pieceEnd(from, most);
    }

    /** Number of samples. */
    public int size() {
        return value.length;
    }

    /** FPGA time in ticks that the first delta counts from. */
    public long fpgaBase() {
        return times.fpgaBase();
    }

    /**
     * @param i index in trace order
     * @return 10-bit value
     */
    public int value(int i) {
        return value[i];
    }

    /**
     * @param i index in trace order
     * @return 0 or 1
     */
    public int channel(int i) {
        return channel[i];
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
     * @return ticks since the sample before, unsigned; where they are 2^32 or more, the low 32 bits
     */
    public int fpgaDelta(int i) {
        return times.fpgaDelta(i);
    }

    /**
     * @param i index in trace order
     * @return time in ticks at which the FPGA put the sample into its trace
     */
    public long fpgaTime(int i) {
        return times.fpgaTime(i);
    }

    /**
     * @param i index in trace order
     * @return time in ticks at which the chip stamped the sample, rebuilt by playback.md 2.4
     */
    public long chipTime(int i) {
        return times.chipTime(i);
    }

    /**
     * Whether a sample is one of the first ten of its recording, which hardware does not convert well (playback.md 7.1). A
     * recording begins with the first sample, and wherever samples follow at more than twice the distance before.
     *
     * @param i index in trace order
     */
    public boolean isSettling(int i) {
        for (int begin = i; begin > i - SETTLING_SAMPLES; begin--) {
            if (begin == 0 || beginsRecording(begin)) {
                return true;
            }
        }
        return false;
    }

    private boolean beginsRecording(int i) {
        return i > 1 && chipTime(i) - chipTime(i - 1) > 2 * (chipTime(i - 1) - chipTime(i - 2)) + 1;
    }

    /** All chip times in trace order, ticks. */
    public long[] chipTimes() {
        return times.chipTimes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SampleColumns that
                && Arrays.equals(value, that.value)
                && Arrays.equals(channel, that.channel)
                && times.equals(that.times);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(value) + Arrays.hashCode(channel)) + times.hashCode();
    }

    @Override
    public String toString() {
        return "SampleColumns(" + size() + " samples)";
    }
}
