package firstspike.driver.link;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The times of recorded events in trace order: raw stamps of the chip and arrival times at the FPGA; the latter travel as
 * distances from a base (playback.md 14.4). Shared by spikes and samples. Immutable.
 */
final class EventTimes {

    static final EventTimes EMPTY = new EventTimes(0, new byte[0], new long[0]);

    private static final long SYSTIME_MASK = (1L << 43) - 1;
    private static final long LONGEST_DELTA = 1L << 32;

    private final long fpgaBase;
    private final byte[] stamp;
    private final long[] fpgaTime;

    private EventTimes(long fpgaBase, byte[] stamp, long[] fpgaTime) {
        this.fpgaBase = fpgaBase;
        this.stamp = stamp;
        this.fpgaTime = fpgaTime;
    }

    /** From the columns of the wire; the stamps are kept. */
    static EventTimes of(long fpgaBase, byte[] stamp, int[] fpgaDelta) {
        long[] times = new long[stamp.length];
        long now = fpgaBase;
        for (int i = 0; i < times.length; i++) {
            now += Integer.toUnsignedLong(fpgaDelta[i]);
            times[i] = now;
        }
        return new EventTimes(fpgaBase, stamp, times);
    }

    /** From absolute times, never descending and less than 2^32 ticks apart. */
    static EventTimes ofTimes(String event, byte[] stamp, long[] fpgaTime) {
        for (int i = 1; i < fpgaTime.length; i++) {
            long d = fpgaTime[i] - fpgaTime[i - 1];
            if (d < 0 || d >= LONGEST_DELTA) {
                throw new IllegalArgumentException("fpga time of " + event + " " + i + ": " + fpgaTime[i] + " after "
                        + fpgaTime[i - 1] + " (limit: 0 to 2^32 - 1 ticks later); begin a new chunk");
            }
        }
        return ofAny(stamp, fpgaTime);
    }

    /** From absolute times whatever their distances; the arrays are kept. */
    static EventTimes ofAny(byte[] stamp, long[] fpgaTime) {
        return new EventTimes(fpgaTime.length == 0 ? 0 : fpgaTime[0], stamp, fpgaTime);
    }

    /** One behind the other. */
    static EventTimes join(List<EventTimes> parts) {
        int size = total(parts, EventTimes::size);
        byte[] stamps = new byte[size];
        long[] times = new long[size];
        int at = 0;
        for (EventTimes part : parts) {
            System.arraycopy(part.stamp, 0, stamps, at, part.size());
            System.arraycopy(part.fpgaTime, 0, times, at, part.size());
            at += part.size();
        }
        return ofAny(stamps, times);
    }

    /** Summed size of parts; refuses more than an array holds. */
    static <T> int total(List<T> parts, ToIntFunction<T> size) {
        return parts.stream().mapToInt(size).reduce(0, Math::addExact);
    }

    /** Where the piece of the wire format that begins at an event must end: before a gap that 32 bits cannot hold. */
    int pieceEnd(int from, int most) {
        int end = Math.min(size(), from + most);
        for (int i = from + 1; i < end; i++) {
            long gap = fpgaTime[i] - fpgaTime[i - 1];
            if (gap < 0 || gap >= LONGEST_DELTA) {
                return i;
            }
        }
        return end;
    }

    int size() {
        return stamp.length;
    }

    long fpgaBase() {
        return fpgaBase;
    }

    int stamp(int i) {
        return stamp[i] & 0xff;
    }

    int fpgaDelta(int i) {
        return (int) (fpgaTime[i] - (i == 0 ? fpgaBase : fpgaTime[i - 1]));
    }

    long fpgaTime(int i) {
        return fpgaTime[i];
    }

    long chipTime(int i) {
        return chipTime(fpgaTime[i], stamp[i] & 0xff);
    }

    long[] chipTimes() {
        long[] times = new long[size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = chipTime(i);
        }
        return times;
    }

    /** Indices in the stable order of chip times. */
    int[] byChipTime() {
        long[] times = chipTimes();
        return IntStream.range(0, size())
                .boxed()
                .sorted((a, b) -> Long.compare(times[a], times[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The rule of playback.md 2.4. */
    static long chipTime(long fpgaTime, int stamp) {
        long candidate = (fpgaTime & ~0x7fL) | (stamp >> 1);
        return candidate <= fpgaTime ? candidate : (candidate - 128) & SYSTIME_MASK;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventTimes that
                && Arrays.equals(stamp, that.stamp)
                && Arrays.equals(fpgaTime, that.fpgaTime);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(stamp) + Arrays.hashCode(fpgaTime);
    }
}
