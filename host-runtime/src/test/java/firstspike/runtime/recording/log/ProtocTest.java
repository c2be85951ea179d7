package firstspike.runtime.recording.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import firstspike.proto.log.v1.Converter;
import firstspike.proto.log.v1.Counter;
import firstspike.proto.log.v1.Direction;
import firstspike.proto.log.v1.MarkKind;
import firstspike.runtime.framing.RecordFrame;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Our encoder and decoder beside the classes that protoc generates from the schema. */
class ProtocTest {

    private final RecordEncoder encoder = new RecordEncoder();
    private final SplittableRandom random = new SplittableRandom(20_261_128);

    private firstspike.proto.log.v1.LogRecord parsed() throws Exception {
        byte[] bytes = encoder.bytes();
        int length = encoder.length() - RecordFrame.OVERHEAD;
        assertThat(RecordFrame.lengthHolds(bytes, encoder.start())).isTrue();
        assertThat(RecordFrame.length(bytes, encoder.start())).isEqualTo(length);
        assertThat(RecordFrame.payloadHolds(bytes, encoder.start(), length)).isTrue();
        int at = encoder.start() + RecordFrame.HEADER;
        byte[] payload = Arrays.copyOfRange(bytes, at, at + length);
        firstspike.proto.log.v1.LogRecord record = firstspike.proto.log.v1.LogRecord.parseFrom(payload);
        // the same bytes as protoc's, so the same defaults are left out
        assertThat(record.toByteArray()).isEqualTo(payload);
        return record;
    }

    private static LogRecord decoded(firstspike.proto.log.v1.LogRecord record) throws Exception {
        byte[] payload = record.toByteArray();
        WireInput in = new WireInput(payload, 0, payload.length);
        return RecordDecoder.record(RecordKind.of(RecordDecoder.open(in)), in.message());
    }

    @Test
    @DisplayName("J25 chunks of spikes are what protoc reads and writes, for values of all sizes")
    void spikes() throws Exception {
        for (int round = 0; round < 200; round++) {
            int count = 1 + random.nextInt(300);
            long[] ticks = new long[count];
            short[] labels = new short[count];
            int[] delays = round % 2 == 0 ? null : new int[count];
            long tick = random.nextLong(-1L << 61, 1L << 61);
            for (int i = 0; i < count; i++) {
                tick += random.nextLong(1L << random.nextInt(1, 50));
                ticks[i] = tick;
                labels[i] = (short) random.nextInt(1 << random.nextInt(1, 17));
                if (delays != null) {
                    delays[i] = random.nextInt(1 << random.nextInt(1, 31));
                }
            }
            long sequence = random.nextLong(1L << 50);
            encoder.spikes(sequence, round, SpikeDirection.FROM_CHIP, ticks, labels, delays, 0, count);

            firstspike.proto.log.v1.SpikeChunk theirs = parsed().getSpikes();
            assertThat(theirs.getSequence()).isEqualTo(sequence);
            assertThat(theirs.getProgram()).isEqualTo(round);
            assertThat(theirs.getDirection()).isEqualTo(Direction.FROM_CHIP);
            long sum = theirs.getFirstTick();
            for (int i = 0; i < count; i++) {
                sum += theirs.getTickDelta(i);
                assertThat(sum).isEqualTo(ticks[i]);
                assertThat(theirs.getLabel(i)).isEqualTo(labels[i] & 0xffff);
            }
            assertThat(theirs.getFpgaDelayCount()).isEqualTo(delays == null ? 0 : count);

            SpikeChunk ours = (SpikeChunk) decoded(firstspike.proto.log.v1.LogRecord.newBuilder()
                    .setSpikes(theirs)
                    .build());
            assertThat(ours.ticks()).isEqualTo(ticks);
            assertThat(ours.labels()).isEqualTo(labels);
            assertThat(ours.fpgaDelays()).isEqualTo(delays == null ? SpikeChunk.NO_DELAYS : delays);
        }
    }

