package firstspike.driver.link;

/** What the times of a result refer to (playback.md 2). */
public enum TimeBase {
    /** FPGA and chip count together. */
    SYNCED,
    /** No synchronisation since power-on: responses are numbered. */
    UNSYNCED,
    /** The stream did not begin with an absolute time although it should. */
    RELATIVE
}
