package firstspike.runtime.recording.log;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.framing.RecordFrame;
import firstspike.runtime.recording.log.FrameWindow.State;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass over a log from its header to its end: every checksum, every record, every sequence number, and a verdict
 * (formats.md 2.7). What a writer adds meanwhile may be left out, and never looks like damage. Mutable, one owner thread, used
 * once.
 */
final class LogScan {

    private static final int HEAD = 256;

    private final Path file;
    private final FrameWindow window;
    private final boolean salvage;
    private final RecordSink sink;
    private final List<Damage> damages = new ArrayList<>();
    private LogHeader header;
    private LogFooter announced;
    private LogFooter footer;
    private FormatException error;
    private LogVerdict verdict;
    private long position;
    private long indexOffset = -1;
    private long recordsEnd;
    private long records = 1;
    private long sequence;
    private long unexplained;
    private long tornAt = -1;
    private long program = -1;
    private boolean programOpen;
    private long corrupt;
    private long missing;
    private long skipped;

    /**
     * @param channel of the file
     * @param file its name, for errors
     * @param salvage whether to pass over damage
     * @param sink takes the records
     */
    LogScan(FileChannel channel, Path file, boolean salvage, RecordSink sink) throws IOException {
        this.file = file;
        this.window = new FrameWindow(channel);
        this.salvage = salvage;
        this.sink = sink;
    }

    /**
     * Reads the header.
     *
     * @throws FormatException {@code NOT_A_SPIKE_LOG}, {@code UNSUPPORTED_VERSION}, {@code RECORD_TOO_LARGE}
     */
    LogHeader header() throws IOException {
        State state = look(0);
        if (state != State.WHOLE) {
            throw LogProblems.notALog(file, window.copy(0, HEAD), null);
        }
        try {
            WireInput payload = window.payload(0);
            if (RecordDecoder.open(payload) != firstspike.proto.log.v1.LogRecord.HEADER_FIELD_NUMBER) {
                throw LogProblems.notALog(file, window.copy(0, HEAD), null);
            }
            WireInput message = payload.message();
            if (message.left() > Limits.HEADER) {
                throw LogProblems.tooLarge(file, 0, message.left());
            }
            long version = FrameDecoder.formatVersion(message.again());
            if (Long.compareUnsigned(version, LogHeader.FORMAT_VERSION) > 0) {
                throw LogProblems.newer(file, version);
            }
            if (version == 0) {
                throw MalformedPayload.message("header without a format version");
            }
            header = FrameDecoder.header(message);
        } catch (MalformedPayload e) {
            throw LogProblems.notALog(file, null, e.getMessage());
        }
        position = window.length(0) + RecordFrame.OVERHEAD;
        recordsEnd = position;
        return header;
    }

    /** Reads the rest, up to its end or to an error that {@link #error} tells. */
    void run() throws IOException {
        announced = lastFrame();
        while (verdict == null) {
            if (position >= window.size()) {
                end();
            } else if (footer != null) {
                trailing();
            } else {
                State state = look(position);
                switch (state) {
                    case WHOLE -> whole();
                    case SHORT, BEYOND_END -> torn();
                    case TOO_LARGE ->
                        fail(LogVerdict.TOO_LARGE, LogProblems.tooLarge(file, position, window.length(position)));
                    case BAD_LENGTH, BAD_PAYLOAD -> damaged(state);
                }
            }
        }
    }

    /** Looks twice before it finds fault: a writer may have completed the record meanwhile. */
    private State look(long offset) throws IOException {
        State state = window.look(offset);
        if (state != State.WHOLE) {
            window.renew();
            state = window.look(offset);
        }
        return state;
    }

    /** The footer that the last bytes frame, or null. */
    private LogFooter lastFrame() throws IOException {
        long at = window.size() - LogFooter.FRAME;
        if (at < position || window.look(at) != State.WHOLE) {
            return null;
        }
        try {
            WireInput payload = window.payload(at);
            return RecordDecoder.open(payload) == firstspike.proto.log.v1.LogRecord.FOOTER_FIELD_NUMBER
                    ? FrameDecoder.footer(payload.message())
                    : null;
        } catch (MalformedPayload e) {
            // not a footer; the scan will find what it is
            return null;
        }
    }

    private void whole() throws IOException {
        long next = position + window.length(position) + RecordFrame.OVERHEAD;
        WireInput payload = window.payload(position);
        try {
            int number = RecordDecoder.open(payload);
            RecordKind kind = RecordKind.of(number);
            if (kind != null) {
                numbered(kind, payload.message(), next);
            } else if (number == firstspike.proto.log.v1.LogRecord.INDEX_FIELD_NUMBER) {
                FrameDecoder.index(payload.message());
                indexOffset = position;
                advance(next);
            } else if (number == firstspike.proto.log.v1.LogRecord.FOOTER_FIELD_NUMBER) {
                footer(FrameDecoder.footer(payload.message()), next);
            } else {
                throw MalformedPayload.message("second header");
            }
        } catch (MalformedPayload e) {
            malformed(e, next);
        } catch (FormatException e) {
            if (salvage) {
                pass(e.detail().value(), next);
            } else {
                fail(LogVerdict.TOO_LARGE, e);
            }
        }
    }

    private void numbered(RecordKind kind, WireInput message, long next) throws IOException, MalformedPayload {
        LogRecord record = RecordDecoder.record(kind, message);
        if (record.sequence() != sequence && !jump(record.sequence(), next)) {
            return;
        }
        sequence = record.sequence() + 1;
        unexplained = 0;
        long offset = position;
        indexOffset = -1;
        advance(next);
        recordsEnd = next;
        follow(record);
        sink.accept(record, offset);
    }

