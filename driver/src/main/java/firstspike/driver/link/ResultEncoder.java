package firstspike.driver.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Turns a result into the chunks of its stream (playback.md 14.4): each record serialised once, guarded by its own
 * checksum, all of them by that in the footer. One use, one owner thread.
 */
public final class ResultEncoder {

    /** Largest record, bytes. */
    public static final int RECORD_BYTES = 1 << 20;

    /** So many columns of 7, 8 or 16 bytes fit into a record with room for its frame. */
    private static final int SPIKES_PER_RECORD = 1 << 17;

    private static final int SAMPLES_PER_RECORD = 1 << 16;
    private static final int RESPONSES_PER_RECORD = 1 << 15;
    private static final int NOTIFICATIONS_PER_RECORD = 1 << 15;

    private final List<ResultChunk> chunks = new ArrayList<>();
    private final CRC32C total = new CRC32C();
    private final ResultFooter.Builder footer = ResultFooter.newBuilder();
    private final long largestResult;
    private long offset;
    private long produced;

    /**
     * @param largestResult bytes that all records together may have
     */
    public ResultEncoder(long largestResult) {
        this.largestResult = largestResult;
    }

    /**
     * Adds the records of one program's result.
     *
     * @param session that ran it
     * @param submission that it answers
     * @param result of the program, complete or partial
     * @return this
     */
    public ResultEncoder part(String session, String submission, RunResult result) {
        Provenance origin = result.provenance();
        add(ResultRecord.newBuilder()
                .setHeader(ResultHeader.newBuilder()
                        .setSessionId(session)
                        .setSubmissionId(submission)
                        .setChipId(origin.chip().chipId().value())
                        .setProgramSha256(ByteString.copyFrom(HexFormat.of().parseHex(origin.programSha256())))
                        .setProgramOrdinal(origin.programOrdinal())
                        .setStreamed(result.health().streamed())));
        for (ResponseKind kind : ResponseKind.values()) {
            addResponses(kind, result.values(kind), result.times(kind));
        }
        addSpikes(result.spikes());
        addSamples(result.samples());
        addNotifications(result.notifications());
        addHealth(result.health());
        return this;
    }

    /**
     * Closes the result.
     *
     * @param state done, failed or cancelled
     * @param queueNs time that it waited
     * @param executeNs time that it ran
     * @param error why it ended early
     * @return all chunks, the footer last
     */
    public List<ResultChunk> finish(
            SubmissionState state, long queueNs, long executeNs, Optional<ChipException> error) {
        footer.setState(state)
                .setRecords(chunks.size())
                .setBytes(offset)
                .setCrc32C((int) total.getValue())
                .setQueueNs(queueNs)
                .setExecuteNs(executeNs)
                .addPartStates(state);
        error.ifPresent(e -> footer.setError(WireErrors.detail(e)));
        append(ResultRecord.newBuilder().setFooter(footer).build().toByteString());
        return chunks;
    }

    /** Whether records were left out because the result is too large. */
    public boolean tooLarge() {
        return produced > offset;
    }

    /** Bytes of all records that were added, those left out included. */
    public long producedBytes() {
        return produced;
    }

    private void addResponses(ResponseKind kind, long[] values, long[] times) {
        for (int from = 0; from < values.length; from += RESPONSES_PER_RECORD) {
            int count = Math.min(RESPONSES_PER_RECORD, values.length - from);
            ByteBuffer value = column(count * Long.BYTES);
            ByteBuffer time = column(count * Long.BYTES);
            value.asLongBuffer().put(values, from, count);
            time.asLongBuffer().put(times, from, count);
            Responses.Builder responses = Responses.newBuilder()
                    .setKind(WireKinds.encode(kind))
                    .setFirstPosition(from)
                    .setValue(UnsafeByteOperations.unsafeWrap(value))
                    .setFpgaTime(UnsafeByteOperations.unsafeWrap(time));
            if (add(ResultRecord.newBuilder().setResponses(responses))) {
                footer.setResponses(footer.getResponses() + count);
            }
        }
    }

