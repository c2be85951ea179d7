package firstspike.driver.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.Notification;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.RunTiming;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.link.TimeBase;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.ResultChunk;
import firstspike.proto.chip.v1.ResultRecord;
import firstspike.proto.chip.v1.Samples;
import firstspike.proto.chip.v1.SubmissionState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResultStreamCodecTest {

    private static final ChipDescription CHIP = new ScriptedLink().describe();

    @Test
    @DisplayName("T268 spike columns keep everything; a gap of 2^32 ticks begins a second record; 7 bytes an event")
    void columns() {
        long[] gaps = {0, 1, 1L << 31, 1L << 32};
        List<SpikeColumns> parts = new ArrayList<>();
        long time = 1000;
        long[] times = new long[gaps.length + 1];
        times[0] = time;
        for (int i = 0; i < gaps.length; i++) {
            time += gaps[i];
            times[i + 1] = time;
        }
        for (int i = 0; i < times.length; i++) {
            parts.add(SpikeColumns.ofTimes(
                    new short[] {(short) (65535 - i)}, new byte[] {(byte) (200 + i)}, new long[] {times[i]}));
        }
        SpikeColumns spikes = SpikeColumns.join(parts);

        List<ResultChunk> chunks = encode(result(spikes, 0));
        SpikeColumns back = decode(chunks).spikes();

        assertThat(back).isEqualTo(spikes);
        assertThat(back.chipTimes()).isEqualTo(spikes.chipTimes());
        List<Integer> sizes = chunks.stream()
                .map(ResultStreamCodecTest::record)
                .filter(ResultRecord::hasSpikes)
                .map(record -> record.getSpikes().getLabel().size()
                        + record.getSpikes().getStamp().size()
                        + record.getSpikes().getFpgaDelta().size())
                .toList();
        assertThat(sizes).containsExactly(4 * 7, 7);
    }

    @Test
    @DisplayName("T269 any bit of any chunk flipped is found")
    void flippedBit() {
        List<ResultChunk> chunks = encode(result(spikes(100), 5));
        SplittableRandom random = new SplittableRandom(11);
        for (int trial = 0; trial < 200; trial++) {
            int which = random.nextInt(chunks.size());
            byte[] bytes = chunks.get(which).getRecord().toByteArray();
            int bit = random.nextInt(8 * bytes.length);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            List<ResultChunk> damaged = new ArrayList<>(chunks);
            damaged.set(
                    which,
                    chunks.get(which).toBuilder()
                            .setRecord(ByteString.copyFrom(bytes))
                            .build());

            assertThatThrownBy(() -> decode(damaged))
                    .as("bit %d of chunk %d", bit, which)
                    .isInstanceOf(LinkLostException.class)
                    .satisfies(e ->
                            assertThat(((ChipException) e).detail().fields()).containsEntry("reason", "DATA_LOSS"));
        }
    }

    @Test
    @DisplayName("T269 any chunk left out, doubled or out of place is found, T241 the footer too")
    void missingChunk() {
        List<ResultChunk> chunks = encode(result(spikes(100), 5));
        for (int i = 0; i < chunks.size(); i++) {
            List<ResultChunk> without = new ArrayList<>(chunks);
            without.remove(i);
            assertThatThrownBy(() -> decode(without)).as("without %d", i).isInstanceOf(LinkLostException.class);
            List<ResultChunk> doubled = new ArrayList<>(chunks);
            doubled.add(i, chunks.get(i));
            assertThatThrownBy(() -> decode(doubled)).as("%d twice", i).isInstanceOf(LinkLostException.class);
        }
    }

    @Test
    @DisplayName("A chunk left out with offsets mended is found by the footer's checksum and totals")
    void mendedOffsets() {
        List<ResultChunk> chunks = encode(result(spikes(300_000), 5));
        for (int left = 0; left < chunks.size() - 1; left++) {
            List<ResultChunk> mended = new ArrayList<>();
            long offset = 0;
            for (int i = 0; i < chunks.size(); i++) {
                if (i != left) {
                    mended.add(chunks.get(i).toBuilder().setOffset(offset).build());
                    offset += chunks.get(i).getRecord().size();
                }
            }
            assertThatThrownBy(() -> decode(mended)).as("without %d", left).isInstanceOf(LinkLostException.class);
        }
    }

    @Test
    @DisplayName("Columns of unequal length are refused")
    void unequalColumns() {
        ResultRecord.Builder record = ResultRecord.newBuilder();
        record.getSpikesBuilder().setLabel(ByteString.copyFrom(new byte[4])).setStamp(ByteString.copyFrom(new byte[1]));
        record.getSpikesBuilder().setFpgaDelta(ByteString.copyFrom(new byte[8]));

        assertThatThrownBy(() -> decode(behindHeader(record.build())))
                .isInstanceOf(LinkLostException.class)
                .hasMessageContaining("equal lengths");
    }

    @Test
    @DisplayName("Samples: columns of unequal length and values beyond 10 bits are refused")
    void hostileSamples() {
        SampleColumns samples = samples(10);
        RunResult result = RunResult.builder()
                .samples(samples)
                .health(new RunHealth(new TreeMap<>(), TimeBase.SYNCED, List.of()))
                .provenance(new Provenance(CHIP, "", "", "00".repeat(32), 0))
                .build();
        ResultRecord good = encode(result).stream()
                .map(ResultStreamCodecTest::record)
                .filter(ResultRecord::hasSamples)
                .findFirst()
                .orElseThrow();
        Samples.Builder bad = good.getSamples().toBuilder();
        for (Samples samplesMessage : List.of(
                bad.clone().setChannel(ByteString.copyFrom(new byte[9])).build(),
                bad.clone().setStamp(ByteString.EMPTY).build(),
                bad.clone().setFpgaDelta(ByteString.copyFrom(new byte[44])).build(),
                bad.clone().setValue(ByteString.copyFrom(new byte[19])).build(),
                bad.clone()
                        .setValue(ByteString.copyFrom(new byte[19]).concat(ByteString.copyFrom(new byte[] {4})))
                        .build(),
                bad.clone()
                        .setChannel(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 2}))
                        .build())) {
            ResultRecord record =
                    ResultRecord.newBuilder().setSamples(samplesMessage).build();
            assertThatThrownBy(() -> decode(behindHeader(record)))
                    .isInstanceOf(LinkLostException.class)
                    .hasMessageContaining("sample");
        }
        assertThat(decode(encode(result)).samples()).isEqualTo(samples);
    }

    @ParameterizedTest(name = "Random results survive the wire, seed {0}")
    @MethodSource("seeds")
    void randomResults(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RunResult result = result(spikes(random.nextInt(200_000)), random.nextInt(80_000));

        RunResult back = decode(encode(result));

        assertThat(back.spikes()).as("seed %d", seed).isEqualTo(result.spikes());
        assertThat(back.samples()).as("seed %d", seed).isEqualTo(result.samples());
        for (ResponseKind kind : ResponseKind.values()) {
            assertThat(back.values(kind)).as("seed %d", seed).isEqualTo(result.values(kind));
            assertThat(back.times(kind)).as("seed %d", seed).isEqualTo(result.times(kind));
        }
        assertThat(back.health()).as("seed %d", seed).isEqualTo(result.health());
        assertThat(back.notifications()).as("seed %d", seed).isEqualTo(result.notifications());
        assertThat(back.provenance().programOrdinal()).isEqualTo(-1);
        assertThat(encode(result)).allMatch(chunk -> chunk.getRecord().size() <= 1 << 20);
    }

    static IntStream seeds() {
        return IntStream.range(1, 9);
    }

    private static SpikeColumns spikes(int count) {
        SplittableRandom random = new SplittableRandom(count);
        short[] label = new short[count];
        byte[] stamp = new byte[count];
        long[] time = new long[count];
        random.nextBytes(stamp);
        long now = 0;
        for (int i = 0; i < count; i++) {
            label[i] = (short) random.nextInt();
            now += random.nextInt(1000);
            time[i] = now;
        }
        return SpikeColumns.ofTimes(label, stamp, time);
    }

    private static SampleColumns samples(int count) {
        SplittableRandom random = new SplittableRandom(count);
        short[] value = new short[count];
        byte[] channel = new byte[count];
        byte[] stamp = new byte[count];
        long[] time = new long[count];
        random.nextBytes(stamp);
        long now = 1L << 42;
        for (int i = 0; i < count; i++) {
            value[i] = (short) random.nextInt(1024);
            channel[i] = (byte) random.nextInt(2);
            now += random.nextInt(10) == 0 ? random.nextLong(1L << 32) : random.nextInt(9);
            time[i] = now;
        }
        return SampleColumns.ofTimes(value, channel, stamp, time);
    }

    private static RunResult result(SpikeColumns spikes, int reads) {
        SplittableRandom random = new SplittableRandom(reads);
        TreeMap<String, Long> counters = new TreeMap<>();
        counters.put(HealthKeys.DROPPED_PADI, 3L);
        long[] values = random.longs(reads, 0, 1L << 32).toArray();
        long[] times = random.longs(reads, 0, 1L << 43).toArray();
        Arrays.sort(times);
        return RunResult.builder()
                .responses(ResponseKind.OMNIBUS, values, times)
                .responses(ResponseKind.JTAG, new long[] {(1L << 33) - 1}, new long[] {9})
                .spikes(spikes)
                .samples(samples(2 * spikes.size() % 99_999))
                .notifications(List.of(new Notification(12, 0xff)))
                .health(new RunHealth(counters, TimeBase.RELATIVE, List.of(new Note("late-items", "two", 2))))
                .provenance(new Provenance(CHIP, "", "", "00".repeat(32), -1))
                .build();
    }

    private static List<ResultChunk> encode(RunResult result) {
        List<ResultChunk> chunks = new ArrayList<>();
        ResultEncoder encoder = new ResultEncoder("session", "submission", new ChunksOf(chunks));
        encoder.part(result);
        encoder.finish(
                SubmissionState.SUBMISSION_STATE_DONE,
                List.of(SubmissionState.SUBMISSION_STATE_DONE),
                1,
                2,
                Optional.empty());
        return chunks;
    }

    private static RunResult decode(List<ResultChunk> chunks) {
        CollectedPart part = new CollectedPart(List.of());
        ResultDecoder decoder = new ResultDecoder(CHIP, List.of(part));
        chunks.forEach(decoder::accept);
        if (!decoder.complete()) {
            throw decoder.incomplete();
        }
        return part.result(RunTiming.NONE, SessionChanges.NONE).orElseThrow();
    }

    /** A stream of a header as it should be and one record. */
    private static List<ResultChunk> behindHeader(ResultRecord record) {
        List<ResultChunk> chunks =
                new ArrayList<>(List.of(encode(result(spikes(1), 0)).get(0)));
        new ChunksOf(chunks).add(record.toByteString());
        return chunks;
    }

    private static ResultRecord record(ResultChunk chunk) {
        try {
            return ResultRecord.parseFrom(chunk.getRecord());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
