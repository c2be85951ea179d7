package firstspike.driver.server.spool;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;
import static firstspike.driver.error.ProgramRejectedException.Code.PROGRAM_TOO_LARGE;

import com.google.protobuf.ByteString;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.proto.chip.v1.ProgramChunk;
import firstspike.proto.chip.v1.SubmissionHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs of one submission on their way to the server and until they ran: each chunk is checked as it comes, each program
 * as a whole with its last one (playback.md 14.4). Any thread; chunks come one at a time.
 */
public final class SpooledUpload implements Stored {

    /** Instructions of one chunk. */
    public static final int CHUNK_INSTRUCTIONS = 1 << 16;
    /** Longest execution that a submission may ask for. */
    public static final Duration LONGEST_EXECUTION = Duration.ofHours(24);

    static final int HASH_BYTES = 32;

    private static final Logger LOG = LoggerFactory.getLogger(SpooledUpload.class);
    private static final int MOST_ACKNOWLEDGED = 1024;
    private static final Duration LEAST_LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST_TEXT = 64;
    private static final int SHORT_INSTRUCTIONS = 64;
    private static final Duration SHORT_DURATION = Duration.ofNanos(50_000);

    private final SessionStore store;
    private final SpoolFile file;
    private final UploadHeader header;
    private final List<PartIntake> parts = new ArrayList<>();
    private Runnable writer;
    private boolean complete;
    private boolean closed;
    private long charged;

    SpooledUpload(SubmissionHeader header, SessionStore store) {
        this.store = store;
        this.header = UploadHeader.of(header);
        this.file = store.newFile("upload");
        parts.add(new PartIntake(0, identity().get(0)));
    }

