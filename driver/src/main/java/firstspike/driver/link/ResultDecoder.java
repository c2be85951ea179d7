package firstspike.driver.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.Health;
import firstspike.proto.chip.v1.Notifications;
import firstspike.proto.chip.v1.Responses;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultFooter;
import firstspike.proto.chip.v1.ResultRecord;
import firstspike.proto.chip.v1.Samples;
import firstspike.proto.chip.v1.Spikes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Puts a result together from the chunks of its stream and believes none of them unchecked. What does not agree is a
 * {@link LinkLostException}; a result without a footer that agrees is never handed out as complete. One use, one owner
 * thread.
 */
final class ResultDecoder {

    private static final long LARGEST_RESULT = 1L << 30;

    private final ChipDescription chip;
    private final List<Note> builderNotes;
    private final CRC32C total = new CRC32C();
    private final long[][] values = new long[ResponseKind.values().length][0];
    private final long[][] times = new long[ResponseKind.values().length][0];
    private final int[] received = new int[ResponseKind.values().length];
    private final List<SpikeColumns> spikes = new ArrayList<>();
    private final List<SampleColumns> samples = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();
    private RunHealth health;
    private Provenance provenance;
    private ResultFooter footer;
    private long records;
    private long bytes;

    /**
     * @param chip that the result will name as its origin
     * @param builderNotes what the builder remarked; the server sees words only, so they are added here
     */
    ResultDecoder(ChipDescription chip, List<Note> builderNotes) {
        this.chip = chip;
        this.builderNotes = builderNotes;
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
        CRC32C crc = new CRC32C();
        crc.update(record.asReadOnlyByteBuffer());
        if ((int) crc.getValue() != chunk.getCrc32C()) {
            throw lost("CRC32C of result chunk " + records, hex(crc), hex(chunk.getCrc32C()));
        }
        ResultRecord content = parse(record);
        if (content.getContentCase() == ResultRecord.ContentCase.FOOTER) {
            close(content.getFooter());
            return;
        }
        records++;
        bytes += record.size();
        total.update(record.asReadOnlyByteBuffer());
        add(content);
    }

    private ResultRecord parse(ByteString record) {
        try {
            return ResultRecord.parseFrom(record);
        } catch (InvalidProtocolBufferException e) {
            throw lost("result chunk " + records, e.getMessage(), "a result record");
        }
    }

    private void add(ResultRecord record) {
        switch (record.getContentCase()) {
            case HEADER ->
                provenance = new Provenance(
                        chip,
                        record.getHeader().getSessionId(),
                        record.getHeader().getSubmissionId(),
                        HexFormat.of()
                                .formatHex(record.getHeader().getProgramSha256().toByteArray()),
                        record.getHeader().getProgramOrdinal());
            case RESPONSES -> addResponses(record.getResponses());
            case SPIKES -> spikes.add(columns(record.getSpikes()));
            case SAMPLES -> samples.add(columns(record.getSamples()));
            case NOTIFICATIONS -> addNotifications(record.getNotifications());
            case HEALTH -> health = health(record.getHealth());
            // a newer server may send what this version cannot show; a silent hole would be worse than a failure
            case FOOTER, CONTENT_NOT_SET ->
                throw lost("result record " + records, record.getContentCase(), "kinds of protocol 1.0");
        }
    }

    private void addResponses(Responses message) {
        ResponseKind kind = WireKinds.decode(message.getKind())
                .orElseThrow(() -> lost("kind of responses", message.getKindValue(), "1 to 3"));
        int count = elements("response values", message.getValue(), Long.BYTES);
        int k = kind.ordinal();
        if (elements("response times", message.getFpgaTime(), Long.BYTES) != count) {
            throw lost("columns of responses", message.getFpgaTime().size(), count * Long.BYTES);
        }
        if (message.getFirstPosition() != received[k]) {
            throw lost("position of " + kind + " responses", message.getFirstPosition(), received[k]);
        }
        int wanted = received[k] + count;
        if (wanted > values[k].length) {
            int capacity = received[k] == 0 ? wanted : Math.max(wanted, 2 * values[k].length);
            values[k] = Arrays.copyOf(values[k], capacity);
            times[k] = Arrays.copyOf(times[k], capacity);
        }
        little(message.getValue()).asLongBuffer().get(values[k], received[k], count);
        little(message.getFpgaTime()).asLongBuffer().get(times[k], received[k], count);
        received[k] = wanted;
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

    private void addNotifications(Notifications message) {
        for (Notifications.Entry entry : message.getEntriesList()) {
            notifications.add(new Notification(entry.getFpgaTime(), entry.getBits() & 0xff));
        }
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
        long spikeCount = spikes.stream().mapToLong(SpikeColumns::size).sum();
        long responseCount = Arrays.stream(received).asLongStream().sum();
        agree("records", records, message.getRecords());
        agree("bytes", bytes, message.getBytes());
        agree("CRC32C", (int) total.getValue(), message.getCrc32C());
        agree("spikes", spikeCount, message.getSpikes());
        agree("samples", samples.stream().mapToLong(SampleColumns::size).sum(), message.getSamples());
        agree("responses", responseCount, message.getResponses());
        footer = message;
    }

    private void agree(String what, long got, long announced) {
        if (got != announced) {
            throw lost(what + " of the result", got, announced + " by its footer");
        }
    }

    /** Whether header, health and a footer that agrees have arrived. */
    boolean complete() {
        return footer != null && provenance != null && health != null;
    }

    /** Why the run ended early, as the footer says. */
    Optional<firstspike.proto.chip.v1.ErrorDetail> error() {
        return footer != null && footer.hasError() ? Optional.of(footer.getError()) : Optional.empty();
    }

    /** What the footer counted before this side's own times. */
    RunTiming timing(long encodeNs, long decodeNs) {
        return new RunTiming(encodeNs, footer.getQueueNs(), footer.getExecuteNs(), decodeNs);
    }

    /**
     * The result.
     *
     * @param timing of the run
     * @param reconnects connections that were made again for it
     * @return the result, only when {@link #complete()}
     */
    RunResult result(RunTiming timing, long reconnects) {
        RunResult.Builder result = RunResult.builder();
        for (ResponseKind kind : ResponseKind.values()) {
            int k = kind.ordinal();
            result.responses(kind, Arrays.copyOf(values[k], received[k]), Arrays.copyOf(times[k], received[k]));
        }
        TreeMap<String, Long> counters = new TreeMap<>(health.counters());
        if (reconnects > 0) {
            counters.merge(HealthKeys.LINK_RECONNECTS, reconnects, Long::sum);
        }
        List<Note> notes = new ArrayList<>(builderNotes);
        notes.addAll(health.notes());
        return result.spikes(SpikeColumns.join(spikes))
                .samples(SampleColumns.join(samples))
                .notifications(notifications)
                .health(new RunHealth(counters, health.timeBase(), notes))
                .timing(timing)
                .provenance(provenance)
                .build();
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

    private static String hex(CRC32C crc) {
        return hex((int) crc.getValue());
    }

    private static String hex(int value) {
        return String.format("0x%08x", value);
    }

    private static LinkLostException lost(String thing, Object value, Object limit) {
        ErrorDetail detail = ErrorDetail.of(thing, value, limit, "repeat the program after writing the configuration")
                .with(WireErrors.REASON, "DATA_LOSS");
        return new LinkLostException(detail, null, null, false);
    }
}
