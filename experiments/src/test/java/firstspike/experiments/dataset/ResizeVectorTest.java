package firstspike.experiments.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.vectors.VectorFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ResizeVectorTest {

    private static final Map<String, IntBinaryOperator> FORMULAS = Map.of(
            "(9 x + 3 y) mod 256", (x, y) -> (9 * x + 3 * y) % 256,
            "255 if (x-14)^2+(y-13)^2 < 49 else 0", (x, y) -> (x - 14) * (x - 14) + (y - 13) * (y - 13) < 49 ? 255 : 0,
            "(37 x + 101 y + 13 x y) mod 256", (x, y) -> (37 * x + 101 * y + 13 * x * y) % 256);

    @TestFactory
    List<DynamicTest> cases() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode vector : VectorFiles.read("resize.json").get("vectors")) {
            tests.add(DynamicTest.dynamicTest(vector.get("id").asText(), () -> check(vector)));
        }
        return tests;
    }

    @Test
    @DisplayName("I-20 paper is absent and ink comes at 0.15")
    void encodesPaperAndInk() {
        Samples samples = new Samples(2, 10, new double[] {0 / 255f, 255 / 255f}, new int[] {0});

        assertThat(new Encoding(0.15, 2.0, true, true).times(samples).toArray())
                .containsExactly(Double.POSITIVE_INFINITY, 0.15);
    }

    private static void check(JsonNode vector) {
        IntBinaryOperator pixel = formula(vector.get("formula").asText());
        byte[] image = new byte[IdxImages.SIDE * IdxImages.SIDE];
        for (int y = 0; y < IdxImages.SIDE; y++) {
            for (int x = 0; x < IdxImages.SIDE; x++) {
                image[y * IdxImages.SIDE + x] = (byte) pixel.applyAsInt(x, y);
            }
        }

        int[] small = ImageResize.prepare(image, 0);

        for (int y = 0; y < ImageResize.SIDE; y++) {
            for (int x = 0; x < ImageResize.SIDE; x++) {
                assertThat(small[y * ImageResize.SIDE + x])
                        .as("row %d, column %d", y, x)
                        .isEqualTo(vector.get("expected").get(y).get(x).asInt());
            }
        }
    }

    private static IntBinaryOperator formula(String text) {
        return FORMULAS.getOrDefault(text, (x, y) -> {
            throw new AssertionError("formula " + text + " is not known to this test");
        });
    }
}