    private void addSpikes(SpikeColumns spikes) {
        for (int from = 0; from < spikes.size(); ) {
            int end = spikes.pieceEnd(from, SPIKES_PER_RECORD);
            if (add(ResultRecord.newBuilder().setSpikes(columns(spikes, from, end)))) {
                footer.setSpikes(footer.getSpikes() + end - from);
            }
            from = end;
        }
    }

    private static Spikes columns(SpikeColumns spikes, int from, int end) {
        ByteBuffer label = column((end - from) * Short.BYTES);
        ByteBuffer stamp = column(end - from);
        ByteBuffer delta = column((end - from) * Integer.BYTES);
        for (int i = from; i < end; i++) {
            label.putShort((short) spikes.label(i));
            stamp.put((byte) spikes.stamp(i));
            delta.putInt(i == from ? 0 : (int) (spikes.fpgaTime(i) - spikes.fpgaTime(i - 1)));
        }
        return Spikes.newBuilder()
                .setFpgaBase(spikes.fpgaTime(from))
                .setLabel(UnsafeByteOperations.unsafeWrap(label.flip()))
                .setStamp(UnsafeByteOperations.unsafeWrap(stamp.flip()))
                .setFpgaDelta(UnsafeByteOperations.unsafeWrap(delta.flip()))
                .build();
    }

    private void addSamples(SampleColumns samples) {
        for (int from = 0; from < samples.size(); ) {
            int end = samples.pieceEnd(from, SAMPLES_PER_RECORD);
            if (add(ResultRecord.newBuilder().setSamples(columns(samples, from, end)))) {
                footer.setSamples(footer.getSamples() + end - from);
            }
            from = end;
        }
    }

    private static Samples columns(SampleColumns samples, int from, int end) {
        ByteBuffer value = column((end - from) * Short.BYTES);
        ByteBuffer channel = column(end - from);
        ByteBuffer stamp = column(end - from);
        ByteBuffer delta = column((end - from) * Integer.BYTES);
        for (int i = from; i < end; i++) {
            value.putShort((short) samples.value(i));
            channel.put((byte) samples.channel(i));
            stamp.put((byte) samples.stamp(i));
            delta.putInt(i == from ? 0 : (int) (samples.fpgaTime(i) - samples.fpgaTime(i - 1)));
        }
        return Samples.newBuilder()
                .setFpgaBase(samples.fpgaTime(from))
                .setValue(UnsafeByteOperations.unsafeWrap(value.flip()))
                .setChannel(UnsafeByteOperations.unsafeWrap(channel.flip()))
                .setStamp(UnsafeByteOperations.unsafeWrap(stamp.flip()))
                .setFpgaDelta(UnsafeByteOperations.unsafeWrap(delta.flip()))
                .build();
    }

    private void addNotifications(List<Notification> list) {
        for (int from = 0; from < list.size(); from += NOTIFICATIONS_PER_RECORD) {
            Notifications.Builder entries = Notifications.newBuilder();
            for (Notification each : list.subList(from, Math.min(list.size(), from + NOTIFICATIONS_PER_RECORD))) {
                entries.addEntriesBuilder().setFpgaTime(each.fpgaTime()).setBits(each.bits());
            }
            add(ResultRecord.newBuilder().setNotifications(entries));
        }
    }

    private void addHealth(RunHealth health) {
        Health.Builder message =
                Health.newBuilder().putAllCounters(health.counters()).setTimeBase(WireKinds.encode(health.timeBase()));
        for (Note note : health.notes()) {
            message.addNotesBuilder().setName(note.name()).setText(note.text()).setCount(note.count());
        }
        add(ResultRecord.newBuilder().setHealth(message));
    }

    private boolean add(ResultRecord.Builder record) {
        ByteString bytes = record.build().toByteString();
        produced += bytes.size();
        if (produced > largestResult) {
            return false;
        }
        total.update(bytes.asReadOnlyByteBuffer());
        append(bytes);
        offset += bytes.size();
        return true;
    }

    private void append(ByteString record) {
        CRC32C crc = new CRC32C();
        crc.update(record.asReadOnlyByteBuffer());
        chunks.add(ResultChunk.newBuilder()
                .setOffset(offset)
                .setRecord(record)
                .setCrc32C((int) crc.getValue())
                .build());
    }

    private static ByteBuffer column(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