    /**
     * @param text of a submission id
     * @return the id
     * @throws ProgramRejectedException when it is none
     */
    public static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw malformed(
                    "submission id", text.length() > LONGEST_TEXT ? text.length() + " characters" : text, "a UUID");
        }
    }

    /**
     * @param count of submissions that a client acknowledges at once
     * @throws ProgramRejectedException when they are too many
     */
    public static void checkAcknowledged(int count) {
        if (count > MOST_ACKNOWLEDGED) {
            throw malformed("acknowledged submissions", count, MOST_ACKNOWLEDGED);
        }
    }

    /** Chosen by the client. */
    public UUID id() {
        return header.id();
    }

    /** What equal submissions have in common: the SHA-256 of each part. */
    public List<ByteString> identity() {
        return header.identity();
    }

    /** Its number in the session; empty: unordered. */
    public OptionalLong sequence() {
        return header.sequence();
    }

    /** Number of programs. */
    public int parts() {
        return identity().size();
    }

    /** How its programs are to be run. */
    public RunOptions options() {
        return header.options();
    }

    /** Whether all programs are there and are what the client says they are. */
    public synchronized boolean complete() {
        return complete;
    }

    /** Bytes that arrived. */
    public synchronized long bytes() {
        return file.size();
    }

    /** Instructions received of each program that has begun. */
    public synchronized List<Long> receivedInstructions() {
        return parts.stream().map(PartIntake::instructions).toList();
    }

    /** Least time that all its programs take. */
    public synchronized Duration predicted() {
        return parts.stream().map(part -> part.totals().predicted()).reduce(Duration.ZERO, Duration::plus);
    }

    /** How long each program may run: as asked for, else 10 s and three times the predicted duration of the longest. */
    public synchronized Duration executionLimit() {
        return options().executionLimit().orElseGet(() -> {
            Duration longest = parts.stream()
                    .map(part -> part.totals().predicted())
                    .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
            Duration limit = LEAST_LIMIT.plus(longest.multipliedBy(3));
            return limit.compareTo(LONGEST_EXECUTION) < 0 ? limit : LONGEST_EXECUTION;
        });
    }

    /** Whether it is one program of a few instructions that keep an emulated chip busy for less than a change of threads. */
    public synchronized boolean isShort() {
        PartIntake first = parts.get(0);
        return parts() == 1
                && first.instructions() <= SHORT_INSTRUCTIONS
                && !first.totals().polls()
                && first.totals().predicted().compareTo(SHORT_DURATION) <= 0;
    }

    /**
     * Takes the next chunk, or ignores one that repeats known words.
     *
     * @param chunk as it came
     * @param retry called once when there may be room for the chunk, if there is none now: then it is to be added again
     * @return whether there was room
     * @throws ProgramRejectedException for a chunk that was damaged on its way (DATA_LOSS): what was received stays; for one
     *     that cannot be, and for a program that is not what it should be: the upload is of no use any more
     * @throws firstspike.driver.error.ProgramRejectedException for a halt among the words
     * @throws ProgramRejectedException when the program is too long
     * @throws firstspike.driver.error.TargetUnavailableException when there is no room for it
     */
    public synchronized boolean add(ProgramChunk chunk, Runnable retry) {
        ByteString words = chunk.getWords();
        int count = words.size() / Long.BYTES;
        if (words.size() % Long.BYTES != 0 || count > CHUNK_INSTRUCTIONS) {
            throw malformed(
                    "bytes of a program chunk",
                    words.size(),
                    "a multiple of 8, at most " + CHUNK_INSTRUCTIONS * Long.BYTES);
        }
        CRC32C crc = new CRC32C();
        crc.update(words.asReadOnlyByteBuffer());
        if ((int) crc.getValue() != chunk.getCrc32C()) {
            throw dataLoss(
                    "CRC32C of the chunk at instruction " + Long.toUnsignedString(chunk.getOffset()),
                    String.format("0x%08x", crc.getValue()),
                    String.format("0x%08x", chunk.getCrc32C()));
        }
        PartIntake part = partOf(chunk);
        if (chunk.getOffset() != part.instructions() || part.complete()) {
            repeated(part, chunk);
            return true;
        }
        checkLength(part, count);
        if (!store.account().takeUpload(words.size(), retry)) {
            return false;
        }
        charged += words.size();
        append(part, words);
        if (chunk.hasEnd()) {
            close(part, chunk);
        }
        return true;
    }

    /** Nobody waits for room any more. */
    public void withdraw(Runnable retry) {
        store.account().withdraw(retry);
    }

    /**
     * Makes a call the one that sends the words.
     *
     * @param deposed told when a later call takes over
     */
    public void claim(Runnable deposed) {
        Runnable before;
        synchronized (this) {
            before = writer;
            writer = deposed;
        }
        if (before != null) {
            before.run();
        }
    }

    /** A call sends no more words; false when another one took over. */
    public synchronized boolean release(Runnable deposed) {
        if (writer != deposed) {
            return false;
        }
        writer = null;
        return true;
    }

    private PartIntake partOf(ProgramChunk chunk) {
        int index = chunk.getPart();
        if (index < 0 || index >= parts.size()) {
            throw malformed("part of a chunk", Integer.toUnsignedString(index), "next is " + (parts.size() - 1));
        }
        return parts.get(index);
    }

    private void checkLength(PartIntake part, int count) {
        int most = options().allowStreaming()
                ? store.limits().streamedInstructions()
                : store.limits().programInstructions();
        if (part.instructions() + count > most) {
            throw new ProgramRejectedException(
                    PROGRAM_TOO_LARGE,
                    "program in instructions",
                    part.instructions() + count,
                    most,
                    "split it, or allow streaming");
        }
        if (closed) {
            throw malformed("chunk of an upload", "too late", "while it is awaited");
        }
    }

    private void append(PartIntake part, ByteString words) {
        part.add(words);
        try {
            file.append(words);
        } catch (IOException e) {
            throw store.refused(e);
        }
    }

    private void close(PartIntake part, ProgramChunk chunk) {
        boolean last = parts.size() == parts();
        if (chunk.getEnd().getLastPart() != last) {
            throw malformed("last part of the upload", chunk.getPart(), parts() - 1 + ", as many as there are hashes");
        }
        part.close(chunk.getEnd());
        if (last) {
            complete = true;
            store.account().uploadComplete(charged);
            rest();
        } else {
            parts.add(new PartIntake(file.size(), identity().get(parts.size())));
        }
    }

    private void repeated(PartIntake part, ProgramChunk chunk) {
        long offset = chunk.getOffset();
        int count = chunk.getWords().size() / Long.BYTES;
        if (offset < 0 || offset + count > part.instructions()) {
            throw malformed(
                    "offset of a program chunk", Long.toUnsignedString(offset), "next is " + part.instructions());
        }
        ByteBuffer known = ByteBuffer.allocate(count * Long.BYTES);
        read(part, offset, known);
        CRC32C crc = new CRC32C();
        crc.update(known.flip());
        if ((int) crc.getValue() != chunk.getCrc32C()) {
            throw dataLoss("repeated chunk at instruction " + offset, "other words", "the words sent before");
        }
    }

    private void read(PartIntake part, long instruction, ByteBuffer target) {
        try {
            file.read(part.base() + instruction * Long.BYTES, target);
        } catch (IOException e) {
            throw store.refused(e);
        }
    }

    /** Nothing comes for now: lets go of the file. */
    public synchronized void rest() {
        try {
            file.rest();
        } catch (IOException e) {
            throw store.refused(e);
        }
    }

    /**
     * Whether a program is too long for the playback memory and must be streamed.
     *
     * @param part index of the program
     */
    public synchronized boolean streamed(int part) {
        return parts.get(part).instructions() > store.limits().programInstructions();
    }

    /**
     * A complete program, in the heap.
     *
     * @param part its index
     * @return the program
     */
    public PlaybackProgram program(int part) {
        PartIntake intake;
        synchronized (this) {
            intake = parts.get(part);
        }
        long[] words = new long[Math.toIntExact(intake.instructions())];
        ByteBuffer block = ByteBuffer.allocate(Math.min(CHUNK_INSTRUCTIONS, Math.max(1, words.length)) * Long.BYTES);
        for (int from = 0; from < words.length; ) {
            int count = Math.min(words.length - from, block.capacity() / Long.BYTES);
            read(intake, from, block.clear().limit(count * Long.BYTES));
            block.flip().asLongBuffer().get(words, from, count);
            from += count;
        }
        return PlaybackProgram.ofChecked(words, intake.totals(), intake.sha256());
    }

    /**
     * A complete program that stays where it is and is read as it is needed.
     *
     * @param part its index
     * @return its words
     */
    public ProgramSource source(int part) {
        PartIntake intake;
        synchronized (this) {
            intake = parts.get(part);
        }
        return new StoredProgram(intake.instructions(), (from, target) -> read(intake, from, target));
    }

    /** SHA-256 of a program in lower-case hex. */
    public synchronized String sha256(int part) {
        return parts.get(part).sha256();
    }

    /** Drops the words: they ran, or will not. Repeated calls have no effect. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            try {
                file.delete();
            } catch (IOException e) {
                LOG.warn("a file of an upload stays", e);
            }
        }
        store.account().giveUpload(charged, complete);
        store.forget(this);
    }

    static ProgramRejectedException malformed(String thing, Object value, Object limit) {
        return new ProgramRejectedException(MALFORMED_REQUEST, thing, value, limit, "report this client");
    }

    private static ProgramRejectedException dataLoss(String thing, Object value, Object limit) {
        return new ProgramRejectedException(
                MALFORMED_REQUEST,
                ErrorDetail.of(thing, value, limit, "send the chunk again").with(ErrorDetail.REASON, "DATA_LOSS"),
                null);
    }
}