    @Test
    void samplesMarksCountersAndSetUps() throws Exception {
        encoder.samples(
                3, 4, SampleConverter.CADC, 700, "hidden[3].v", new long[] {-5, 0, 9}, new int[] {0, 255, 7}, 0, 3);
        firstspike.proto.log.v1.SampleChunk samples = parsed().getSamples();
        assertThat(samples.getConverter()).isEqualTo(Converter.CADC);
        assertThat(samples.getChannel()).isEqualTo(700);
        assertThat(samples.getSource()).isEqualTo("hidden[3].v");
        assertThat(samples.getTickDeltaList()).containsExactly(0L, 5L, 9L);
        assertThat(samples.getValueList()).containsExactly(0, 255, 7);
        SampleChunk chunk = (SampleChunk) decoded(parsed());
        assertThat(chunk.ticks()).containsExactly(-5, 0, 9);
        assertThat(chunk.values()).containsExactly(0, 255, 7);
        assertThat(chunk.source()).isEqualTo("hidden[3].v");

        encoder.mark(1L << 40, 2, Mark.Kind.NOTE, -7, -8, "naïve ☃", 1L << 42);
        firstspike.proto.log.v1.Mark mark = parsed().getMark();
        assertThat(mark.getKind()).isEqualTo(MarkKind.NOTE);
        assertThat(mark.getTick()).isEqualTo(-7);
        assertThat(mark.getNumber()).isEqualTo(-8);
        assertThat(mark.getSystime()).isEqualTo(1L << 42);
        assertThat(decoded(parsed())).isEqualTo(new Mark(1L << 40, 2, Mark.Kind.NOTE, -7, -8, "naïve ☃", 1L << 42));

        TreeMap<String, Long> counters = new TreeMap<>();
        counters.put("events.received", 0L);
        counters.put("link.retransmits", -1L);
        encoder.health(5, 0, counters);
        assertThat(parsed().getHealth().getCountersList())
                .containsExactly(
                        Counter.newBuilder().setName("events.received").build(),
                        Counter.newBuilder()
                                .setName("link.retransmits")
                                .setValue(-1L)
                                .build());
        assertThat(decoded(parsed())).isEqualTo(new HealthRecord(5, 0, counters));

        encoder.setup(6, 1, new long[] {0, -1, 0x0102030405060708L}, 1, 2);
        assertThat(parsed().getSetup().getWords()).isEqualTo(ByteString.fromHex("ffffffffffffffff0102030405060708"));
        assertThat(((SetupRecord) decoded(parsed())).words()).containsExactly(-1, 0x0102030405060708L);
    }

    @Test
    void headerIndexAndFooter() throws Exception {
        encoder.header(Logs.header());
        firstspike.proto.log.v1.LogHeader header = parsed().getHeader();
        assertThat(header.getFormatVersion()).isEqualTo(1);
        assertThat(header.getLabelsCount()).isEqualTo(8);
        assertThat(header.getLabels(0).getPopulation()).isEqualTo("input");
        byte[] payload = parsed().toByteArray();
        WireInput in = new WireInput(payload, 0, payload.length);
        RecordDecoder.open(in);
        assertThat(FrameDecoder.header(in.message())).isEqualTo(Logs.header());

        IndexBuilder index = new IndexBuilder();
        IndexEntry entry = new IndexEntry(9, 1L << 33, 8, -3, 1L << 40, 65_536, RecordKind.SPIKES);
        index.add(entry, false);
        encoder.index(index);
        assertThat(parsed().getIndex().getEntries(0).getLastTick()).isEqualTo(1L << 40);
        payload = parsed().toByteArray();
        in = new WireInput(payload, 0, payload.length);
        RecordDecoder.open(in);
        assertThat(FrameDecoder.index(in.message())).containsExactly(entry);

        encoder.footer(new LogFooter(0, 0, 0, 0, 0, 0));
        assertThat(encoder.length()).isEqualTo(LogFooter.FRAME);
        assertThat(parsed().getFooter().hasFlags()).isTrue();
    }
}