    /** Keeps in which program the log is. */
    private void follow(LogRecord record) {
        program = Math.max(program, record.program());
        if (record.kind() == RecordKind.MARK) {
            switch (((Mark) record).what()) {
                case PROGRAM_START -> programOpen = true;
                case PROGRAM_END -> programOpen = false;
                case SAMPLE, EPOCH, NOTE -> {
                    // neither begins nor ends one
                }
            }
        }
    }

    /** Records are missing, or one stands twice; whether reading goes on with the record. */
    private boolean jump(long found, long next) {
        if (!salvage) {
            fail(LogVerdict.GAP, LogProblems.gap(file, position, sequence, found));
            return false;
        }
        if (found < sequence) {
            pass("sequence " + found + " again", next);
            return false;
        }
        // a damaged place stands for one record
        long lost = Math.max(0, found - sequence - unexplained);
        if (lost > 0) {
            missing += lost;
            note(position, lost + " records are missing before sequence " + found);
        }
        return true;
    }

    private void footer(LogFooter found, long next) {
        if (found.recordCount() != sequence) {
            if (!salvage) {
                fail(LogVerdict.GAP, LogProblems.gap(file, position, sequence, found.recordCount()));
                return;
            }
            missing += Math.max(0, found.recordCount() - sequence - unexplained);
        }
        if (found.indexOffset() != indexOffset && damages.isEmpty()) {
            note(position, "footer that names another index; the log was scanned");
        }
        footer = found;
        advance(next);
    }

    private void advance(long next) {
        records++;
        position = next;
    }

    private void malformed(MalformedPayload cause, long next) {
        if (salvage) {
            pass(cause.getMessage(), next);
        } else if (cause.column() != null) {
            fail(LogVerdict.MALFORMED_CHUNK, LogProblems.malformed(file, position, sequence, cause));
        } else {
            fail(LogVerdict.CORRUPT, LogProblems.corrupt(file, position, cause.getMessage(), sequence - 1, -1));
        }
    }

    private void damaged(State state) throws IOException {
        if (announced != null && announced.indexOffset() == position && announced.recordCount() == sequence) {
            // everything that the index says can be rebuilt, and nothing else is missing
            note(position, "index: " + LogProblems.reason(state) + "; the log was scanned");
            footer = announced;
            indexOffset = position;
            records++;
            position = window.size();
            return;
        }
        long after = Resync.NONE;
        if (state == State.BAD_PAYLOAD) {
            long next = position + window.length(position) + RecordFrame.OVERHEAD;
            after = next < window.size() && window.look(next) == State.WHOLE ? next : Resync.after(window, position);
        } else {
            after = Resync.after(window, position);
        }
        if (after == Resync.NONE) {
            torn();
        } else if (after == Resync.GIVEN_UP || !salvage) {
            fail(
                    LogVerdict.CORRUPT,
                    LogProblems.corrupt(file, position, LogProblems.reason(state), sequence - 1, sequenceAt(after)));
        } else {
            pass(LogProblems.reason(state), after);
        }
    }

    private long sequenceAt(long offset) throws IOException {
        if (offset < 0) {
            return -1;
        }
        try {
            WireInput payload = window.payload(offset);
            RecordKind kind = RecordKind.of(RecordDecoder.open(payload));
            return kind == null
                    ? -1
                    : RecordDecoder.record(kind, payload.message()).sequence();
        } catch (MalformedPayload | FormatException e) {
            // the number only serves the message
            return -1;
        }
    }

    /** Passes over a damaged place. */
    private void pass(String reason, long next) {
        note(position, reason);
        corrupt++;
        unexplained++;
        skipped += next - position;
        position = next;
    }

    private void note(long at, String reason) {
        if (damages.size() < LogHealth.MOST_DAMAGES) {
            damages.add(new Damage(at, reason));
        }
    }

    private void torn() {
        verdict = LogVerdict.TORN;
        tornAt = position;
    }

    private void trailing() {
        long bytes = window.size() - position;
        if (salvage) {
            note(position, bytes + " bytes after the footer");
            skipped += bytes;
            position = window.size();
            verdict = LogVerdict.TRAILING;
        } else {
            fail(LogVerdict.TRAILING, LogProblems.trailing(file, position, bytes));
        }
    }

    private void end() {
        verdict = missing > 0 && corrupt == 0
                ? LogVerdict.GAP
                : corrupt > 0 ? LogVerdict.CORRUPT : footer == null ? LogVerdict.OPEN : LogVerdict.CLOSED;
    }

    private void fail(LogVerdict found, FormatException thrown) {
        verdict = found;
        error = thrown;
        if (found == LogVerdict.CORRUPT
                || found == LogVerdict.GAP
                || found == LogVerdict.MALFORMED_CHUNK
                || found == LogVerdict.TRAILING) {
            note(position, thrown.detail().value());
        }
    }

    /** What stopped the pass, or null. */
    FormatException error() {
        return error;
    }

    /** The footer, or null. */
    LogFooter footer() {
        return footer;
    }

    /** After the last record with a sequence. */
    long recordsEnd() {
        return recordsEnd;
    }

    /** Sequence of the next record. */
    long nextSequence() {
        return sequence;
    }

    /** Bytes of the file as seen. */
    long size() {
        return window.size();
    }

    LogHealth health() {
        long bytes = tornAt < 0 ? 0 : window.size() - tornAt;
        LogVerdict told = verdict == LogVerdict.TORN && corrupt > 0 ? LogVerdict.CORRUPT : verdict;
        LogTail tail = LogTail.of(footer, recordsEnd, program, programOpen);
        return new LogHealth(told, tail, records, tornAt, bytes, corrupt, missing, skipped, damages);
    }
}
