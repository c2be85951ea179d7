package firstspike.runtime.recording.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.link.TestClock;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.framing.RecordFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that were cut, flipped, glued and forged. */
class DamageTest {

    private static final int CUTS = 150;
    private static final int FLIPS = 150;

    @TempDir
    Path folder;

    private Path file;
    private byte[] whole;
    private List<String> given;
    private final TreeMap<Integer, Integer> spikesBefore = new TreeMap<>();
    private int indexAt;

    @BeforeEach
    void aLog() throws IOException {
        file = folder.resolve("sound.fslog");
        given = Logs.write(file, 4, 300, 5);
        whole = Files.readAllBytes(file);
        int count = 0;
        int at = 0;
        while (at < whole.length) {
            spikesBefore.put(at, count);
            int length = (int) RecordFrame.length(whole, at);
            WireInput in = new WireInput(whole, at + RecordFrame.HEADER, at + RecordFrame.HEADER + length);
            try {
                int field = RecordDecoder.open(in);
                if (field == RecordKind.SPIKES.number()) {
                    count += RecordDecoder.record(RecordKind.SPIKES, in.message())
                            .events();
                }
                indexAt = field == firstspike.proto.log.v1.LogRecord.INDEX_FIELD_NUMBER ? at : indexAt;
            } catch (MalformedPayload e) {
                throw new AssertionError(e);
            }
            at += length + RecordFrame.OVERHEAD;
        }
        spikesBefore.put(whole.length, count);
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("damaged.fslog"), content);
    }

    @Test
    @DisplayName("J26 a cut at any place leaves the events of all whole records before it, and is no error")
    void cuts() throws IOException {
        SplittableRandom random = new SplittableRandom(26);
        int afterHeader = spikesBefore.higherKey(0);
        for (int i = 0; i < CUTS; i++) {
            int cut = random.nextInt(afterHeader, whole.length);
            Path damaged = write(Arrays.copyOf(whole, cut));
            List<String> spikes = new ArrayList<>();
            LogHealth health = Logs.read(damaged, false, spikes);

            int record = spikesBefore.floorKey(cut);
            assertThat(spikes).as("cut at %d", cut).isEqualTo(given.subList(0, spikesBefore.get(record)));
            assertThat(health.verdict()).isEqualTo(cut == record ? LogVerdict.OPEN : LogVerdict.TORN);
            assertThat(health.tornBytes()).isEqualTo(cut - record);
            try (SpikeLog log = SpikeLog.open(damaged)) {
                LogSummary summary = LogInspection.of(log, false, false);
                assertThat(summary.toChip() + summary.fromChip()).isEqualTo(spikes.size());
            }
        }
    }

    @Test
    @DisplayName("J27 a flipped bit is always found, with its place; never a wrong event")
    void flips() throws IOException {
        SplittableRandom random = new SplittableRandom(27);
        for (int i = 0; i < FLIPS; i++) {
            int at = random.nextInt(whole.length);
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Path damaged = write(flipped);
            int record = spikesBefore.floorKey(at);
            List<String> spikes = new ArrayList<>();
            String place = "flip at " + at + " in the record at " + record;
            if (record == 0) {
                assertThatThrownBy(() -> Logs.read(damaged, false, spikes))
                        .as(place)
                        .isInstanceOf(FormatException.class);
                assertThat(spikes).isEmpty();
            } else if (record >= indexAt) {
                LogHealth health = Logs.read(damaged, false, spikes);
                assertThat(spikes).as(place).isEqualTo(given);
                assertThat(health.tornAt() == record || health.damages().get(0).at() == record)
                        .as(place)
                        .isTrue();
            } else {
                FormatException error =
                        catchThrowableOfType(FormatException.class, () -> Logs.read(damaged, false, spikes));
                assertThat(error).as(place).isNotNull();
                assertThat(error.code()).isEqualTo(FormatException.Code.LOG_CORRUPT);
                assertThat(error.detail().fields().get("offset")).isEqualTo(String.valueOf(record));
                assertThat(spikes).isEqualTo(given.subList(0, spikesBefore.get(record)));

                List<String> salvaged = new ArrayList<>();
                LogHealth health = Logs.read(damaged, true, salvaged);
                List<String> sound = new ArrayList<>(given.subList(0, spikesBefore.get(record)));
                sound.addAll(given.subList(spikesBefore.higherEntry(record).getValue(), given.size()));
                assertThat(salvaged).as(place).isEqualTo(sound);
                assertThat(health.corruptRecords()).isEqualTo(1);
                assertThat(health.missingRecords()).isZero();
            }
        }
    }

    @Test
    @DisplayName("J28 recovering twice changes nothing the second time, nor a sound log the first time")
    void recoverTwice() throws IOException {
        assertThat(LogRecovery.recover(file, false, TestClock.stopped()).changed())
                .isFalse();
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);

        int record = spikesBefore.floorKey(whole.length / 2);
        Path torn = write(Arrays.copyOf(whole, record + 17));
        Recovery first = LogRecovery.recover(torn, false, TestClock.stopped());
        assertThat(first.changed()).isTrue();
        assertThat(first.keptBytes()).isEqualTo(17);
        assertThat(Files.readAllBytes(first.kept().orElseThrow()))
                .isEqualTo(Arrays.copyOfRange(whole, record, record + 17));
        byte[] recovered = Files.readAllBytes(torn);
        List<String> spikes = new ArrayList<>();
        LogHealth health = Logs.read(torn, false, spikes);
        assertThat(health.verdict()).isEqualTo(LogVerdict.CLOSED);
        assertThat(spikes).isEqualTo(given.subList(0, spikesBefore.get(record)));
        try (SpikeLog log = SpikeLog.open(torn)) {
            assertThat(LogInspection.of(log, false, true).footer().orElseThrow().flags())
                    .isEqualTo(LogFooter.REBUILT);
        }

        assertThat(LogRecovery.recover(torn, false, TestClock.stopped()).changed())
                .isFalse();
        assertThat(Files.readAllBytes(torn)).isEqualTo(recovered);
    }

    @Test
    @DisplayName("J28 salvaging twice changes nothing the second time")
    void salvageTwice() throws IOException {
        int record = spikesBefore.ceilingKey(whole.length / 2);
        byte[] flipped = whole.clone();
        flipped[record + 20] ^= 4;
        Path damaged = write(flipped);
        assertThatThrownBy(() -> LogRecovery.recover(damaged, false, TestClock.stopped()))
                .isInstanceOf(FormatException.class);
        assertThat(Files.readAllBytes(damaged)).isEqualTo(flipped);

        Recovery first = LogRecovery.recover(damaged, true, TestClock.stopped());
        assertThat(Files.readAllBytes(first.kept().orElseThrow())).isEqualTo(flipped);
        byte[] recovered = Files.readAllBytes(damaged);
        List<String> spikes = new ArrayList<>();
        assertThat(Logs.read(damaged, false, spikes).verdict()).isEqualTo(LogVerdict.CLOSED);
        List<String> sound = new ArrayList<>(given.subList(0, spikesBefore.get(record)));
        sound.addAll(given.subList(spikesBefore.higherEntry(record).getValue(), given.size()));
        assertThat(spikes).isEqualTo(sound);
        try (SpikeLog log = SpikeLog.open(damaged)) {
            LogSummary summary = LogInspection.of(log, false, false);
            assertThat(summary.scanned()).isFalse();
            assertThat(summary.footer().orElseThrow().flags()).isEqualTo(LogFooter.REBUILT | LogFooter.FALSIFIED);
            assertThat(summary.counters()).containsEntry("log.corrupt_records", 1L);
        }

        assertThat(LogRecovery.recover(damaged, true, TestClock.stopped()).changed())
                .isFalse();
        assertThat(Files.readAllBytes(damaged)).isEqualTo(recovered);
    }

    @Test
    void missingRecordsAreAGap() throws IOException {
        int from = spikesBefore.higherKey(spikesBefore.higherKey(0));
        int to = spikesBefore.higherKey(from);
        Path damaged = write(joined(Arrays.copyOf(whole, from), Arrays.copyOfRange(whole, to, whole.length)));
        FormatException error =
                catchThrowableOfType(FormatException.class, () -> Logs.read(damaged, false, new ArrayList<>()));
        assertThat(error.code()).isEqualTo(FormatException.Code.LOG_GAP);
        assertThat(error.detail().fields().get("missing")).isEqualTo("1");
        assertThat(Logs.read(damaged, true, new ArrayList<>()).missingRecords()).isEqualTo(1);
    }

    @Test
    void zerosAtTheEndAreATornTail() throws IOException {
        Path damaged = write(joined(Arrays.copyOf(whole, indexAt), new byte[100_000]));
        List<String> spikes = new ArrayList<>();
        LogHealth health = Logs.read(damaged, false, spikes);
        assertThat(health.verdict()).isEqualTo(LogVerdict.TORN);
        assertThat(health.tornBytes()).isEqualTo(100_000);
        assertThat(spikes).isEqualTo(given);
    }

    @Test
    void aHugeLengthIsRefusedBeforeItIsUsed() throws IOException {
        byte[] length = HexFormat.of().parseHex("ffffffffffffff7f");
        byte[] framed = joined(length, new byte[8]);
        int crc = firstspike.runtime.framing.MaskedCrc.of(length, 0, 8);
        for (int i = 0; i < 4; i++) {
            framed[8 + i] = (byte) (crc >>> 8 * i);
        }
        Path damaged = write(joined(Arrays.copyOf(whole, indexAt), framed));
        FormatException error =
                catchThrowableOfType(FormatException.class, () -> Logs.read(damaged, false, new ArrayList<>()));
        assertThat(error.code()).isEqualTo(FormatException.Code.RECORD_TOO_LARGE);
        assertThat(error.detail().fields().get("offset")).isEqualTo(String.valueOf(indexAt));
    }

    @Test
    void aChunkWithManyEventsOfNoBytesIsRefused() throws IOException {
        firstspike.proto.log.v1.SpikeChunk.Builder chunk =
                firstspike.proto.log.v1.SpikeChunk.newBuilder().setDirectionValue(SpikeDirection.FROM_CHIP.number());
        for (int i = 0; i <= Limits.EVENTS; i++) {
            chunk.addTickDelta(0).addLabel(0);
        }
        byte[] payload = firstspike.proto.log.v1.LogRecord.newBuilder()
                .setSpikes(chunk)
                .build()
                .toByteArray();
        int header = spikesBefore.higherKey(0);
        Path damaged = write(joined(Arrays.copyOf(whole, header), RecordFrame.of(payload)));
        FormatException error =
                catchThrowableOfType(FormatException.class, () -> Logs.read(damaged, false, new ArrayList<>()));
        assertThat(error.code()).isEqualTo(FormatException.Code.CHUNK_TOO_LARGE);
    }

    private static byte[] joined(byte[] first, byte[] second) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(first);
        all.write(second);
        return all.toByteArray();
    }
}
