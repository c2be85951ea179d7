package firstspike.driver.playback;

import static firstspike.driver.error.ProgramRejectedException.Code.TIME_OUT_OF_RANGE;

import firstspike.driver.error.ProgramRejectedException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A time in FPGA clock periods of 8 ns, never negative (playback.md 13.1). Conversions from decimal times round half to
 * even on the exact decimal value.
 *
 * @param value ticks
 */
public record Ticks(long value) implements Comparable<Ticks> {

    /** Ticks in a microsecond. */
    public static final long PER_MICROSECOND = 125;
    /** Nanoseconds in a tick. */
    public static final long NANOSECONDS = 8;

    private static final BigDecimal PER_SECOND = BigDecimal.valueOf(125_000_000L);

    /** Refuses negative times. */
    public Ticks {
        if (value < 0) {
            throw new ProgramRejectedException(
                    TIME_OUT_OF_RANGE, "time in ticks", value, "0 or more", "choose a later time");
        }
    }

    /**
     * @param value ticks, 0 or more
     * @return the time
     */
    public static Ticks of(long value) {
        return new Ticks(value);
    }

    /**
     * @param seconds 0 or more
     * @return the nearest tick, half to even
     */
    public static Ticks ofSeconds(double seconds) {
        return rounded(seconds, 0);
    }

    /**
     * @param micros 0 or more, microseconds
     * @return the nearest tick, half to even
     */
    public static Ticks ofMicros(double micros) {
        return rounded(micros, 6);
    }

    /**
     * @param nanos 0 or more, nanoseconds
     * @return the nearest tick, half to even
     */
    public static Ticks ofNanos(double nanos) {
        return rounded(nanos, 9);
    }

    private static Ticks rounded(double time, int negativeExponent) {
        if (Double.isNaN(time) || Double.isInfinite(time) || time < 0 || time > 1e18) {
            throw new ProgramRejectedException(
                    TIME_OUT_OF_RANGE, "time", time, "finite and 0 or more", "choose a time of the experiment");
        }
        BigDecimal ticks = new BigDecimal(Double.toString(time))
                .movePointLeft(negativeExponent)
                .multiply(PER_SECOND)
                .setScale(0, RoundingMode.HALF_EVEN);
        return new Ticks(ticks.longValueExact());
    }

    /** Microseconds, exact up to 2^53 ticks. */
    public double toMicros() {
        return value * 8.0 / 1000.0;
    }

    @Override
    public int compareTo(Ticks other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value + " ticks";
    }
}
