package firstspike.experiments.cli;

import firstspike.experiments.bench.Benchmarks;
import firstspike.experiments.bench.Measurement;
import firstspike.experiments.bench.Rate;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.cli.common.Versions;
import firstspike.experiments.figure.CostCurves;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast this machine trains, and how fast its wire is. */
@Command(
        name = "bench",
        header = "Measures how fast this machine trains and its wire is; digests show that threads change nothing.",
        footer = {"  firstspike bench threads", "  firstspike bench --quick --json"})
final class BenchCommand extends Action {

    private static final String FORM = "%-18s %-36s %7s %9s %10s %12s %-17s %s";
    private static final String RATE_FORM = "%-18s %-44s %12s %12s %12s %-16s %s";

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description =
                    "train, threads, ideal, loop-nominal, loop-residual, inference, scaling, grpc, codec, hostarq, fpga, serve, log,"
                            + " record (default: all).")
    List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "Shorter trainings.")
    boolean quick;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (default: all cores).")
    Integer threads;

    @Option(names = "--out", paramLabel = "FILE", description = "Also write the result as JSON.")
    Path out;

    @Option(names = "--figures", paramLabel = "FOLDER", description = "Draw what scaling measured there.")
    Path figures;

    @Option(names = "--force", description = "Overwrite the file of --out.")
    boolean force;

    @Override
    protected int run(Environment environment, Console console) {
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
        List<Rate> rates = new ArrayList<>();
        Benchmarks benchmarks = new Benchmarks(
                quick,
                cores,
                measurement -> {
                    if (measured.isEmpty()) {
                        console.line(String.format(
                                FORM,
                                "benchmark",
                                "target",
                                "threads",
                                "samples",
                                "seconds",
                                "us a sample",
                                "weights",
                                "goal"));
                    }
                    measured.add(measurement);
                    console.line(row(measurement));
                },
                rate -> {
                    if (rates.isEmpty()) {
                        console.line(String.format(
                                RATE_FORM, "benchmark", "subject", "median", "lowest", "highest", "unit", "goal"));
                    }
                    rates.add(rate);
                    console.line(row(rate));
                });
        for (String name : names.isEmpty() ? Benchmarks.names() : names) {
            console.progress("measuring " + name);
            benchmarks.run(name);
        }
        Map<String, Object> tree = tree(measured, rates);
        console.object(tree);
        if (out != null) {
            AtomicFile.replace(out, JsonText.pretty(tree).getBytes(StandardCharsets.UTF_8));
        }
        if (figures != null) {
            draw(rates);
        }
        return sameDigests(measured) ? DONE : Failure.FALSE_RESULT;
    }

    private void draw(List<Rate> rates) {
        List<CostCurves.Cost> costs = Benchmarks.scaling(rates);
        if (costs.isEmpty()) {
            throw new UsageException("--figures: nothing to draw (limit: benchmark scaling); name that one too");
        }
        try {
            Files.createDirectories(figures);
        } catch (IOException e) {
            throw StorageFailure.of(figures, e);
        }
        CostCurves.write(figures, "scaling", costs, "firstspike bench scaling, emu:nominal, one thread");
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

    private static String row(Rate r) {
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT,
                RATE_FORM,
                r.name(),
                r.subject(),
                number(r.median()),
                number(r.lowest()),
                number(r.highest()),
                r.unit(),
                r.goal()));
        r.facts()
                .forEach((key, value) ->
                        row.append("\n    ").append(key).append(' ').append(value));
        return row.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
    }

    private static Map<String, Object> tree(Rate r) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", r.name());
        row.put("subject", r.subject());
        row.put("median", r.median());
        row.put("lowest", r.lowest());
        row.put("highest", r.highest());
        row.put("unit", r.unit());
        row.put("goal", r.goal());
        row.put("facts", r.facts());
        return row;
    }

    private static Map<String, Object> tree(List<Measurement> measured, List<Rate> rates) {
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
        tree.put("rates", rates.stream().map(BenchCommand::tree).toList());
        return tree;
    }
}
