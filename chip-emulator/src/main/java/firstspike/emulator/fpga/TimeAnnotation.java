package firstspike.emulator.fpga;

import firstspike.driver.message.TraceMessages;

/**
 * Puts time messages in front of trace messages, so that the host's clock shows the intended time at each of them
 * (wire.md 9). Holds the counter that the host will have. System time wraps, the host's
 * counter does not: across the wrap an absolute time is sent, but no words exist for a message at tick 0 or for one behind
 * the last tick, and the host ends such a run with TIME_OVERFLOW. Mutable; one owner thread.
 */
final class TimeAnnotation {

    private static final long MASK = (1L << 43) - 1;
    private static final long LONGEST_DELTA = 255;

    private long now;
    private boolean absolute;

    /** A program begins: the host starts from 0 and knows no absolute time. */
    void programStarted() {
        now = 0;
        absolute = false;
    }

    /**
     * Precedes a message.
     *
     * @param time that the message shall get, system time in ticks
     * @param synced whether times are sent at all
     * @param sink gets the time message, if one is needed
     */
    void before(long time, boolean synced, TraceMessages sink) {
        if (!synced) {
            now = now + 1 & MASK;
            return;
        }
        long gap = time - now - 2;
        if (!absolute || gap < -1 || gap > LONGEST_DELTA) {
            sink.systime(time - 1 & MASK);
        } else if (gap >= 0) {
            sink.sysdelta((int) gap);
        }
        now = time;
        absolute = true;
    }

    /** Sends the answer of a SystimeInit. */
    void answer(long time, TraceMessages sink) {
        sink.systime(time);
        now = time;
        absolute = true;
    }
}
