package firstspike.driver.server.turn;

/** Where a submission stands (playback.md 14.3). Terminal states never change. */
public enum UnitState {
    /** Its words are on their way. */
    UPLOADING,
    /** Complete, waits for its turn or for submissions before it. */
    QUEUED,
    /** Has the chip. */
    RUNNING,
    /** All parts ran. */
    DONE,
    /** A part failed, or it was refused after it had been accepted. */
    FAILED,
    /** Somebody cancelled it. */
    CANCELLED,
    /** Nobody was connected, or its upload was not continued. */
    EXPIRED;

    /** Whether this is an end. */
    public boolean terminal() {
        return this != UPLOADING && this != QUEUED && this != RUNNING;
    }
}
