package firstspike.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clock of server or trainer is set, or one of them stands still, in the middle of a training: the arrays stay the same. */
@Tag("acceptance")
class ClockAndPauseIT {

    private static final String CHIP = "varied?seed=7&mismatch=residual";
    private static final int EPOCHS = 6;
    private static final int PAUSE_S = Integer.getInteger("firstspike.pause.seconds", 30);

    private static Path undisturbed;

    private enum Disturbance {
        CLOCK_OF_SERVER,
        CLOCK_OF_TRAINER,
        SERVER_STOPPED,
        TRAINER_STOPPED
    }

    @BeforeAll
    static void reference() {
        JsonNode result = Program.train(training("emu:" + CHIP).toArray(String[]::new));
        undisturbed = Path.of(result.get("run").get("path").asText());
    }

    private static List<String> training(String target) {
        return List.of(
                "yin-yang",
                "--target",
                target,
                "--set",
                "training.epochs=" + EPOCHS,
                "--set",
                "training.snapshots_epochs={every: 1}",
                "--set",
                "report.figures=[]",
                "--threads",
                "1");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("clocks set forward and back an hour, and SIGSTOP, in the middle of a training")
    void disturbed(Disturbance disturbance) throws Exception {
        long begin = System.nanoTime();
        boolean clock = disturbance == Disturbance.CLOCK_OF_SERVER || disturbance == Disturbance.CLOCK_OF_TRAINER;
        Path offset = Program.folder("clock").resolve(disturbance + ".offset");
        Map<String, String> faked = Map.of();
        if (clock) {
            Optional<Path> library = library();
            assumeTrue(library.isPresent(), "libfaketime is not installed");
            Files.writeString(offset, "+0");
            faked = Map.of(
                    "LD_PRELOAD",
                    library.orElseThrow().toString(),
                    "FAKETIME_TIMESTAMP_FILE",
                    offset.toString(),
                    "FAKETIME_NO_CACHE",
                    "1",
                    // the time that measures durations is never set by anybody
                    "FAKETIME_DONT_FAKE_MONOTONIC",
                    "1");
        }
        Map<String, String> ofServer = disturbance == Disturbance.CLOCK_OF_SERVER ? faked : Map.of();
        Map<String, String> ofTrainer = disturbance == Disturbance.CLOCK_OF_TRAINER ? faked : Map.of();
        try (Served server =
                Served.start("clock", ofServer, "emulate", "--listen", "127.0.0.1:0", "--chip", CHIP, "--json")) {
            Path runs = Files.createTempDirectory(Program.folder("clock"), "runs");
            List<String> line = new ArrayList<>(List.of("train", "--json", "--runs", runs.toString()));
            line.addAll(training(server.grpcTarget()));
            Path err = Files.createTempFile(Program.folder("output"), "clock", ".err");
            Process trainer = Program.start(err, new HashMap<>(ofTrainer), line.toArray(String[]::new));
            try {
                awaitEpoch(runs, trainer, err, 1);
                switch (disturbance) {
                    case CLOCK_OF_SERVER, CLOCK_OF_TRAINER -> {
                        Files.writeString(offset, "+3600");
                        awaitEpoch(runs, trainer, err, 3);
                        Files.writeString(offset, "-3600");
                    }
                    case SERVER_STOPPED -> pause(server.pid());
                    case TRAINER_STOPPED -> pause(trainer.pid());
                }
                String said = new String(trainer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int exit = trainer.waitFor();
                JsonNode result = new ObjectMapper().readTree(said);
                boolean equal = exit == 0;
                if (equal) {
                    Comparison.assertEqualButLink(
                            undisturbed, Path.of(result.get("run").get("path").asText()), EPOCHS);
                }
                Table.row(
                        "clock and pause",
                        "train yin-yang --target grpc://… (" + disturbance + ")",
                        "the arrays of an undisturbed training, or a typed error",
                        equal
                                ? "equal arrays"
                                : "exit " + exit + " " + result.path("code").asText(),
                        (System.nanoTime() - begin) / 1e9,
                        equal || !result.path("code").asText("BUG").equals("BUG"));
            } finally {
                trainer.destroyForcibly();
            }
        }
    }

    private static Optional<Path> library() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        }
    }

    private static void pause(long pid) throws Exception {
        signal("STOP", pid);
        try {
            // nothing can be waited for: the process does nothing for so long
            TimeUnit.SECONDS.sleep(PAUSE_S);
        } finally {
            signal("CONT", pid);
        }
    }

    private static void signal(String name, long pid) throws Exception {
        if (new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor() != 0) {
            throw new AssertionError("kill -" + name + " " + pid);
        }
    }

    private static void awaitEpoch(Path runs, Process trainer, Path err, int epoch) throws Exception {
        while (true) {
            if (!trainer.isAlive()) {
                throw new AssertionError("the training ended: " + Files.readString(err));
            }
            try (Stream<Path> all = Files.walk(runs)) {
                if (all.anyMatch(file -> file.endsWith(String.format("checkpoints/epoch-%05d.npz", epoch)))) {
                    return;
                }
            }
            trainer.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }
}
