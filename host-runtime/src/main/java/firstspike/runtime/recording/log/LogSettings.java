package firstspike.runtime.recording.log;

import firstspike.driver.link.WallClock;

/**
 * How a log is written.
 *
 * @param fsync when it is forced to the disk; default {@link FsyncPolicy#INTERVAL}
 * @param lossy whether recorded spikes and samples are dropped and counted when the disk is too slow, instead of making the
 *     caller wait; default false
 * @param clock that the hand-over after 200 ms, and what follows from it, is measured with; default the system's
 */
public record LogSettings(FsyncPolicy fsync, boolean lossy, WallClock clock) {

    /** The defaults. */
    public static LogSettings defaults() {
        return new LogSettings(FsyncPolicy.INTERVAL, false, WallClock.system());
    }

    /**
     * @param policy when to force
     * @return other settings
     */
    public LogSettings withFsync(FsyncPolicy policy) {
        return new LogSettings(policy, lossy, clock);
    }

    /** The same with events dropped rather than callers held up. */
    public LogSettings withLoss() {
        return new LogSettings(fsync, true, clock);
    }

    /**
     * @param other clock
     * @return other settings
     */
    public LogSettings withClock(WallClock other) {
        return new LogSettings(fsync, lossy, other);
    }
}
