package firstspike.experiments.cli.results;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.OutputFile;
import firstspike.experiments.cli.common.RunsOption;
import firstspike.experiments.report.RunReport;
import firstspike.experiments.results.StoredRun;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a run as one page. */
@Command(
        name = "report",
        header = "Writes a run, finished or not, as one HTML page that needs no network.",
        footer = {"  firstspike report @last --open", "  firstspike report @last --out result.html"})
public final class ReportCommand extends Action {

    private static final String FILE = "report.html";

    @Parameters(paramLabel = "RUN", description = "A folder, its name, a beginning of its id, or @last.")
    String run;

    @Option(names = "--out", paramLabel = "FILE", description = "The page (default: report.html in the run folder).")
    Path out;

    @Option(names = "--open", description = "Show it in the browser of this machine.")
    boolean open;

    @Mixin
    OutputFile output = new OutputFile();

    @Mixin
    RunsOption runs = new RunsOption();

    @Override
    protected int run(Environment environment, Console console) throws IOException {
        StoredRun stored = StoredRun.read(runs.index(environment).find(run));
        if (out != null) {
            output.check(out);
        }
        byte[] page = new RunReport(stored).html().getBytes(StandardCharsets.UTF_8);
        Path file = out != null ? out : stored.status().path().resolve(FILE);
        if (out != null) {
            output.write(file, page);
        } else {
            intoFolder(stored, file, page);
        }
        console.line("report " + file);
        console.line("state  " + stored.stateLine());
        console.line("health: " + StoredRun.text(stored.health().get("verdict")));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.report/1");
        tree.put("run", stored.record().get("run_id"));
        tree.put("path", file.toString());
        tree.put("bytes", (long) page.length);
        tree.put("state", stored.status().state().text());
        tree.put("result", stored.record().get("result"));
        console.object(tree);
        if (open) {
            show(file, console);
        }
        return DONE;
    }

    /** A run that has ended lists its files with their hashes; that list stays true. */
    private static void intoFolder(StoredRun stored, Path file, byte[] page) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), page)) {
            return;
        }
        if (stored.status().owned()) {
            throw new StorageException(
                    StorageException.Code.RUN_LOCKED,
                    "run " + stored.status().path(),
                    "owned by " + StoredRun.text(stored.record().get("lock")),
                    "one writer",
                    "say --out FILE, or wait for its end");
        }
        try (RunFolder folder = RunFolder.open(stored.status().path())) {
            folder.write(FILE, page);
            RunRecord record = RunFolder.record(folder.path());
            if (record.get("files") instanceof Map<?, ?>) {
                folder.write(record.set("files", folder.inventory()));
            }
        }
    }

    private static void show(Path file, Console console) {
        String address = file.toAbsolutePath().normalize().toUri().toString();
        String system = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
        List<String> line = system.contains("mac")
                ? List.of("open", address)
                : system.contains("win")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                        : List.of("xdg-open", address);
        try {
            new ProcessBuilder(line)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            console.warn("no browser could be started (" + line.get(0) + "); open " + address);
        }
    }
}
