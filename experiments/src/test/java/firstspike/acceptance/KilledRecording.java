package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.link.WallClock;
import firstspike.runtime.recording.log.LogRecovery;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.log.RecordKind;
import firstspike.runtime.recording.log.SpikeChunk;
import firstspike.runtime.recording.log.SpikeDirection;
import firstspike.runtime.recording.log.SpikeLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Kills {@code record} in the middle of its work and looks at what its log still has. */
final class KilledRecording {

    /** What was printed so long before the kill must be whole in the log. */
    private static final long SAFE_MS = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> program;
    private final Path folder;

    /** What a process said, and when it was heard. */
    private record Line(long nanos, long program, long events) {}

    /** What was found: programs that were printed in time, all programs of the log, those without an end. */
    record Found(int printed, long programs, long torn) {}

    /**
     * @param program how the command line begins
     * @param folder for stimulus, network and logs
     */
    KilledRecording(List<String> program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Writes network and stimulus: many programs with bursts and silences. */
    void prepare(int programs) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("net.yaml"), """
                schema: firstspike.experiment/1
                id: killed
                task: record
                network:
                  inputs: 5
                  layers:
                    - {name: hidden, size: 20, weight_init: {mean: 1.5, std: 0.8}}
                    - {name: out, size: 4, weight_init: {mean: 0.6, std: 0.5}}
                """);
        SplittableRandom random = new SplittableRandom(programs);
        StringBuilder rows = new StringBuilder("program,tick,neuron\n");
        for (int p = 0; p < programs; p++) {
            long tick = 1;
            int events = random.nextInt(20, 300);
            for (int i = 0; i < events; i++) {
                tick += random.nextInt(i % 50 == 0 ? 20_000 : 500);
                rows.append(p)
                        .append(',')
                        .append(tick)
                        .append(',')
                        .append(random.nextInt(5))
                        .append('\n');
            }
        }
        Files.writeString(folder.resolve("in.csv"), rows);
    }

    /** The command line of the recording. */
    List<String> command(String target, Path log) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                "record",
                "--json",
                "--quiet",
                "--target",
                target,
                "--network",
                folder.resolve("net.yaml").toString()));
        command.addAll(List.of("--stimulus", folder.resolve("in.csv").toString(), "--out", log.toString(), "--force"));
        return command;
    }

    /**
     * Records, kills so long after the first program was printed, recovers twice, moves the log alone to an empty folder and
     * replays it.
     */
    Found killAfter(long milliseconds, String target, String name) throws Exception {
        Path log = folder.resolve(name + ".fslog");
        Process process = new ProcessBuilder(command(target, log))
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
        List<Line> lines = new ArrayList<>();
        CountDownLatch first = new CountDownLatch(1);
        Thread reader = new Thread(() -> read(process, lines, first));
        reader.start();
        assertThat(first.await(5, TimeUnit.MINUTES)).isTrue();
        process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        long killed = System.nanoTime();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        reader.join();
        assertThat(lines).as(Files.readString(folder.resolve(name + ".err"))).isNotEmpty();

        LogRecovery.recover(log, false, WallClock.system());
        String once = sha256(log);
        LogRecovery.recover(log, false, WallClock.system());
        assertThat(sha256(log)).as("second recovery of " + log).isEqualTo(once);

        Map<Long, Long> whole = wholePrograms(log);
        int printed = 0;
        for (Line line : lines) {
            if (killed - line.nanos() >= TimeUnit.MILLISECONDS.toNanos(SAFE_MS)) {
                printed++;
                assertThat(whole).as("program " + line.program()).containsEntry(line.program(), line.events());
            }
        }
        Path alone = Files.createTempDirectory(folder, "alone");
        Path moved = Files.move(log, alone.resolve("moved.fslog"));
        JsonNode replay = replay(moved, target);
        assertThat(replay.path("equal").asBoolean()).as(replay.toString()).isTrue();
        Files.delete(moved);
        return new Found(
                printed,
                replay.path("programs").asLong(),
                replay.path("without_end").asLong());
    }

    private static void read(Process process, List<Line> lines, CountDownLatch first) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String text = out.readLine(); text != null; text = out.readLine()) {
                long now = System.nanoTime();
                if (text.startsWith("{\"schema\":\"firstspike.program/1\"") && text.endsWith("}")) {
                    JsonNode line = JSON.readTree(text);
                    lines.add(new Line(
                            now,
                            line.path("program").asLong(),
                            line.path("events").asLong()));
                }
                first.countDown();
            }
        } catch (IOException e) {
            // the pipe of a killed process may break in the middle of a line
            return;
        } finally {
            first.countDown();
        }
    }

    /** Events from the chip of each program that has its end. */
    private static Map<Long, Long> wholePrograms(Path file) {
        Map<Long, Long> events = new TreeMap<>();
        Map<Long, Long> ended = new LinkedHashMap<>();
        try (SpikeLog log = SpikeLog.open(file)) {
            log.read(false, (record, offset) -> {
                if (record.kind() == RecordKind.SPIKES
                        && ((SpikeChunk) record).direction() == SpikeDirection.FROM_CHIP) {
                    events.merge(record.program(), (long) record.events(), Long::sum);
                } else if (record.kind() == RecordKind.MARK && ((Mark) record).what() == Mark.Kind.PROGRAM_END) {
                    ended.put(record.program(), events.getOrDefault(record.program(), 0L));
                }
            });
        }
        return ended;
    }

    private JsonNode replay(Path log, String target) throws Exception {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("replay", log.toString(), "--target", target, "--compare", "--json", "--quiet"));
        Process process = new ProcessBuilder(command)
                .redirectError(log.resolveSibling("replay.err").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(said).as(Files.readString(log.resolveSibling("replay.err"))).startsWith("{");
        return JSON.readTree(said);
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
