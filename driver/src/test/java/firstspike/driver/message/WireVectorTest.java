package firstspike.driver.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.vectors.VectorFiles;
import firstspike.driver.vectors.VectorMessages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every vector of the codec's groups, both directions. Annotation is {@code AnnotateVectorTest}, frames are hostarq's. */
class WireVectorTest {

    @TestFactory
    @DisplayName("W001 W002 vectors msg_to_fpga")
    Stream<DynamicTest> messagesToFpga() {
        return group("msg_to_fpga", WireVectorTest::messageToFpga);
    }

    @TestFactory
    @DisplayName("W004 vectors stream_to_fpga")
    Stream<DynamicTest> streamsToFpga() {
        return group("stream_to_fpga", WireVectorTest::streamToFpga);
    }

    @TestFactory
    @DisplayName("W005 vectors access_sequence")
    Stream<DynamicTest> accessSequences() {
        return group("access_sequence", WireVectorTest::access);
    }

    @TestFactory
    @DisplayName("W007 vectors decode_to_fpga")
    Stream<DynamicTest> decodingToFpga() {
        return group("decode_to_fpga", WireVectorTest::decodeToFpga);
    }

    @TestFactory
    @DisplayName("W010 vectors msg_from_fpga both ways")
    Stream<DynamicTest> messagesFromFpga() {
        return group("msg_from_fpga", WireVectorTest::messageFromFpga);
    }

    @TestFactory
    @DisplayName("W011 vectors stream_from_fpga")
    Stream<DynamicTest> streamsFromFpga() {
        return group("stream_from_fpga", WireVectorTest::streamFromFpga);
    }

    @TestFactory
    @DisplayName("W015 vectors decode_from_fpga")
    Stream<DynamicTest> decodingFromFpga() {
        return group("decode_from_fpga", WireVectorTest::decodeFromFpga);
    }

    private static Stream<DynamicTest> group(String group, BiConsumer<JsonNode, JsonNode> check) {
        List<DynamicTest> tests = StreamSupport.stream(
                        VectorFiles.read("wire.json").get("vectors").spliterator(), false)
                .filter(vector -> vector.get("group").asText().equals(group))
                .map(vector -> DynamicTest.dynamicTest(
                        vector.get("id").asText(), () -> check.accept(vector.get("in"), vector.get("out"))))
                .toList();
        assertThat(tests).as("vectors of group " + group).isNotEmpty();
        return tests.stream();
    }

    private static void messageToFpga(JsonNode in, JsonNode out) {
        if (out.hasNonNull("error")) {
            assertRefused(out, () -> VectorMessages.toFpga(in).word());
            return;
        }
        long word = VectorMessages.toFpga(in).word();
        assertThat(VectorMessages.hex(word)).isEqualTo(out.get("word").asText());
        ToFpga.Kind kind = ToFpga.kind(word);
        assertThat(kind.ordinal()).isEqualTo(out.get("header").asInt());
        assertThat(kind.payloadBits()).isEqualTo(out.get("payloadBits").asInt());
        long payload = kind.payloadBits() == 0 ? 0 : word & (1L << kind.payloadBits()) - 1;
        assertThat("0x" + Long.toHexString(payload))
                .isEqualTo(out.get("payload").asText());
        assertThat(ToFpgaMessage.of(word, 0).word()).isEqualTo(word);
    }

    private static void assertRefused(JsonNode out, ThrowingCallable encode) {
        WireException refused = catchThrowableOfType(WireException.class, encode);
        assertThat(refused).isNotNull();
        assertThat(refused.code().name()).isEqualTo(out.get("error").asText());
        assertThat(refused.detail().thing()).isEqualTo(out.get("field").asText());
        assertThat(refused.detail().value()).isEqualTo(out.get("value").asText());
        assertThat(refused.detail().fields())
                .containsEntry("min", out.get("min").asText())
                .containsEntry("max", out.get("max").asText());
    }

    private static void streamToFpga(JsonNode in, JsonNode out) {
        List<String> words = new ArrayList<>();
        in.get("messages")
                .forEach(message -> words.add(
                        VectorMessages.hex(VectorMessages.toFpga(message).word())));
        assertThat(words).isEqualTo(texts(out.get("words")));
    }

