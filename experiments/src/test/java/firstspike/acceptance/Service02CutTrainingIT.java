package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A training through a proxy that cuts the connection every 5 s for 1 s leaves the arrays of one without. */
@Tag("acceptance")
class Service02CutTrainingIT {

    private static final String CHIP = "varied?seed=7&mismatch=residual";
    private static final int EPOCHS = 12;
    private static final int LEAST_CUTS = 3;

    @Test
    @DisplayName("J11 U6 training through a proxy that cuts every 5 s")
    void cutEveryFiveSeconds() throws Exception {
        long begin = System.nanoTime();
        Path local = run("emu:" + CHIP).path();
        try (Served server = Served.start("emulate", "emulate", "--listen", "127.0.0.1:0", "--chip", CHIP, "--json");
                PeriodicCuts proxy = new PeriodicCuts(server.ready().get("port").asInt())) {
            Run cut = run("grpc://127.0.0.1:" + proxy.port());

            Comparison.assertEqualButLink(local, cut.path(), EPOCHS);
            assertThat(proxy.cuts()).isGreaterThanOrEqualTo(LEAST_CUTS);
            Table.row(
                    "service 2",
                    "train yin-yang --target grpc://proxy --set training.epochs=" + EPOCHS,
                    "arrays and metrics of the run in process; link.reconnects > 0, program.repeats = 0",
                    String.format(
                            Locale.ROOT,
                            "equal; %d cuts, link.reconnects=%d, program.repeats=%d",
                            proxy.cuts(),
                            cut.counter("link.reconnects"),
                            cut.counter("program.repeats")),
                    (System.nanoTime() - begin) / 1e9,
                    cut.counter("link.reconnects") > 0 && cut.counter("program.repeats") == 0);
        }
    }

    private static Run run(String target) {
        return new Run(Program.train(
                "yin-yang",
                "--target",
                target,
                "--set",
                "training.epochs=" + EPOCHS,
                "--set",
                "report.figures=[]",
                "--threads",
                "1",
                // the first connection may meet a cut, or a busy machine
                "--connect-patience",
                "60s"));
    }

    /** What a training printed. */
    private record Run(JsonNode result) {

        Path path() {
            return Path.of(result.get("run").get("path").asText());
        }

        long counter(String key) {
            return result.get("health").get("counters").path(key).asLong();
        }
    }
}
