package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.exchange.NpyCodec;
import firstspike.runtime.exchange.NpzFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A training that looks at its calibration between epochs goes on exactly. */
@Tag("acceptance")
class Calibration05ResumeIT {

    private static final String[] SHORT = {
        "--set", "dataset.train_size=600",
        "--set", "dataset.validation_size=100",
        "--set", "dataset.test_size=100",
        "--set", "report.figures=[]",
        "--set", "training.drift_check_epochs=2",
        // rates that do not depend on the number of epochs
        "--set", "training.schedule={kind: step, every_epochs: 1000, gamma: 1}"
    };

    @Test
    void resumesToEqualArrays() {
        CalibratedSeeds.require(1);

        JsonNode whole = train("training.epochs=5");
        JsonNode part = train("training.epochs=3");
        String run = part.get("run").get("path").asText();
        JsonNode resumed = Program.run("resume", run, "--epochs", "5", "--json", "--quiet")
                .succeeded()
                .json();

        SortedMap<String, String> first = arrays(whole);
        SortedMap<String, String> second = arrays(resumed);
        Table.row(
                "calibration 5",
                "train with drift_check_epochs: 2, 5 epochs at once and 3 + 2 by resume",
                "equal arrays",
                first.equals(second) ? first.size() + " equal arrays" : "arrays differ",
                whole.get("wall_s").asDouble() + resumed.get("wall_s").asDouble(),
                first.equals(second));
        assertThat(first).isNotEmpty();
    }

    private static JsonNode train(String epochs) {
        String[] head = {"yin-yang", "--target", CalibratedSeeds.target(1), "--set", epochs};
        String[] all = Arrays.copyOf(head, head.length + SHORT.length);
        System.arraycopy(SHORT, 0, all, head.length, SHORT.length);
        return Program.train(all);
    }

    private static SortedMap<String, String> arrays(JsonNode result) {
        Path file = Path.of(result.get("run").get("path").asText()).resolve("checkpoints/epoch-00005.npz");
        SortedMap<String, String> digests = new TreeMap<>();
        try (NpzFile checkpoint = NpzFile.open(file)) {
            for (String name : checkpoint.arrays()) {
                if (!name.endsWith("wall_s")) {
                    digests.put(name, NpyCodec.sha256(checkpoint.array(name)));
                }
            }
        }
        return digests;
    }
}
