package firstspike.emulator.fpga;

import firstspike.emulator.digital.ChipTiming;
import java.util.Arrays;

/**
 * The eight high-speed links between FPGA and chip: which are up, since when, and from when the chip's bus can be used
 * (playback.md 4.9, 6.4; registers.md 14.4). A link comes up a fixed time after both of its sides were enabled. Mutable;
 * one owner thread.
 */
final class HighSpeedLinks {

    static final int COUNT = 8;

    private static final long NEVER = TimedQueue.NEVER;
    private static final int LINK_SHIFT = 5;
    private static final int LINK_UP = 1 << 4;

    private final ChipTiming timing;
    private final int brokenMask;
    private final long[] fpgaSince;
    private final long[] chipSince;
    private final long[] upAt;
    private int announced;
    /** Bit i: link i was announced since the chip was last reset. */
    private int knownUp;

    private long cameBack;
    private boolean inReset;
    private long busFrom;
    private long usableFrom = NEVER;
    private long nextNews = NEVER;

    /**
     * Links at power-on: all down.
     *
     * @param timing durations
     * @param brokenMask bit i: link i never comes up
     */
    HighSpeedLinks(ChipTiming timing, int brokenMask) {
        this.timing = timing;
        this.brokenMask = brokenMask;
        fpgaSince = never();
        chipSince = never();
        upAt = never();
    }

    private HighSpeedLinks(HighSpeedLinks other) {
        timing = other.timing;
        brokenMask = other.brokenMask;
        fpgaSince = other.fpgaSince.clone();
        chipSince = other.chipSince.clone();
        upAt = other.upAt.clone();
        announced = other.announced;
        knownUp = other.knownUp;
        inReset = other.inReset;
        busFrom = other.busFrom;
        usableFrom = other.usableFrom;
        nextNews = other.nextNews;
    }

    HighSpeedLinks copy() {
        return new HighSpeedLinks(this);
    }

    /** The FPGA's enable mask takes effect: bit i is link i. */
    void fpgaMask(long tick, int mask) {
        for (int i = 0; i < COUNT; i++) {
            enable(fpgaSince, i, tick, (mask >> i & 1) != 0);
        }
        update();
    }

    /** The chip's enable mask takes effect: bit 7 - i is link i. */
    void chipMask(long tick, int mask) {
        if (inReset) {
            return;
        }
        for (int i = 0; i < COUNT; i++) {
            enable(chipSince, i, tick, (mask >> COUNT - 1 - i & 1) != 0);
        }
        update();
    }

    /** Level of the chip's reset line changes; in reset the chip's mask is cleared. */
    void chipReset(long tick, boolean asserted) {
        if (inReset && !asserted) {
            busFrom = tick + timing.omnibusUp();
        }
        inReset = asserted;
        if (asserted) {
            Arrays.fill(chipSince, NEVER);
            knownUp = 0;
        }
        update();
    }

    /** A program starts: none has come back in it. */
    void programStarted() {
        cameBack = 0;
    }

    /** Links of this program that came up though no chip reset had taken them down. */
    long cameBack() {
        return cameBack;
    }

    /** From which tick on the chip's registers can be reached, NEVER if that is not in sight. */
    long usableFrom() {
        return usableFrom;
    }

    /** Whether the chip is held in reset. */
    boolean inReset() {
        return inReset;
    }

    /** Ticks for which a link has been up, 0 when it is down. */
    long onlineTicks(int link, long tick) {
        return Math.max(0, tick - upAt[link]);
    }

    /** Adds notifications of links that came up until the given tick, inclusive. */
    void announce(long tick, TimedQueue notifications) {
        while (nextNews <= tick) {
            int next = -1;
            for (int i = 0; i < COUNT; i++) {
                if ((announced >> i & 1) == 0 && (next < 0 || upAt[i] < upAt[next])) {
                    next = i;
                }
            }
            notifications.add(upAt[next], 0, next << LINK_SHIFT | LINK_UP);
            announced |= 1 << next;
            cameBack += knownUp >> next & 1;
            knownUp |= 1 << next;
            update();
        }
    }

    private static void enable(long[] since, int link, long tick, boolean on) {
        since[link] = on ? Math.min(since[link], tick) : NEVER;
    }

    private void update() {
        long firstUp = NEVER;
        nextNews = NEVER;
        for (int i = 0; i < COUNT; i++) {
            boolean enabled = !inReset && fpgaSince[i] != NEVER && chipSince[i] != NEVER && (brokenMask >> i & 1) == 0;
            upAt[i] = enabled ? Math.max(fpgaSince[i], chipSince[i]) + timing.linkUp() : NEVER;
            if (!enabled) {
                announced &= ~(1 << i);
            }
            firstUp = Math.min(firstUp, upAt[i]);
            if ((announced >> i & 1) == 0) {
                nextNews = Math.min(nextNews, upAt[i]);
            }
        }
        usableFrom = firstUp == NEVER ? NEVER : Math.max(firstUp, busFrom);
    }

    private static long[] never() {
        long[] ticks = new long[COUNT];
        Arrays.fill(ticks, NEVER);
        return ticks;
    }
}
