package firstspike.runtime.recording.log;

import java.io.IOException;

/** Something that waits to be written, in order. */
interface PendingRecord {

    /**
     * Writes it.
     *
     * @param output of the log
     * @throws IOException when the disk does not take it
     */
    void write(LogOutput output) throws IOException;

    /** Share of the queue that it takes, {@link LogQueue#CHUNK} for a full chunk. */
    default int weight() {
        return 1;
    }
}
