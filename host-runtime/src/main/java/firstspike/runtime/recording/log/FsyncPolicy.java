package firstspike.runtime.recording.log;

/** When a log is forced to the disk itself: bounds what a machine loses that is switched off. */
public enum FsyncPolicy {
    /** Never; the system decides. */
    NEVER,
    /** When the log is closed. */
    CLOSE,
    /** At most once a second, and when the log is closed. */
    INTERVAL,
    /** After every record. */
    ALWAYS
}
