package firstspike.runtime.calibration.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.vectors.VectorFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SearchVectorTest {

    static Stream<Arguments> vectors() {
        return VectorFile.cases("search.json").stream()
                .map(vector -> Arguments.of(vector.get("id").textValue(), vector));
    }

    @ParameterizedTest(name = "C-02 {0}")
    @MethodSource("vectors")
    void testsTheCodesInOrder(String id, JsonNode vector) {
        JsonNode input = vector.get("input");
        SearchTask task = new SearchTask(
                new SearchRange(input.get("low").intValue(), input.get("high").intValue()),
                new double[] {input.get("target").doubleValue()},
                input.get("inverted").booleanValue());
        IntToDoubleFunction law = law(input);
        List<Integer> tested = new ArrayList<>();
        Observable observable = codes -> {
            tested.add(codes[0]);
            return new double[] {law.applyAsDouble(codes[0])};
        };

        SearchOutcome outcome = search(vector.get("method").textValue(), input, task, observable);

        List<Integer> expected = new ArrayList<>();
        vector.get("expected").get("tested_codes").forEach(code -> expected.add(code.intValue()));
        assertThat(tested).isEqualTo(expected);
        assertThat(outcome.steps()).isEqualTo(expected.size());
        assertThat(outcome.codes())
                .containsExactly(vector.get("expected").get("result").intValue());
    }

    private static SearchOutcome search(String method, JsonNode input, SearchTask task, Observable observable) {
        return switch (method) {
            case "binary" -> BinarySearch.plain().search(task, observable);
            case "noisy-binary" ->
                BinarySearch.noisy(input.get("noise_amplitude").intValue(), 0).search(task, observable, new int[] {
                    input.get("initial_noise").intValue()
                });
            case "linear" ->
                LinearSearch.from(
                                new int[] {input.get("initial").intValue()},
                                input.get("step_size").intValue())
                        .atMost(input.get("max_steps").intValue())
                        .search(task, observable);
            default -> throw new IllegalArgumentException(method);
        };
    }

    private static IntToDoubleFunction law(JsonNode input) {
        double a = input.get("a").doubleValue();
        double b = input.get("b").doubleValue();
        return switch (input.get("function").textValue()) {
            case "linear" -> code -> a + b * code;
            case "clipped" -> code -> Math.max(0, Math.min(255, a + b * code));
            case "reciprocal" -> code -> a / Math.max(code, b);
            case "step" -> code -> code < b ? a : a + 10;
            default -> throw new IllegalArgumentException(input.toString());
        };
    }
}
