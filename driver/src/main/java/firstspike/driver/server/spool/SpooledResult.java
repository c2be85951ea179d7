package firstspike.driver.server.spool;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.ResultTooLargeException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.remote.RecordChecksum;
import firstspike.driver.remote.RecordSink;
import firstspike.proto.chip.v1.ResultChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The result of one submission: records in order, each serialised once, at offsets that never change (playback.md 14.4). One
 * thread {@linkplain #add adds}, any number of {@linkplain #read readers} follow, also while it grows. A record that does not
 * fit is left out, as is everything behind it: {@link #refusal} then says why, and what a result is of no use without
 * still gets in.
 */
public final class SpooledResult implements Stored, RecordSink {

    /** Every result counts as that much at least, so that the number of stored ones is bounded too. */
    static final int LEAST_BYTES = 1 << 14;

    private static final Logger LOG = LoggerFactory.getLogger(SpooledResult.class);
    /** A new array for each record would cost more than reading it: it is cleared, and collected soon after. */
    private static final ThreadLocal<byte[]> BLOCK = ThreadLocal.withInitial(() -> new byte[0]);

    private final SessionStore store;
    private final SpoolFile file;
    private final List<Runnable> readers = new ArrayList<>();
    /** Records for which there must be room: those behind the first that found none, and the footer. */
    private final List<ByteString> tail = new ArrayList<>();

    private long[] borders = new long[8];
    private int[] checksums = new int[8];
    private int records;
    private long produced;
    private long charged;
    private ChipException refusal;
    private ChipException error;
    private boolean ended;
    private boolean dropped;

    SpooledResult(SessionStore store) {
        this.store = store;
        this.file = store.newFile("result");
    }

    @Override
    public boolean add(ByteString record) {
        synchronized (this) {
            produced += record.size();
            if (refusal != null || dropped) {
                return false;
            }
            try {
                limit();
                append(record);
            } catch (ChipException e) {
                refusal = e;
                return false;
            }
        }
        tellReaders();
        return true;
    }

    @Override
    public void addAlways(ByteString record) {
        synchronized (this) {
            if (dropped) {
                return;
            }
            produced += record.size();
            try {
                if (refusal == null) {
                    append(record);
                }
            } catch (ChipException e) {
                refusal = e;
            }
            if (refusal != null) {
                tail.add(record);
                index(record);
            }
        }
        tellReaders();
    }

    @Override
    public void close(ByteString footer) {
        synchronized (this) {
            if (dropped) {
                return;
            }
            tail.add(footer);
            index(footer);
        }
        tellReaders();
    }

    private void limit() {
        long limit = store.limits().resultBytes();
        if (produced > limit) {
            throw new ResultTooLargeException(
                    ErrorDetail.of("result in bytes", produced, limit, "record less or split the program")
                            .with(ErrorDetail.REASON, "RESULT_TOO_LARGE"),
                    null,
                    null,
                    true);
        }
    }

    private void append(ByteString record) {
        long size = Math.max(LEAST_BYTES, borders[records] + record.size());
        if (size > charged) {
            store.account().takeResult(size - charged);
            charged = size;
        }
        try {
            file.append(record);
        } catch (IOException e) {
            throw store.refused(e);
        }
        index(record);
    }

    private void index(ByteString record) {
        if (records + 1 == borders.length) {
            borders = Arrays.copyOf(borders, 2 * borders.length);
            checksums = Arrays.copyOf(checksums, 2 * checksums.length);
        }
        checksums[records] = RecordChecksum.of(record);
        records++;
        borders[records] = borders[records - 1] + record.size();
    }

    private void tellReaders() {
        List<Runnable> told;
        synchronized (this) {
            told = List.copyOf(readers);
        }
        told.forEach(Runnable::run);
    }

    /** Why records are missing in front of the last ones; empty: none is. */
    public synchronized Optional<ChipException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Bytes that a reader can get so far. */
    public synchronized long bytes() {
        return borders[records];
    }

    /** Whether it is so small that no disk is needed to read it. */
    public boolean inMemory() {
        return file.inMemory();
    }

    /** Whether nothing comes any more. */
    public synchronized boolean ended() {
        return ended;
    }

    /**
     * Nothing comes any more.
     *
     * @param why the submission did not end well; readers get it behind the last record
     */
    public void end(Optional<ChipException> why) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            error = why.orElse(null);
            try {
                file.rest();
            } catch (IOException e) {
                error = error == null ? store.refused(e) : error;
            }
        }
        tellReaders();
    }

    /**
     * A reader that begins at a border.
     *
     * @param fromOffset 0, or an offset plus length of a record; bytes
     * @param progress called when there may be more to read; must not wait
     * @return the reader; the caller closes it
     * @throws ProgramRejectedException when no record begins there
     */
    public ResultReader read(long fromOffset, Runnable progress) {
        synchronized (this) {
            int record = Arrays.binarySearch(borders, 0, records + 1, fromOffset);
            if (record < 0) {
                throw new ProgramRejectedException(
                        MALFORMED_REQUEST,
                        "offset in the result",
                        Long.toUnsignedString(fromOffset),
                        "0, or the end of a record, at most " + borders[records],
                        "repeat from the end of the last complete record");
            }
            readers.add(progress);
            return new ResultReader(this, record, progress);
        }
    }

    /**
     * The chunk of a record, which holds until the calling thread asks for the next one.
     *
     * @param record counted from 0
     * @return empty when it is not there yet
     */
    Optional<ResultChunk> chunk(int record) {
        long offset;
        int length;
        int crc;
        synchronized (this) {
            if (dropped) {
                throw dropped();
            }
            if (record >= records) {
                return Optional.empty();
            }
            offset = borders[record];
            length = (int) (borders[record + 1] - offset);
            crc = checksums[record];
            if (offset >= file.size()) {
                return Optional.of(chunk(offset, tail.get(record - records + tail.size()), crc));
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(block(length), 0, length);
        try {
            file.read(offset, bytes);
        } catch (NoSuchFileException e) {
            throw dropped();
        } catch (IOException e) {
            throw store.refused(e);
        }
        return Optional.of(chunk(offset, UnsafeByteOperations.unsafeWrap(bytes.flip()), crc));
    }

    private static byte[] block(int length) {
        byte[] block = BLOCK.get();
        if (block.length < length) {
            block = new byte[length];
            BLOCK.set(block);
        }
        return block;
    }

    private static SessionUnknownException dropped() {
        return new SessionUnknownException(
                ErrorDetail.of("result", "dropped", "results that nobody acknowledged", "run the program again")
                        .with(ErrorDetail.REASON, "SUBMISSION_UNKNOWN"),
                null,
                null,
                true);
    }

    private static ResultChunk chunk(long offset, ByteString record, int crc) {
        return ResultChunk.newBuilder()
                .setOffset(offset)
                .setRecord(record)
                .setCrc32C(crc)
                .build();
    }

    /** Whether a reader that has the records before that one has everything. */
    synchronized boolean complete(int record) {
        return ended && record >= records;
    }

    synchronized Optional<ChipException> error() {
        return Optional.ofNullable(error);
    }

    synchronized void leave(Runnable progress) {
        readers.remove(progress);
    }

    /** Drops the records: the result was acknowledged, or its session is gone. Repeated calls have no effect. */
    @Override
    public void close() {
        synchronized (this) {
            if (dropped) {
                return;
            }
            dropped = true;
            ended = true;
            try {
                file.delete();
            } catch (IOException e) {
                LOG.warn("a file of a result stays", e);
            }
            store.account().giveResult(charged);
            tail.clear();
        }
        store.forget(this);
        tellReaders();
    }
}
