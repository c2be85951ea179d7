package firstspike.experiments.cli;

import firstspike.experiments.bench.Benchmarks;
import firstspike.experiments.bench.Measurement;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.recording.JsonText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast this machine trains. */
@Command(
        name = "bench",
        header = "Measures how fast this machine trains; digests show that threads change nothing.",
        footer = {"  firstspike bench threads", "  firstspike bench --quick --json"})
final class BenchCommand extends Action {

    private static final String FORM = "%-18s %-36s %7s %9s %10s %12s %-17s %s";

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "threads, ideal, loop-nominal, loop-residual, grpc (default: all).")
    List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "Shorter trainings.")
    boolean quick;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (default: all cores).")
    Integer threads;

    @Option(names = "--out", paramLabel = "FILE", description = "Also write the result as JSON.")
    Path out;

    @Option(names = "--force", description = "Overwrite the file of --out.")
    boolean force;

    @Override
    int run(Environment environment, Console console) {
        for (String name : names) {
            if (!Benchmarks.names().contains(name)) {
                throw new UsageException(
                        "benchmark: " + name + " (known: " + String.join(", ", Benchmarks.names()) + "); "
                                + firstspike.experiments.config.Nearest.to(name, Benchmarks.names())
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse("choose one"));
            }
        }
        if (out != null && !force && java.nio.file.Files.exists(out)) {
            throw new firstspike.runtime.error.StorageException(
                    firstspike.runtime.error.StorageException.Code.EXISTS,
                    "--out " + out,
                    "is there already",
                    "",
                    "choose another name, or --force");
        }
        int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (cores < 1 || cores > 1024) {
            throw new UsageException("--threads: " + cores + " (limit: 1 to 1024); give the number of cores");
        }
        List<Measurement> measured = new ArrayList<>();
        console.line(String.format(
                FORM, "benchmark", "target", "threads", "samples", "seconds", "us a sample", "weights", "goal"));
        Benchmarks benchmarks = new Benchmarks(quick, cores, measurement -> {
            measured.add(measurement);
            console.line(row(measurement));
        });
        for (String name : names.isEmpty() ? Benchmarks.names() : names) {
            console.progress("measuring " + name);
            benchmarks.run(name);
        }
        Map<String, Object> tree = tree(measured);
        console.object(tree);
        if (out != null) {
            AtomicFile.replace(out, JsonText.pretty(tree).getBytes(StandardCharsets.UTF_8));
        }
        return sameDigests(measured) ? DONE : Failure.FALSE_RESULT;
    }

    /** Equal trainings with other numbers of threads must give equal weights. */
    private static boolean sameDigests(List<Measurement> measured) {
        return measured.stream()
                        .filter(m -> m.name().equals("threads"))
                        .map(Measurement::digest)
                        .distinct()
                        .count()
                <= 1;
    }

    private static String row(Measurement m) {
        return String.format(
                Locale.ROOT,
                FORM,
                m.name(),
                m.target().replaceAll(":[0-9]+$", ":…"),
                m.threads(),
                m.samples(),
                String.format(Locale.ROOT, "%.3f", m.seconds()),
                String.format(Locale.ROOT, "%.2f", m.microsecondsPerSample()),
                m.digest(),
                m.goal());
    }

    private static Map<String, Object> tree(List<Measurement> measured) {
        List<Object> rows = new ArrayList<>();
        for (Measurement m : measured) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", m.name());
            row.put("target", m.target());
            row.put("threads", m.threads());
            row.put("samples", m.samples());
            row.put("seconds", m.seconds());
            row.put("us_per_sample", m.microsecondsPerSample());
            row.put("weights_sha256_head", m.digest());
            row.put("goal", m.goal());
            rows.add(row);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.bench/1");
        tree.put("version", Versions.product());
        tree.put("java", System.getProperty("java.version"));
        tree.put("cores", Runtime.getRuntime().availableProcessors());
        tree.put("measurements", rows);
        return tree;
    }
}
