package firstspike.driver.remote;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.Notification;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunTiming;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.link.TimeBase;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.Health;
import firstspike.proto.chip.v1.Notifications;
import firstspike.proto.chip.v1.Responses;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultFooter;
import firstspike.proto.chip.v1.ResultHeader;
import firstspike.proto.chip.v1.ResultRecord;
import firstspike.proto.chip.v1.Samples;
import firstspike.proto.chip.v1.Spikes;
import firstspike.proto.chip.v1.SubmissionState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Reads the records of a result, program by program, and believes none of them unchecked. What does not agree is a
 * {@link LinkLostException}; a result is complete only with a footer that agrees. A stream that broke goes on at
 * {@link #offset()}: a record is taken whole or not at all. One use, one owner thread.
 */
final class ResultDecoder {

    private static final long LARGEST_RESULT = 1L << 30;

    private final ChipDescription chip;
    private final List<? extends PartSink> parts;
    private final RecordChecksum total = new RecordChecksum();
    private final int[] received = new int[ResponseKind.values().length];
    /** Program whose records come now, -1 before the first header; its health ends it. */
    private int part = -1;

    private boolean partEnded = true;
    private boolean headed;
    private ResultFooter footer;
    private long records;
    private long bytes;
    private long spikes;
    private long samples;
    private long responses;

    /**
     * @param chip that the results will name as their origin
     * @param parts where the records of each program go
     */
    ResultDecoder(ChipDescription chip, List<? extends PartSink> parts) {
        this.chip = chip;
        this.parts = parts;
    }

    /** Bytes of all records that were taken: where a broken stream goes on. */
    long offset() {
        return bytes;
    }

    /**
     * Takes the next chunk.
     *
     * @param chunk as it arrived
     */
    void accept(ResultChunk chunk) {
        ByteString record = chunk.getRecord();
        if (footer != null) {
            throw lost("result chunk behind the footer", "1", "none");
        }
        if (chunk.getOffset() != bytes) {
            throw lost("offset of result chunk " + records, chunk.getOffset(), bytes);
        }
        if (record.size() > ResultEncoder.RECORD_BYTES || bytes + record.size() > LARGEST_RESULT) {
            throw lost("bytes of result chunk " + records, record.size(), ResultEncoder.RECORD_BYTES);
        }
        int crc = RecordChecksum.of(record);
        if (crc != chunk.getCrc32C()) {
            throw lost("CRC32C of result chunk " + records, hex(crc), hex(chunk.getCrc32C()));
        }
        ResultRecord content = parse(record);
        if (content.getContentCase() == ResultRecord.ContentCase.FOOTER) {
            close(content.getFooter());
            return;
        }
        records++;
        bytes += record.size();
        total.add(record);
        add(content);
    }

    private ResultRecord parse(ByteString record) {
        try {
            CodedInputStream content = record.newCodedInput();
            // columns are copied out of the record, once
            content.enableAliasing(true);
            ResultRecord parsed = ResultRecord.parseFrom(content);
            content.checkLastTagWas(0);
            return parsed;
        } catch (IOException e) {
            throw lost("result chunk " + records, e.getMessage(), "a result record");
        }
    }

    private void add(ResultRecord record) {
        if (record.getContentCase() == ResultRecord.ContentCase.HEADER) {
            header(record.getPart(), record.getHeader());
            return;
        }
        if (partEnded) {
            begin(record.getPart());
        }
        if (record.getPart() != part) {
            throw lost("program of result record " + records, record.getPart(), part);
        }
        PartSink sink = parts.get(part);
        switch (record.getContentCase()) {
            case RESPONSES -> addResponses(sink, record.getResponses());
            case SPIKES -> addSpikes(sink, record.getSpikes());
            case SAMPLES -> addSamples(sink, record.getSamples());
            case NOTIFICATIONS -> {
                for (Notifications.Entry entry : record.getNotifications().getEntriesList()) {
                    sink.notification(new Notification(entry.getFpgaTime(), entry.getBits() & 0xff));
                }
            }
            case HEALTH -> {
                if (!headed) {
                    throw lost("health of program " + part, "without a header", "a header first");
                }
                sink.health(health(record.getHealth()));
                partEnded = true;
            }
            // a newer server may send what this version cannot show; a silent hole would be worse than a failure
            case HEADER, FOOTER, CONTENT_NOT_SET ->
                throw lost("result record " + records, record.getContentCase(), "kinds of protocol 1.0");
        }
    }

    private void begin(int number) {
        if (number != part + 1 || number >= parts.size()) {
            throw lost("program of result record " + records, number, "the one after " + part);
        }
        part = number;
        partEnded = false;
        headed = false;
        Arrays.fill(received, 0);
    }

    /** Comes first, or, from a run that is delivered while it goes on, at the latest in front of the health. */
    private void header(int number, ResultHeader header) {
        if (partEnded) {
            begin(number);
        }
        if (number != part || headed) {
            throw lost("header of result record " + records, "program " + number, "one for each program");
        }
        headed = true;
        parts.get(part)
                .header(new Provenance(
                        chip,
                        header.getSessionId(),
                        header.getSubmissionId(),
                        HexFormat.of().formatHex(header.getProgramSha256().toByteArray()),
                        header.getProgramOrdinal()));
    }

    private void addResponses(PartSink sink, Responses message) {
        ResponseKind kind = WireKinds.decode(message.getKind())
                .orElseThrow(() -> lost("kind of responses", message.getKindValue(), "1 to 3"));
        int count = elements("response values", message.getValue(), Long.BYTES);
        int first = received[kind.ordinal()];
        if (elements("response times", message.getFpgaTime(), Long.BYTES) != count) {
            throw lost("columns of responses", message.getFpgaTime().size(), count * Long.BYTES);
        }
        if (message.getFirstPosition() != first) {
            throw lost("position of " + kind + " responses", message.getFirstPosition(), first);
        }
        if (count > 0) {
            sink.responses(kind, first, little(message.getValue()), little(message.getFpgaTime()));
        }
        received[kind.ordinal()] = first + count;
        responses += count;
    }

    private void addSpikes(PartSink sink, Spikes message) {
        SpikeColumns columns = columns(message);
        if (columns.size() > 0) {
            sink.spikes(columns);
        }
        spikes += columns.size();
    }

    private void addSamples(PartSink sink, Samples message) {
        SampleColumns columns = columns(message);
        if (columns.size() > 0) {
            sink.samples(columns);
        }
        samples += columns.size();
    }

    private SpikeColumns columns(Spikes message) {
        int count = elements("spike labels", message.getLabel(), Short.BYTES);
        if (message.getStamp().size() != count
                || elements("spike times", message.getFpgaDelta(), Integer.BYTES) != count) {
            throw lost(
                    "columns of spikes",
                    count + ", " + message.getStamp().size() + " and "
                            + message.getFpgaDelta().size() / Integer.BYTES,
                    "equal lengths");
        }
        short[] label = new short[count];
        int[] delta = new int[count];
        little(message.getLabel()).asShortBuffer().get(label);
        little(message.getFpgaDelta()).asIntBuffer().get(delta);
        return SpikeColumns.of(message.getFpgaBase(), label, message.getStamp().toByteArray(), delta);
    }

    private SampleColumns columns(Samples message) {
        int count = elements("sample values", message.getValue(), Short.BYTES);
        if (message.getChannel().size() != count
                || message.getStamp().size() != count
                || elements("sample times", message.getFpgaDelta(), Integer.BYTES) != count) {
            throw lost(
                    "columns of samples",
                    count + ", " + message.getChannel().size() + ", "
                            + message.getStamp().size() + " and "
                            + message.getFpgaDelta().size() / Integer.BYTES,
                    "equal lengths");
        }
        short[] value = new short[count];
        int[] delta = new int[count];
        little(message.getValue()).asShortBuffer().get(value);
        little(message.getFpgaDelta()).asIntBuffer().get(delta);
        byte[] channel = message.getChannel().toByteArray();
        for (int i = 0; i < count; i++) {
            if ((value[i] & ~0x3ff) != 0 || (channel[i] & ~1) != 0) {
                throw lost("value and channel of sample " + i, value[i] + ", " + channel[i], "1023 and 1");
            }
        }
        return SampleColumns.of(
                message.getFpgaBase(), value, channel, message.getStamp().toByteArray(), delta);
    }

    private RunHealth health(Health message) {
        TimeBase base = WireKinds.decode(message.getTimeBase())
                .orElseThrow(() -> lost("time base", message.getTimeBaseValue(), "1 to 3"));
        List<Note> notes = message.getNotesList().stream()
                .map(note -> new Note(note.getName(), note.getText(), note.getCount()))
                .toList();
        return new RunHealth(new TreeMap<>(message.getCountersMap()), base, notes);
    }

    private void close(ResultFooter message) {
        agree("records", records, message.getRecords());
        agree("bytes", bytes, message.getBytes());
        agree("CRC32C", total.value(), message.getCrc32C());
        agree("spikes", spikes, message.getSpikes());
        agree("samples", samples, message.getSamples());
        agree("responses", responses, message.getResponses());
        boolean whole = partEnded && part + 1 == parts.size();
        if (message.getState() == SubmissionState.SUBMISSION_STATE_DONE && !whole) {
            throw lost("programs of the result", part + (partEnded ? 1 : 0), parts.size());
        }
        footer = message;
    }

    private void agree(String what, long got, long announced) {
        if (got != announced) {
            throw lost(what + " of the result", got, announced + " by its footer");
        }
    }

    /** Whether a footer that agrees has arrived. */
    boolean complete() {
        return footer != null;
    }

    /** Why the run ended early, as the footer says. */
    Optional<firstspike.proto.chip.v1.ErrorDetail> error() {
        return footer != null && footer.hasError() ? Optional.of(footer.getError()) : Optional.empty();
    }

    /** What the footer counted before this side's own times. */
    RunTiming timing(long encodeNs, long decodeNs) {
        return new RunTiming(encodeNs, footer.getQueueNs(), footer.getExecuteNs(), decodeNs);
    }

    /** The program that failed, as far as the footer tells. */
    OptionalInt failedPart() {
        for (int i = 0; footer != null && i < footer.getPartStatesCount(); i++) {
            SubmissionState state = footer.getPartStates(i);
            if (state == SubmissionState.SUBMISSION_STATE_FAILED
                    || state == SubmissionState.SUBMISSION_STATE_CANCELLED) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** So many answers of a kind came for the program whose records came last. */
    long received(ResponseKind kind) {
        return received[kind.ordinal()];
    }

    /** The error for a stream that ended before its footer. */
    LinkLostException incomplete() {
        return lost("result", records + " records and no valid footer", "a footer at the end");
    }

    private int elements(String column, ByteString content, int size) {
        if (content.size() % size != 0) {
            throw lost(column, content.size() + " bytes", "a multiple of " + size);
        }
        return content.size() / size;
    }

    private static ByteBuffer little(ByteString content) {
        return content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String hex(int value) {
        return String.format("0x%08x", value);
    }

    private static LinkLostException lost(String thing, Object value, Object limit) {
        ErrorDetail detail = ErrorDetail.of(thing, value, limit, "repeat the program after writing the configuration")
                .with(ErrorDetail.REASON, "DATA_LOSS");
        return new LinkLostException(detail, null, null, false);
    }
}
