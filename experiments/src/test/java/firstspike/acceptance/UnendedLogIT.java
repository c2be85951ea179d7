package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.experiments.cli.Main;
import firstspike.runtime.recording.log.SpikeLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Logs that did not end, cut at a thousand places and left by killed recordings: every reading says what is missing. */
@Tag("acceptance")
class UnendedLogIT {

    private static final int CUTS = 500;
    private static final int KILLS = 20;
    private static final int NOT_ENDED = 10;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> READERS = List.of(
            "log cat LOG --program 0",
            "log stats LOG",
            "log export LOG --format csv --out OUT --force",
            "log export LOG --format npz --out OUT --force",
            "log diff LOG LOG");

    private static Path folder;
    private static byte[] whole;
    private static final TreeSet<Integer> BORDERS = new TreeSet<>();
    private static KilledRecording recording;

    @BeforeAll
    static void aLog() throws Exception {
        folder = Program.folder("unended");
        recording = new KilledRecording(
                List.of(
                        "sh",
                        Program.root()
                                .resolve("experiments/target/dist/bin/firstspike")
                                .toString()),
                folder);
        recording.prepare(160);
        Path log = folder.resolve("whole.fslog");
        Process process = new ProcessBuilder(recording.command("emu:nominal?seed=3", log))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError("record exited " + process.exitValue());
        }
        whole = Files.readAllBytes(log);
        try (SpikeLog read = SpikeLog.open(log)) {
            read.read(false, (record, offset) -> BORDERS.add((int) offset));
        }
    }

    private record Said(int exit, String out, String err) {}

    private static Said run(String reader, Path log) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String line = reader.replace("LOG", log.toString())
                        .replace("OUT", folder.resolve("out").toString()) + " --json";
        int exit = Main.run(
                line.split(" "),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Whether a reading says that the log did not end, in all three ways. */
    private static boolean isTold(Said said) throws IOException {
        List<String> lines = said.out().lines().toList();
        JsonNode tree = JSON.readTree(lines.get(lines.size() - 1));
        return said.exit() == NOT_ENDED
                && said.err().contains("did not end: no footer after byte ")
                && tree.path("code").asText().equals("LOG_NOT_ENDED")
                && tree.path("exit").asInt() == NOT_ENDED
                && tree.path("missing").toString().contains("did not end");
    }

    private static void row(String name, String command, int wanted, int told, long begin) {
        Table.row(
                "log ends",
                command,
                "each reading of " + name + " says so on standard error, in --json and by exit 10",
                told + " of " + wanted + " readings",
                (System.nanoTime() - begin) / 1e9,
                told == wanted);
    }

    private static void cuts(String name, List<Integer> places) throws IOException {
        long begin = System.nanoTime();
        Path cut = folder.resolve("cut.fslog");
        int told = 0;
        for (int i = 0; i < places.size(); i++) {
            Files.write(cut, Arrays.copyOf(whole, places.get(i)));
            for (String reader : READERS) {
                told += isTold(run(reader, cut)) ? 1 : 0;
            }
        }
        row(
                places.size() + " cuts " + name,
                "log cat, stats, export, diff --json",
                places.size() * READERS.size(),
                told,
                begin);
    }

    @Test
    @DisplayName("500 cuts exactly between two records are told by every reading")
    void atBorders() throws IOException {
        List<Integer> borders = new ArrayList<>(BORDERS);
        SplittableRandom random = new SplittableRandom(19);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < CUTS; i++) {
            places.add(borders.get(random.nextInt(borders.size())));
        }
        cuts("between records", places);
    }

    @Test
    @DisplayName("500 cuts inside of records are told by every reading")
    void elsewhere() throws IOException {
        SplittableRandom random = new SplittableRandom(20);
        List<Integer> places = new ArrayList<>();
        while (places.size() < CUTS) {
            int place = random.nextInt(BORDERS.first(), whole.length);
            if (!BORDERS.contains(place)) {
                places.add(place);
            }
        }
        cuts("inside of records", places);
    }

    @Test
    @DisplayName("20 killed recordings are told by every reading, replay among them")
    void killed() throws Exception {
        long begin = System.nanoTime();
        recording.prepare(5000);
        List<String> readers = new ArrayList<>(READERS);
        readers.add("replay LOG --compare --programs 0..3 --target emu:nominal?seed=3");
        SplittableRandom random = new SplittableRandom(21);
        int told = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path log = folder.resolve("killed.fslog");
            Process process = new ProcessBuilder(recording.command("emu:nominal?seed=3", log))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                // the first program has been printed, so the log has begun
                process.getInputStream().read();
                process.waitFor(random.nextInt(500), TimeUnit.MILLISECONDS);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            for (String reader : readers) {
                told += isTold(run(reader, log)) ? 1 : 0;
            }
        }
        row(
                KILLS + " killed recordings",
                "log cat, stats, export, diff, replay --json",
                KILLS * readers.size(),
                told,
                begin);
    }
}