    private static void access(JsonNode in, JsonNode out) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        build(builder, in);
        int responses = 0;
        for (ResponseKind kind : ResponseKind.values()) {
            responses += builder.expectedResponses(kind);
        }
        assertThat(responses).isEqualTo(out.get("responses").asInt());
        long[] expected = VectorMessages.words(out.get("words"));
        long[] program = builder.done().words();
        // the builder closes a program with open reads by a barrier
        for (int i = expected.length; i < program.length; i++) {
            assertThat(ToFpga.kind(program[i])).isEqualTo(ToFpga.Kind.BARRIER);
        }
        long[] words = Arrays.copyOf(program, expected.length);
        assertThat(words).isEqualTo(expected);
        List<JsonNode> messages = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            messages.add(VectorMessages.json(ToFpgaMessage.of(words[i], i)));
        }
        assertThat(messages).isEqualTo(nodes(out.get("messages")));
    }

    /** Names are those of section 8; a register number is whatever field is neither address nor value. */
    private static void build(PlaybackProgramBuilder builder, JsonNode in) {
        String access = in.get("access").asText();
        int address = (int) in.path("address").asLong();
        int value = (int) in.path("value").asLong();
        if (access.equals("OmnibusWrite")) {
            builder.write(address, value, in.path("byteEnables").asInt(15));
        } else if (access.equals("OmnibusRead")) {
            builder.read(address);
        } else if (access.contains("Pll")) {
            builder.writePllRegister(register(in), value);
        } else if (access.contains("Phy")) {
            builder.writePhyRegister(register(in), value);
        } else if (access.contains("Timer")) {
            builder.read(0x8800_000c);
        } else if (access.contains("Id")) {
            builder.readJtagIdCode();
        } else if (access.contains("Read")) {
            builder.readOverJtag(address);
        } else {
            builder.writeOverJtag(address, value);
        }
    }

    private static int register(JsonNode in) {
        for (Map.Entry<String, JsonNode> field : in.properties()) {
            if (field.getValue().isIntegralNumber()
                    && !List.of("value", "address").contains(field.getKey())) {
                return field.getValue().asInt();
            }
        }
        throw new IllegalArgumentException("no register number in " + in);
    }

    private static void decodeToFpga(JsonNode in, JsonNode out) {
        List<JsonNode> messages = new ArrayList<>();
        ToFpgaDecoder decoder = new ToFpgaDecoder(message -> messages.add(VectorMessages.json(message)));
        List<Integer> perWord = new ArrayList<>();
        WireException error = null;
        for (long word : VectorMessages.words(in.get("words"))) {
            int before = messages.size();
            error = catchThrowableOfType(WireException.class, () -> decoder.word(word));
            if (error != null) {
                break;
            }
            perWord.add(messages.size() - before);
        }
        assertThat(messages).isEqualTo(nodes(out.get("messages")));
        assertThat(perWord).isEqualTo(numbers(out.get("perWord")));
        assertError(error, out);
        assertThat(out.path("pendingBits").asInt()).isZero();
        assertThat(out.path("atEnd").isMissingNode() || out.get("atEnd").isNull())
                .isTrue();
    }

    private static void messageFromFpga(JsonNode in, JsonNode out) {
        FromFpgaMessage message = VectorMessages.fromFpga(in);
        if (out.hasNonNull("error")) {
            assertRefused(out, () -> message.sendTo(new FromFpgaEncoder()));
            return;
        }
        assertThat(message.kind().ordinal()).isEqualTo(out.get("header").asInt());
        assertThat(message.kind().payloadBits())
                .isEqualTo(out.get("payloadBits").asInt());
        FromFpgaEncoder encoder = new FromFpgaEncoder();
        message.sendTo(encoder);
        encoder.flush();
        long[] words = Arrays.copyOf(encoder.words(), encoder.count());
        assertThat(words).isEqualTo(VectorMessages.words(out.get("words")));
        List<FromFpgaMessage> back = new ArrayList<>();
        FromFpgaDecoder decoder = new FromFpgaDecoder(FromFpgaMessage.sink(back::add));
        decoder.words(words, 0, words.length);
        decoder.finish();
        assertThat(back).containsExactly(message);
    }

    private static void streamFromFpga(JsonNode in, JsonNode out) {
        FromFpgaEncoder encoder = new FromFpgaEncoder();
        List<Integer> flushAfter = numbers(in.get("flushAfter"));
        List<FromFpgaMessage> messages = VectorMessages.allFromFpga(in.get("messages"));
        for (int i = 0; i < messages.size(); i++) {
            messages.get(i).sendTo(encoder);
            if (flushAfter.contains(i)) {
                encoder.flush();
            }
        }
        assertThat(Arrays.copyOf(encoder.words(), encoder.count())).isEqualTo(VectorMessages.words(out.get("words")));
    }

    private static void decodeFromFpga(JsonNode in, JsonNode out) {
        List<FromFpgaMessage> messages = new ArrayList<>();
        FromFpgaDecoder decoder = new FromFpgaDecoder(FromFpgaMessage.sink(messages::add));
        List<Integer> perWord = new ArrayList<>();
        WireException error = null;
        for (long word : VectorMessages.words(in.get("words"))) {
            int before = messages.size();
            error = catchThrowableOfType(WireException.class, () -> decoder.word(word));
            if (error != null) {
                break;
            }
            perWord.add(messages.size() - before);
        }
        assertThat(messages).isEqualTo(VectorMessages.allFromFpga(out.get("messages")));
        assertThat(perWord).isEqualTo(numbers(out.get("perWord")));
        assertError(error, out);
        if (error == null) {
            assertThat(decoder.pendingBits()).isEqualTo(out.get("pendingBits").asInt());
            WireException atEnd = catchThrowableOfType(WireException.class, decoder::finish);
            assertThat(atEnd == null ? "null" : atEnd.code().name())
                    .isEqualTo(out.get("atEnd").asText());
        }
    }

    private static void assertError(WireException error, JsonNode out) {
        assertThat(error == null ? "null" : error.code().name())
                .isEqualTo(out.get("error").asText());
        for (String field : List.of("header", "wordIndex", "min", "max")) {
            if (out.has(field)) {
                assertThat(error.detail().fields())
                        .containsEntry(field, out.get(field).asText());
            }
        }
        if (out.has("field")) {
            assertThat(error.detail().thing()).isEqualTo(out.get("field").asText());
            assertThat(error.detail().value()).isEqualTo(out.get("value").asText());
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<Integer> numbers(JsonNode array) {
        List<Integer> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    private static List<JsonNode> nodes(JsonNode array) {
        List<JsonNode> nodes = new ArrayList<>();
        array.forEach(nodes::add);
        return nodes;
    }
}
