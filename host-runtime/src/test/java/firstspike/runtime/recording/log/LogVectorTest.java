package firstspike.runtime.recording.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.framing.MaskedCrc;
import firstspike.runtime.framing.RecordFrame;
import firstspike.runtime.vectors.VectorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The file vectors of the spike log: checksums, frames, chunks and whole files with their verdicts. */
class LogVectorTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final Map<String, FormatException.Code> ERRORS = Map.of(
            "corrupt", FormatException.Code.LOG_CORRUPT,
            "gap", FormatException.Code.LOG_GAP,
            "trailing", FormatException.Code.TRAILING_BYTES,
            "not-a-log", FormatException.Code.NOT_A_SPIKE_LOG,
            "newer-version", FormatException.Code.UNSUPPORTED_VERSION,
            "too-large", FormatException.Code.RECORD_TOO_LARGE,
            "malformed-chunk", FormatException.Code.MALFORMED_CHUNK);

    @TempDir
    Path folder;

    @TestFactory
    @DisplayName("J25 spike log vectors")
    Stream<DynamicTest> formats() {
        return VectorFile.cases("formats.json").stream()
                .filter(vector -> !vector.get("kind").asText().startsWith("npy"))
                .map(vector -> dynamicTest(vector.get("id").asText(), () -> check(vector)));
    }

    private void check(JsonNode vector) throws Exception {
        JsonNode input = vector.get("input");
        JsonNode expect = vector.get("expect");
        switch (vector.get("kind").asText()) {
            case "crc32c" -> crc(HEX.parseHex(input.get("hex").asText()), expect);
            case "frame" ->
                assertThat(HEX.formatHex(RecordFrame.of(
                                HEX.parseHex(input.get("payload_hex").asText()))))
                        .isEqualTo(expect.get("framed_hex").asText());
            case "spike-chunk" ->
                chunk(input, HEX.parseHex(expect.get("payload_hex").asText()));
            case "log" -> log(HEX.parseHex(input.get("file_hex").asText()), expect);
            default -> throw new AssertionError("vector kind " + vector.get("kind"));
        }
    }

    private static void crc(byte[] bytes, JsonNode expect) {
        int plain = MaskedCrc.plain(bytes, 0, bytes.length);
        assertThat(HEX.toHexDigits(plain)).isEqualTo(expect.get("crc").asText());
        assertThat(HEX.toHexDigits(MaskedCrc.mask(plain)))
                .isEqualTo(expect.get("masked").asText());
        assertThat(MaskedCrc.unmask(MaskedCrc.mask(plain))).isEqualTo(plain);
    }

    private static void chunk(JsonNode input, byte[] payload) throws Exception {
        long[] ticks = new long[input.get("ticks").size()];
        short[] labels = new short[ticks.length];
        int[] delays = input.get("fpga_delay").isEmpty() ? null : new int[ticks.length];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = input.get("ticks").get(i).asLong();
            labels[i] = (short) input.get("labels").get(i).asInt();
            if (delays != null) {
                delays[i] = input.get("fpga_delay").get(i).asInt();
            }
        }
        long sequence = input.get("sequence").asLong();
        long program = input.get("program").asLong();
        SpikeDirection direction = SpikeDirection.of(input.get("direction").asInt());

        RecordEncoder encoder = new RecordEncoder();
        encoder.spikes(sequence, program, direction, ticks, labels, delays, 0, ticks.length);
        byte[] written = Arrays.copyOfRange(
                encoder.bytes(),
                encoder.start() + RecordFrame.HEADER,
                encoder.start() + encoder.length() - RecordFrame.OVERHEAD + RecordFrame.HEADER);
        assertThat(written).isEqualTo(payload);

        WireInput in = new WireInput(payload, 0, payload.length);
        assertThat(RecordDecoder.open(in)).isEqualTo(RecordKind.SPIKES.number());
        SpikeChunk read = (SpikeChunk) RecordDecoder.record(RecordKind.SPIKES, in.message());
        assertThat(read.sequence()).isEqualTo(sequence);
        assertThat(read.program()).isEqualTo(program);
        assertThat(read.direction()).isEqualTo(direction);
        assertThat(read.ticks()).isEqualTo(ticks);
        assertThat(read.labels()).isEqualTo(labels);
        assertThat(read.fpgaDelays()).isEqualTo(delays == null ? new int[0] : delays);
    }

    private void log(byte[] content, JsonNode expect) throws IOException {
        Path file = Files.write(folder.resolve("vector.fslog"), content);
        String verdict = expect.get("verdict").asText();
        FormatException.Code code = ERRORS.get(verdict);
        if (code != null) {
            assertThat(expect.get("spikes").isNull()).isTrue();
            FormatException error = catchThrowableOfType(FormatException.class, () -> spikes(file, false, new long[1]));
            assertThat(error).isNotNull();
            assertThat(error.code()).isEqualTo(code);
            place(error, expect);
            if (expect.has("salvage_spikes")) {
                long[] spikes = new long[1];
                LogHealth health = spikes(file, true, spikes);
                assertThat(spikes[0]).isEqualTo(expect.get("salvage_spikes").asLong());
                assertThat(health.corruptRecords())
                        .isEqualTo(expect.get("salvage_corrupt_records").asLong());
            }
            return;
        }
        long[] spikes = new long[1];
        LogHealth health = spikes(file, false, spikes);
        assertThat(health.verdict().text()).isEqualTo(verdict);
        assertThat(spikes[0]).isEqualTo(expect.get("spikes").asLong());
        assertThat(health.records()).isEqualTo(expect.get("records").asLong());
        assertThat(health.tornBytes()).isEqualTo(expect.get("torn_bytes").asLong());
        if (expect.has("torn_at")) {
            assertThat(health.tornAt()).isEqualTo(expect.get("torn_at").asLong());
        }
        assertThat(health.closed()).isEqualTo(verdict.equals("closed"));
    }

    private static void place(FormatException error, JsonNode expect) {
        for (String key : new String[] {"at", "corrupt_at"}) {
            if (expect.has(key)) {
                assertThat(error.detail().fields().get("offset"))
                        .isEqualTo(expect.get(key).asText());
            }
        }
        for (String key : new String[] {"found", "supported", "missing"}) {
            if (expect.has(key)) {
                assertThat(error.detail().fields().get(key))
                        .isEqualTo(expect.get(key).asText());
            }
        }
    }

    private static LogHealth spikes(Path file, boolean salvage, long[] count) {
        try (SpikeLog log = SpikeLog.open(file)) {
            return log.read(
                    salvage, (record, offset) -> count[0] += record.kind() == RecordKind.SPIKES ? record.events() : 0);
        }
    }
}
