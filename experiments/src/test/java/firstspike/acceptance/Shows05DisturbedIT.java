package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunIndex;
import firstspike.runtime.recording.RunState;
import firstspike.runtime.training.CheckpointFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that are interrupted, lose their server or their disk, and commands that go wrong, each with one clear end. */
@Tag("acceptance")
class Shows05DisturbedIT {

    private static final String CHIP = "varied?seed=4&mismatch=residual";

    @TempDir
    Path folder;

    @Test
    @DisplayName("J10 an interrupt ends with exit 130, a checkpoint and a resume command that works when pasted")
    void interrupted() throws Exception {
        String name = unique("interrupted");
        Path err = folder.resolve("err.txt");
        Process training = Program.start(err, training("emu:" + CHIP, name, "30"));
        Path run = waitFor(name, training);
        long asked = System.nanoTime();
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(training.pid()))
                        .start()
                        .waitFor())
                .isZero();
        int exit = training.waitFor();
        double seconds = (System.nanoTime() - asked) * 1e-9;
        String printed = Files.readAllLines(err).stream()
                .filter(line -> line.startsWith("resume with: firstspike "))
                .map(line -> line.substring("resume with: firstspike ".length()))
                .findFirst()
                .orElse("");
        RunState state = RunFolder.record(run).state();
        String program = "'" + Program.root().resolve("experiments/target/dist/bin/firstspike") + "'";
        Program.Outcome resumed = Program.execute(
                "firstspike " + printed,
                folder,
                Map.of(),
                List.of("sh", "-c", "sh " + program + " " + printed + " --epochs 3"));
        Table.row(
                5,
                "kill -INT, then the printed command",
                "130 within 5 s, interrupted, 0",
                exit + ", " + state.text() + ", " + resumed.exit(),
                seconds,
                exit == 130 && state == RunState.INTERRUPTED && resumed.exit() == 0);
    }

    @Test
    void aServerThatDiesLeavesACheckpointAndExit4() throws Exception {
        Process server = Program.start(
                folder.resolve("server.txt"), "emulate", "--listen", "127.0.0.1:0", "--chip", CHIP, "--json");
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        int port = new ObjectMapper().readTree(lines.readLine()).path("port").asInt();
        Path err = folder.resolve("err.txt");
        String name = unique("orphan");
        List<String> command = new ArrayList<>(List.of(training("grpc://127.0.0.1:" + port, name, "30")));
        command.addAll(List.of("--link-patience", "2s"));
        Process training = Program.start(err, command.toArray(String[]::new));
        Path run = waitFor(name, training);
        long killed = System.nanoTime();
        server.destroyForcibly().waitFor();
        int exit = training.waitFor();
        String said = Files.readString(err);
        Table.row(
                5,
                "server killed while training",
                "4, interrupted, a resume command, no stack trace",
                exit + ", " + RunFolder.record(run).state().text(),
                (System.nanoTime() - killed) * 1e-9,
                exit == 4
                        && RunFolder.record(run).state() == RunState.INTERRUPTED
                        && said.contains("firstspike resume ")
                        && !said.contains("\tat "));
        assertThat(new CheckpointFolder(run.resolve("checkpoints")).latest()).isPresent();
    }

    @Test
    @DisplayName("J14 a full disk exits 6 and the last checkpoint verifies")
    void fullDisk() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small disk"));
        int mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", small.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor();
        Assumptions.assumeTrue(mounted == 0, "a small file system can only be mounted by root");
        try {
            Program.Outcome outcome = Program.run(
                    "train",
                    "yin-yang-software",
                    "--runs",
                    small.toString(),
                    "--set",
                    "training.epochs=200",
                    "--set",
                    "training.snapshots_epochs={every: 1}",
                    "--set",
                    "dataset.train_size=300",
                    "--set",
                    "report.figures=[]");
            Table.row(
                    5,
                    "train on a full disk",
                    "6, path and free bytes, no stack trace",
                    "exit " + outcome.exit(),
                    outcome.seconds(),
                    outcome.exit() == 6
                            && outcome.err().contains(small.toString())
                            && outcome.err().contains("bytes free")
                            && !outcome.err().contains("\tat "));
            Path run = new RunIndex(small).find("@last");
            assertThat(new CheckpointFolder(run.resolve("checkpoints")).latest())
                    .isPresent();
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }

    @Test
    @DisplayName("J43 J56 exit codes of a copy in an odd place, started through a link")
    void exitCodes() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("Größe mit Lücke ☂"));
        Path copy = odd.resolve("dist kopie");
        String dist = Program.root().resolve("experiments/target/dist").toString();
        assertThat(new ProcessBuilder("cp", "-r", dist, copy.toString()).start().waitFor())
                .isZero();
        Path link = Files.createSymbolicLink(odd.resolve("fs"), copy.resolve("bin/firstspike"));
        String lossy = "emu:varied?seed=1&mismatch=residual&event_loss=0.01";
        String[][] commands = {
            {"0", "--version"},
            {"0", "train", "yin-yang-software", "--set", "training.epochs=0", "--set", "dataset.train_size=10"},
            {"1", "train", "yin-yang-software", "--set", "training.epochs=0", "--set", "require=[test/accuracy > 1]"},
            {"2", "trian"},
            {"3", "train", "yin-yang-software", "--set", "training.epochs=-1"},
            {"4", "targets", "grpc://127.0.0.1:1", "--connect-patience", "200ms"},
            {"5", "train", "yin-yang", "--target", lossy, "--set", "training.epochs=1", "--set", "dataset.train_size=80"
            },
            {
                "0",
                "train",
                "yin-yang",
                "--target",
                lossy,
                "--set",
                "training.epochs=1",
                "--set",
                "dataset.train_size=80",
                "--allow-degraded",
                "events.dropped.link"
            },
            {"6", "train", "mnist16-software"},
            {"7", "train", "yin-yang", "--target", "emu:varied?seed=1"},
            {"9", "train", "yin-yang-software", "--record", "spikes"},
        };
        StringBuilder expected = new StringBuilder();
        StringBuilder measured = new StringBuilder();
        double seconds = 0;
        for (String[] command : commands) {
            List<String> line = new ArrayList<>(List.of(link.toString()));
            line.addAll(List.of(command).subList(1, command.length));
            Program.Outcome outcome = Program.execute(String.join(" ", line), odd, Map.of(), line);
            expected.append(command[0]).append(' ');
            measured.append(outcome.exit()).append(outcome.err().contains("\tat ") ? " with a stack trace " : " ");
            seconds += outcome.seconds();
        }
        Table.row(
                5,
                "exit codes, J43",
                expected.toString().strip(),
                measured.toString().strip(),
                seconds,
                measured.toString().equals(expected.toString()));
    }

    /** Earlier passes of this test may have left runs of the same name. */
    private static String unique(String name) {
        return name + "-" + Long.toHexString(System.nanoTime());
    }

    private static String[] training(String target, String name, String epochs) {
        return new String[] {
            "train",
            "yin-yang",
            "--target",
            target,
            "--name",
            name,
            "--quiet",
            "--set",
            "training.epochs=" + epochs,
            "--set",
            "training.snapshots_epochs={every: 1}",
            "--set",
            "dataset.train_size=1000",
            "--set",
            "dataset.validation_size=200",
            "--set",
            "dataset.test_size=200",
            "--set",
            "report.figures=[]"
        };
    }

    /** The newest run of a name, once its first epoch is done. */
    private static Path waitFor(String name, Process training) throws IOException, InterruptedException {
        while (true) {
            try (var all = Files.list(Program.runs())) {
                var run = all.filter(path -> path.getFileName().toString().startsWith(name + "_"))
                        .max(Path::compareTo)
                        .filter(path -> Files.exists(path.resolve("checkpoints/epoch-00001.npz")));
                if (run.isPresent()) {
                    return run.get();
                }
            }
            if (training.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("training ended with " + training.exitValue() + " before its first epoch");
            }
        }
    }
}
