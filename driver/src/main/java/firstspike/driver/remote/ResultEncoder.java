package firstspike.driver.remote;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import firstspike.driver.error.ChipException;
import firstspike.driver.link.Notification;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.Health;
import firstspike.proto.chip.v1.Notifications;
import firstspike.proto.chip.v1.Responses;
import firstspike.proto.chip.v1.ResultFooter;
import firstspike.proto.chip.v1.ResultHeader;
import firstspike.proto.chip.v1.ResultRecord;
import firstspike.proto.chip.v1.Samples;
import firstspike.proto.chip.v1.Spikes;
import firstspike.proto.chip.v1.SubmissionState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Turns the results of a submission's programs into the records of its stream (playback.md 14.4): each serialised once, all of
 * them guarded by the checksum in the footer. One use, one owner thread.
 */
public final class ResultEncoder {

    /** Largest record, bytes. */
    public static final int RECORD_BYTES = 1 << 20;

    /** So many columns of 7, 8 or 16 bytes fit into a record with room for its frame. */
    private static final int SPIKES_PER_RECORD = 1 << 17;

    private static final int SAMPLES_PER_RECORD = 1 << 16;
    private static final int RESPONSES_PER_RECORD = 1 << 15;
    private static final int NOTIFICATIONS_PER_RECORD = 1 << 15;

    private final RecordSink sink;
    private final RecordChecksum total = new RecordChecksum();
    private final ResultFooter.Builder footer = ResultFooter.newBuilder();
    private final String session;
    private final String submission;
    private int part = -1;
    private long records;
    private long bytes;

    /**
     * @param session that runs the programs
     * @param submission that the result answers
     * @param sink takes the records
     */
    public ResultEncoder(String session, String submission, RecordSink sink) {
        this.session = session;
        this.submission = submission;
        this.sink = sink;
    }

    /**
     * Adds the records of the next program's result.
     *
     * @param result of the program, complete or partial
     */
    public void part(RunResult result) {
        begin();
        header(
                result.provenance(),
                result.provenance().programSha256(),
                result.health().streamed());
        for (ResponseKind kind : ResponseKind.values()) {
            responses(kind, 0, result.values(kind), result.times(kind));
        }
        spikes(result.spikes());
        samples(result.samples());
        notifications(result.notifications());
        health(result.health());
    }

    /**
     * Adds the records of the next program's result as they come; its header comes when the link says what runs, at the start or
     * in front of the health.
     *
     * @param sha256 of the program in lower-case hex: a link that streams may not know it
     * @param streamed whether the program is longer than the playback memory
     * @return takes the pieces
     */
    public RunListener part(String sha256, boolean streamed) {
        begin();
        return new RunListener() {
            private boolean headed;

            @Override
            public void spikes(SpikeColumns spikes) {
                ResultEncoder.this.spikes(spikes);
            }

            @Override
            public void samples(SampleColumns samples) {
                ResultEncoder.this.samples(samples);
            }

            @Override
            public void responses(ResponseKind kind, long firstPosition, long[] values, long[] fpgaTimes) {
                ResultEncoder.this.responses(kind, firstPosition, values, fpgaTimes);
            }

            @Override
            public void notification(Notification notification) {
                notifications(List.of(notification));
            }

            @Override
            public void ran(Provenance provenance) {
                if (!headed) {
                    headed = true;
                    header(provenance, sha256, streamed);
                }
            }

            @Override
            public void finished(RunHealth health) {
                health(health);
            }
        };
    }

    /**
     * Closes the result.
     *
     * @param state done, failed or cancelled
     * @param parts states of the programs, in order
     * @param queueNs time that it waited
     * @param executeNs time that it ran
     * @param error why it ended early
     */
    public void finish(
            SubmissionState state,
            List<SubmissionState> parts,
            long queueNs,
            long executeNs,
            Optional<ChipException> error) {
        footer.setState(state)
                .setRecords(records)
                .setBytes(bytes)
                .setCrc32C(total.value())
                .setQueueNs(queueNs)
                .setExecuteNs(executeNs)
                .addAllPartStates(parts);
        error.ifPresent(e -> footer.setError(WireErrors.detail(e)));
        sink.close(record().setFooter(footer).build().toByteString());
    }

    private void begin() {
        part++;
    }

    private ResultRecord.Builder record() {
        return ResultRecord.newBuilder().setPart(Math.max(part, 0));
    }

    private void header(Provenance origin, String sha256, boolean streamed) {
        addAlways(record().setHeader(ResultHeader.newBuilder()
                .setSessionId(session)
                .setSubmissionId(submission)
                .setChipId(origin.chip().chipId().value())
                .setProgramSha256(ByteString.copyFrom(HexFormat.of().parseHex(sha256)))
                .setProgramOrdinal(origin.programOrdinal())
                .setStreamed(streamed)));
    }

    private void responses(ResponseKind kind, long firstPosition, long[] values, long[] times) {
        for (int from = 0; from < values.length; from += RESPONSES_PER_RECORD) {
            int count = Math.min(RESPONSES_PER_RECORD, values.length - from);
            ByteBuffer value = column(count * Long.BYTES);
            ByteBuffer time = column(count * Long.BYTES);
            value.asLongBuffer().put(values, from, count);
            time.asLongBuffer().put(times, from, count);
            Responses.Builder responses = Responses.newBuilder()
                    .setKind(WireKinds.encode(kind))
                    .setFirstPosition(firstPosition + from)
                    .setValue(UnsafeByteOperations.unsafeWrap(value))
                    .setFpgaTime(UnsafeByteOperations.unsafeWrap(time));
            if (add(record().setResponses(responses))) {
                footer.setResponses(footer.getResponses() + count);
            }
        }
    }

    private void spikes(SpikeColumns spikes) {
        for (int from = 0; from < spikes.size(); ) {
            int end = spikes.pieceEnd(from, SPIKES_PER_RECORD);
            if (add(record().setSpikes(columns(spikes, from, end)))) {
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

    private void samples(SampleColumns samples) {
        for (int from = 0; from < samples.size(); ) {
            int end = samples.pieceEnd(from, SAMPLES_PER_RECORD);
            if (add(record().setSamples(columns(samples, from, end)))) {
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

    private void notifications(List<Notification> list) {
        for (int from = 0; from < list.size(); from += NOTIFICATIONS_PER_RECORD) {
            Notifications.Builder entries = Notifications.newBuilder();
            for (Notification each : list.subList(from, Math.min(list.size(), from + NOTIFICATIONS_PER_RECORD))) {
                entries.addEntriesBuilder().setFpgaTime(each.fpgaTime()).setBits(each.bits());
            }
            add(record().setNotifications(entries));
        }
    }

    private void health(RunHealth health) {
        Health.Builder message =
                Health.newBuilder().putAllCounters(health.counters()).setTimeBase(WireKinds.encode(health.timeBase()));
        for (Note note : health.notes()) {
            message.addNotesBuilder().setName(note.name()).setText(note.text()).setCount(note.count());
        }
        addAlways(record().setHealth(message));
    }

    private boolean add(ResultRecord.Builder content) {
        ByteString record = content.build().toByteString();
        boolean added = sink.add(record);
        if (added) {
            count(record);
        }
        return added;
    }

    private void addAlways(ResultRecord.Builder content) {
        ByteString record = content.build().toByteString();
        sink.addAlways(record);
        count(record);
    }

    private void count(ByteString record) {
        total.add(record);
        records++;
        bytes += record.size();
    }

    private static ByteBuffer column(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
