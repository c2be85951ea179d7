package firstspike.driver.service.spool;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import firstspike.driver.link.ChipException;
import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.MalformedRequestException;
import firstspike.driver.link.RecordSink;
import firstspike.driver.link.ResultTooLargeException;
import firstspike.driver.link.SessionUnknownException;
import firstspike.driver.link.WireErrors;
import firstspike.proto.chip.v1.ResultChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The result of one submission: records in order, each serialised once, at offsets that never change (playback.md 14.4). One
 * thread {@linkplain #add adds}, any number of {@linkplain #read readers} follow, also while it grows. A record that does not
 * fit is left out, as is everything behind it: {@link #refusal} then says why, and the footer still gets in.
 */
public final class SpooledResult implements Stored, RecordSink {

    /** Every result counts as that much at least, so that the number of stored ones is bounded too. */
    static final int LEAST_BYTES = 1 << 14;

    private static final Logger LOG = LoggerFactory.getLogger(SpooledResult.class);

    private final SessionStore store;
    private final SpoolFile file;
    private final List<Runnable> readers = new ArrayList<>();
    private long[] borders = new long[8];
    private int[] checksums = new int[8];
    private int records;
    private long produced;
    private long charged;
    private ByteString footer;
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
        List<Runnable> told;
        synchronized (this) {
            produced += record.size();
            if (refusal != null || dropped) {
                return false;
            }
            try {
                append(record);
            } catch (ChipException e) {
                refusal = e;
                return false;
            }
            told = List.copyOf(readers);
        }
        told.forEach(Runnable::run);
        return true;
    }

    private void append(ByteString record) {
        long limit = store.limits().resultBytes();
        if (produced > limit) {
            throw new ResultTooLargeException(
                    ErrorDetail.of("result in bytes", produced, limit, "record less or split the program")
                            .with(WireErrors.REASON, "RESULT_TOO_LARGE"),
                    null,
                    null,
                    true);
        }
        charge(Math.max(LEAST_BYTES, borders[records] + record.size()));
        try {
            file.append(record);
        } catch (IOException e) {
            throw store.refused(e);
        }
        index(record);
    }

    private void charge(long bytes) {
        if (bytes > charged) {
            store.account().takeResult(bytes - charged);
            charged = bytes;
        }
    }

    private void index(ByteString record) {
        if (records + 1 == borders.length) {
            borders = Arrays.copyOf(borders, 2 * borders.length);
            checksums = Arrays.copyOf(checksums, 2 * checksums.length);
        }
        checksums[records] = checksum(record);
        records++;
        borders[records] = borders[records - 1] + record.size();
    }

    @Override
    public void close(ByteString last) {
        synchronized (this) {
            footer = last;
        }
    }

    /** Why records are missing at the end; empty: none is. */
    public synchronized Optional<ChipException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Bytes of the records, the footer excluded, whether or not they fitted. */
    public synchronized long producedBytes() {
        return produced;
    }

    /** Bytes that a reader can get so far. */
    public synchronized long bytes() {
        return borders[records] + (footer == null ? 0 : footer.size());
    }

    /**
     * Nothing comes any more.
     *
     * @param why the submission did not end well; readers get it behind the last record
     */
    public void end(Optional<ChipException> why) {
        List<Runnable> told;
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
            told = List.copyOf(readers);
        }
        told.forEach(Runnable::run);
    }

    /**
     * A reader that begins at a border.
     *
     * @param fromOffset 0, or an offset plus length of a record; bytes
     * @param progress called when there may be more to read; must not wait
     * @return the reader; the caller closes it
     * @throws MalformedRequestException when no record begins there
     */
    public ResultReader read(long fromOffset, Runnable progress) {
        synchronized (this) {
            long end = bytes();
            int record = fromOffset == end && footer != null
                    ? records + 1
                    : Arrays.binarySearch(borders, 0, records + 1, fromOffset);
            if (record < 0) {
                throw new MalformedRequestException(
                        "offset in the result",
                        Long.toUnsignedString(fromOffset),
                        "0, or the end of a record, at most " + end,
                        "repeat from the end of the last complete record");
            }
            readers.add(progress);
            return new ResultReader(this, record, progress);
        }
    }

    /** The chunk of a record, counted from 0; null when it is not there yet. */
    ResultChunk chunk(int record) {
        long offset;
        int length;
        int crc;
        synchronized (this) {
            if (dropped) {
                throw new SessionUnknownException(
                        ErrorDetail.of("result", "dropped", "results that nobody acknowledged", "run the program again")
                                .with(WireErrors.REASON, "SUBMISSION_UNKNOWN"),
                        null,
                        null,
                        true);
            }
            offset = borders[Math.min(record, records)];
            if (record >= records) {
                return record > records || footer == null ? null : chunk(offset, footer, checksum(footer));
            }
            length = (int) (borders[record + 1] - offset);
            crc = checksums[record];
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            file.read(offset, bytes);
        } catch (IOException e) {
            throw store.refused(e);
        }
        return chunk(offset, UnsafeByteOperations.unsafeWrap(bytes.flip()), crc);
    }

    private static ResultChunk chunk(long offset, ByteString record, int crc) {
        return ResultChunk.newBuilder()
                .setOffset(offset)
                .setRecord(record)
                .setCrc32C(crc)
                .build();
    }

    private static int checksum(ByteString bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asReadOnlyByteBuffer());
        return (int) crc.getValue();
    }

    /** Whether a reader that has the records before that one has everything. */
    synchronized boolean complete(int record) {
        return ended && (footer == null ? record >= records : record > records);
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
        List<Runnable> told;
        synchronized (this) {
            if (dropped) {
                return;
            }
            dropped = true;
            try {
                file.delete();
            } catch (IOException e) {
                LOG.warn("a file of a result stays", e);
            }
            store.account().giveResult(charged);
            charged = 0;
            told = List.copyOf(readers);
        }
        store.forget(this);
        told.forEach(Runnable::run);
    }
}
