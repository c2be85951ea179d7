package firstspike.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.vectors.VectorFile;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The file vectors of the kinds npy and npy-bad; the other kinds belong to the spike log and its test. */
class NpyVectorTest {

    @TestFactory
    @DisplayName("J25 array vectors")
    Stream<DynamicTest> formats() {
        return VectorFile.cases("formats.json").stream()
                .filter(vector -> vector.get("kind").asText().startsWith("npy"))
                .map(vector -> dynamicTest(vector.get("id").asText(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        String kind = vector.get("kind").asText();
        switch (kind) {
            case "npy" -> reads(vector);
            case "npy-bad" -> refuses(vector);
            default -> throw new AssertionError("vector kind " + kind);
        }
    }

    private static byte[] file(JsonNode vector) {
        return HexFormat.of().parseHex(vector.at("/input/file_hex").asText());
    }

    private static void reads(JsonNode vector) {
        NpyArray array = NpyCodec.read(file(vector), "vector");

        JsonNode expect = vector.get("expect");
        assertThat(array.descr()).isEqualTo(expect.get("dtype").asText());
        assertThat(array.shape()).hasSize(expect.get("shape").size());
        for (int i = 0; i < array.shape().length; i++) {
            assertThat(array.shape()[i]).isEqualTo(expect.get("shape").get(i).intValue());
        }
        JsonNode values = expect.get("values");
        assertThat(array.size()).isEqualTo(values.size());
        for (int i = 0; i < values.size(); i++) {
            switch (array.dtype()) {
                case BOOL ->
                    assertThat(array.booleans()[i]).isEqualTo(values.get(i).booleanValue());
                case BYTES, UNICODE ->
                    assertThat(array.strings()[i]).isEqualTo(values.get(i).asText());
                case F8, F4, F2 ->
                    assertThat(array.doubles()[i]).isEqualTo(values.get(i).doubleValue());
                case I8, I4, I2, I1, U8, U4, U2, U1 ->
                    assertThat(array.longs()[i]).isEqualTo(values.get(i).longValue());
            }
        }
    }

    private static void refuses(JsonNode vector) {
        FormatException error =
                catchThrowableOfType(FormatException.class, () -> NpyCodec.read(file(vector), "vector"));

        String wanted = vector.at("/expect/error")
                .asText()
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
        assertThat(error).isNotNull();
        assertThat(error.code().name()).isEqualTo(wanted);
    }
}
