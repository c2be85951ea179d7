package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A training that is killed at ten random moments and resumed ends with the arrays of the undisturbed one. */
@Tag("acceptance")
class Shows05KillAndResumeIT {

    private static final long SEED = 20_211_015L;
    private static final int KILLS = 10;
    private static final int EPOCHS = 12;
    private static final String TARGET = "emu:varied?seed=5&mismatch=residual";
    private static final String[] TRAINING = {
        "yin-yang",
        "--target",
        TARGET,
        "--set",
        "training.epochs=" + EPOCHS,
        "--set",
        "training.snapshots_epochs=every: 1",
        "--set",
        "dataset.train_size=1000",
        "--set",
        "dataset.validation_size=200",
        "--set",
        "dataset.test_size=200"
    };

    @Test
    @DisplayName("J09 kill -9 at ten random moments, then resume")
    void killedTenTimes() throws Exception {
        JsonNode whole = Program.train(TRAINING);
        Path undisturbed = Path.of(whole.get("run").get("path").asText());
        double seconds = whole.get("wall_s").asDouble();
        SplittableRandom random = new SplittableRandom(SEED);
        long begin = System.nanoTime();
        int unfinished = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path name = Program.folder("output").resolve("killed-" + kill + ".txt");
            String[] command = new String[TRAINING.length + 4];
            command[0] = "train";
            System.arraycopy(TRAINING, 0, command, 1, TRAINING.length);
            command[TRAINING.length + 1] = "--name";
            command[TRAINING.length + 2] = "killed-" + kill;
            command[TRAINING.length + 3] = "--quiet";
            Process training = Program.start(name, command);
            Path run = waitForRun("killed-" + kill, training);
            long moment = (long) (random.nextDouble() * seconds * 1000);
            // destroyForcibly is SIGKILL: nothing of the process may tidy up
            if (!training.waitFor(moment, TimeUnit.MILLISECONDS)) {
                unfinished++;
                training.descendants().forEach(ProcessHandle::destroyForcibly);
                training.destroyForcibly().waitFor();
                Program.run("resume", run.toString(), "--quiet").succeeded();
            }
            Comparison.assertEqualRuns(undisturbed, run, EPOCHS);
        }
        Table.row(
                5,
                "train yin-yang --target '" + TARGET + "' …, kill -9, resume",
                "arrays and metrics equal the undisturbed run's, " + KILLS + " times",
                String.format(
                        Locale.ROOT,
                        "equal %d times, %d of them killed before the end (seed %d)",
                        KILLS,
                        unfinished,
                        SEED),
                (System.nanoTime() - begin) / 1e9,
                unfinished > KILLS / 2);
    }

    /** The run folder, once a checkpoint says that there is something to resume. */
    private static Path waitForRun(String name, Process training) throws Exception {
        while (true) {
            try (var folders = Files.list(Program.runs())) {
                var run = folders.filter(
                                folder -> folder.getFileName().toString().startsWith(name + "_"))
                        .filter(folder -> Files.exists(folder.resolve("checkpoints/latest")))
                        .max(Path::compareTo);
                if (run.isPresent()) {
                    return run.get();
                }
            }
            if (training.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "training ended with " + training.exitValue() + " before its first checkpoint");
            }
        }
    }
}
