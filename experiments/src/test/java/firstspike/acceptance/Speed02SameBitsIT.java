package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same training on other threads, with and without the Vector API, and on another Java (the JDK that the environment
 * variable {@code FIRSTSPIKE_JDK25} names, if any) leaves the same arrays and metrics.
 */
@Tag("acceptance")
class Speed02SameBitsIT {

    private static final String LINE = "speed 2";

    @ParameterizedTest
    @CsvSource({
        "yin-yang-software, ideal:, 6",
        "yin-yang, emu:nominal?seed=1, 2",
        "yin-yang, emu:varied?seed=3&mismatch=residual, 2",
        "digits16, emu:nominal?seed=1, 2"
    })
    @DisplayName("1, 2 and 4 threads, Vector API on and off, Java 17 and 25")
    void sameBits(String experiment, String target, int epochs) throws IOException {
        long begin = System.nanoTime();
        Path first = train(experiment, target, epochs, "1", "auto", Map.of());
        List<String> compared = new ArrayList<>();
        for (String threads : List.of("1", "2", "4")) {
            for (String kernel : List.of("scalar", "vector")) {
                Comparison.assertEqualRuns(first, train(experiment, target, epochs, threads, kernel, Map.of()), epochs);
                compared.add(threads + " " + kernel);
            }
        }
        String other = System.getenv("FIRSTSPIKE_JDK25");
        if (other != null) {
            Map<String, String> java =
                    Map.of("FIRSTSPIKE_JAVA", Path.of(other, "bin", "java").toString());
            for (String kernel : List.of("scalar", "vector")) {
                Comparison.assertEqualRuns(first, train(experiment, target, epochs, "2", kernel, java), epochs);
                compared.add("the other JDK " + kernel);
            }
        }
        Table.row(
                LINE,
                "train " + experiment + " --target '" + target + "' --set training.epochs=" + epochs,
                "equal arrays and metrics on 1, 2, 4 threads, kernels scalar and vector, Java 17 and 25",
                "equal: " + String.join(", ", compared) + (other == null ? "; FIRSTSPIKE_JDK25 names no JDK" : ""),
                (System.nanoTime() - begin) / 1e9,
                true);
    }

    private static Path train(
            String experiment, String target, int epochs, String threads, String kernel, Map<String, String> java) {
        Map<String, String> environment = new LinkedHashMap<>(java);
        JsonNode result = Program.run(
                        environment,
                        "train",
                        experiment,
                        "--target",
                        target,
                        "--threads",
                        threads,
                        "--set",
                        "training.epochs=" + epochs,
                        "--firstspike.kernel=" + kernel,
                        "--json")
                .succeeded()
                .json();
        return Path.of(result.get("run").get("path").asText());
    }
}
