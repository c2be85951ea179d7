package firstspike.driver.server.spool;

import firstspike.driver.error.ChipException;
import firstspike.proto.chip.v1.ResultChunk;
import java.util.Optional;

/** Goes through the records of a result in order, also while it grows. One owner at a time. */
public final class ResultReader implements AutoCloseable {

    private final SpooledResult result;
    private final Runnable progress;
    private int record;

    ResultReader(SpooledResult result, int record, Runnable progress) {
        this.result = result;
        this.record = record;
        this.progress = progress;
    }

    /**
     * The next record in its chunk; empty when there is none yet, or none any more. Its bytes hold until the calling thread
     * asks for another record of any result.
     *
     * @throws firstspike.driver.error.SessionUnknownException when the result was dropped
     */
    public Optional<ResultChunk> next() {
        Optional<ResultChunk> chunk = result.chunk(record);
        if (chunk.isPresent()) {
            record++;
        }
        return chunk;
    }

    /** Whether everything was read and nothing comes any more. */
    public boolean complete() {
        return result.complete(record);
    }

    /** Why the submission did not end well; known when this reader is {@linkplain #complete complete}. */
    public Optional<ChipException> error() {
        return result.error();
    }

    /** Is told of no progress any more. */
    @Override
    public void close() {
        result.leave(progress);
    }
}
