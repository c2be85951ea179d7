package firstspike.driver.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.vectors.VectorFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every vector of the host-to-FPGA half of the codec; the other groups are skipped by name. */
class WireVectorTest {

    @TestFactory
    Stream<DynamicTest> vectors() {
        return StreamSupport.stream(VectorFiles.read("wire.json").get("vectors").spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(vector.get("id").asText(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        JsonNode in = vector.get("in");
        JsonNode out = vector.get("out");
        String group = vector.get("group").asText();
        switch (group) {
            case "msg_to_fpga" -> message(in, out);
            case "stream_to_fpga" -> stream(in, out);
            case "decode_to_fpga" -> decode(in, out);
            case "access_sequence" -> access(in, out);
            default -> abort("group " + group + " belongs to the FPGA's half of the wire, which is not built yet");
        }
    }

    private static void message(JsonNode in, JsonNode out) {
        if (out.hasNonNull("error")) {
            WireException refused = catchThrowableOfType(WireException.class, () -> encode(in));
            assertThat(refused).isNotNull();
            assertThat(refused.code().name()).isEqualTo(out.get("error").asText());
            assertThat(refused.detail().thing()).isEqualTo(out.get("field").asText());
            assertThat(refused.detail().value()).isEqualTo(out.get("value").asText());
            assertThat(refused.detail().fields())
                    .containsEntry("min", out.get("min").asText())
                    .containsEntry("max", out.get("max").asText());
            return;
        }
        long word = encode(in);
        assertThat(hex(word)).isEqualTo(out.get("word").asText());
        ToFpga.Kind kind = ToFpga.kind(word);
        assertThat(kind.ordinal()).isEqualTo(out.get("header").asInt());
        assertThat(kind.payloadBits()).isEqualTo(out.get("payloadBits").asInt());
        long payload = kind.payloadBits() == 0 ? 0 : word & (1L << kind.payloadBits()) - 1;
        assertThat("0x" + Long.toHexString(payload))
                .isEqualTo(out.get("payload").asText());
        assertThat(ToFpgaMessage.of(word, 0).word()).isEqualTo(word);
    }

    private static void stream(JsonNode in, JsonNode out) {
        List<String> words = new ArrayList<>();
        in.get("messages").forEach(message -> words.add(hex(encode(message))));
        assertThat(words).isEqualTo(texts(out.get("words")));
    }

    private static void decode(JsonNode in, JsonNode out) {
        List<ToFpgaMessage> messages = new ArrayList<>();
        ToFpgaDecoder decoder = new ToFpgaDecoder(messages::add);
        List<Integer> perWord = new ArrayList<>();
        WireException error = null;
        for (JsonNode word : in.get("words")) {
            int before = messages.size();
            try {
                decoder.word(Long.parseUnsignedLong(word.asText().substring(2), 16));
            } catch (WireException e) {
                error = e;
                break;
            }
            perWord.add(messages.size() - before);
        }
        List<String> expected = new ArrayList<>();
        out.get("messages").forEach(message -> expected.add(hex(encode(message))));
        assertThat(messages.stream().map(message -> hex(message.word())).toList())
                .isEqualTo(expected);
        List<Integer> expectedPerWord = new ArrayList<>();
        out.get("perWord").forEach(count -> expectedPerWord.add(count.asInt()));
        assertThat(perWord).isEqualTo(expectedPerWord);
        if (!out.hasNonNull("error")) {
            assertThat(error).isNull();
            return;
        }
        assertThat(error).isNotNull();
        assertThat(error.code().name()).isEqualTo(out.get("error").asText());
        for (String field : List.of("header", "wordIndex", "min", "max")) {
            if (out.has(field)) {
                assertThat(error.detail().fields())
                        .containsEntry(field, out.get(field).asText());
            }
        }
    }

    private static void access(JsonNode in, JsonNode out) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        int address = (int) in.path("address").asLong();
        int value = (int) in.path("value").asLong();
        switch (in.get("access").asText()) {
            case "OmnibusWrite" ->
                builder.write(address, value, in.get("byteEnables").asInt());
            case "OmnibusRead" -> builder.read(address);
            case "OmnibusReadOverJtag" -> builder.readOverJtag(address);
            case "OmnibusWriteOverJtag" -> builder.writeOverJtag(address, value);
            case "JtagIdCodeRead" -> builder.readJtagIdCode();
            case "PllRegisterWrite", "JtagPllRegisterWrite" -> builder.writePllRegister(register(in), value);
            case "PhyRegisterWrite", "JtagPhyRegisterWrite" -> builder.writePhyRegister(register(in), value);
            case "TimerRead", "PlaybackTimerRead" -> builder.read(0x8800_000c);
            default -> abort("access " + in.get("access") + " is not known to this version");
        }
        int responses = 0;
        for (var kind : firstspike.driver.playback.ResponseKind.values()) {
            responses += builder.expectedResponses(kind);
        }
        assertThat(responses).isEqualTo(out.get("responses").asInt());
        int words = out.get("words").size();
        long[] built = builder.done().words();
        assertThat(Stream.of(java.util.Arrays.stream(built).limit(words).boxed().toArray(Long[]::new))
                        .map(WireVectorTest::hex)
                        .toList())
                .isEqualTo(texts(out.get("words")));
    }

    private static int register(JsonNode in) {
        for (String name : List.of("register", "reg", "index", "coordinate", "k")) {
            if (in.has(name)) {
                return in.get(name).asInt();
            }
        }
        throw new IllegalArgumentException("no register number in " + in);
    }

    private static long encode(JsonNode message) {
        JsonNode fields = message.get("fields");
        ToFpga.Kind kind = Stream.of(ToFpga.Kind.values())
                .filter(k -> k.messageName().equals(message.get("type").asText()))
                .findFirst()
                .orElseThrow();
        ToFpgaMessage view =
                switch (kind) {
                    case JTAG_INIT, TIMER_SETUP -> new ToFpgaMessage.Plain(kind);
                    case JTAG_DATA ->
                        new ToFpgaMessage.JtagData(
                                fields.get("keepResponse").asBoolean(),
                                fields.get("numBits").asInt(),
                                fields.get("payload").asLong());
                    case OMNIBUS_ADDRESS ->
                        new ToFpgaMessage.OmnibusAddress(
                                fields.get("address").asLong(),
                                fields.get("isRead").asBoolean(),
                                fields.get("byteEnables").asInt());
                    case SPIKE_PACK_1, SPIKE_PACK_2, SPIKE_PACK_3 -> {
                        List<Integer> labels = new ArrayList<>();
                        fields.get("labels").forEach(label -> labels.add(label.asInt()));
                        yield new ToFpgaMessage.SpikePack(labels);
                    }
                    case BARRIER ->
                        new ToFpgaMessage.Valued(kind, fields.get("mask").asLong());
                    default ->
                        new ToFpgaMessage.Valued(kind, fields.get("value").asLong());
                };
        return view.word();
    }

    private static String hex(long word) {
        return String.format("0x%016x", word);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
