package firstspike.driver.service;

import java.util.concurrent.TimeUnit;

/** How often something happened in the last 60 s, to the second. Any thread. */
final class MinuteCount {

    private static final int SECONDS = 60;

    private final int[] count = new int[SECONDS];
    private final long[] second = new long[SECONDS];

    /** It happened now, in ns. */
    synchronized void happened(long now) {
        long at = TimeUnit.NANOSECONDS.toSeconds(now);
        int slot = (int) (at % SECONDS);
        if (second[slot] != at) {
            second[slot] = at;
            count[slot] = 0;
        }
        count[slot]++;
    }

    /** How often since 60 s before now, in ns. */
    synchronized long at(long now) {
        long at = TimeUnit.NANOSECONDS.toSeconds(now);
        long sum = 0;
        for (int i = 0; i < SECONDS; i++) {
            sum += at - second[i] < SECONDS ? count[i] : 0;
        }
        return sum;
    }
}
