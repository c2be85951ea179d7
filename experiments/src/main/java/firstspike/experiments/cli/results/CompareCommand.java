package firstspike.experiments.cli.results;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.OutputFile;
import firstspike.experiments.cli.common.RunsOption;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.report.ComparisonReport;
import firstspike.experiments.results.Comparison;
import firstspike.experiments.results.StoredRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs against each other. */
@Command(
        name = "compare",
        header = "Shows where runs differ, their metrics, and whether seeds alone explain it.",
        footer = {
            "  firstspike compare 3f1c 7a02",
            "  firstspike compare yin-yang_2026 @last --metric test/loss --out both.html"
        })
public final class CompareCommand extends Action {

    private static final int WIDEST = 40;

    @Parameters(arity = "2..*", paramLabel = "RUN", description = "Two runs or more.")
    List<String> names;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            defaultValue = "test/accuracy",
            description = "What the spread of seeds is judged by (default: test/accuracy).")
    String metric = "test/accuracy";

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description = "A page; its figure compare.svg and its table compare.csv lie beside it.")
    Path out;

    @Mixin
    OutputFile output = new OutputFile();

    @Mixin
    RunsOption runs = new RunsOption();

    @Override
    protected int run(Environment environment, Console console) {
        if (out != null && !out.toString().endsWith(".html")) {
            throw new UsageException("--out: " + out + " (limit: a name that ends in .html); choose one");
        }
        List<StoredRun> read = names.stream()
                .map(name -> StoredRun.read(runs.index(environment).find(name)))
                .toList();
        Comparison comparison = new Comparison(read, metric);
        if (!comparison.metrics().containsKey(metric)) {
            throw new UsageException("--metric: no run has " + metric + " (limit: "
                    + String.join(", ", comparison.metrics().keySet()) + "); choose one, or wait for the runs' end");
        }
        if (out != null) {
            write(comparison);
        }
        console.object(comparison.json());
        show(comparison, console);
        return DONE;
    }

    private void write(Comparison comparison) {
        ComparisonReport report = new ComparisonReport(comparison);
        Map<Path, String> files = Map.of(
                out,
                report.html(),
                out.resolveSibling("compare.svg"),
                report.svg(),
                out.resolveSibling("compare.csv"),
                comparison.csv());
        files.keySet().forEach(output::check);
        files.forEach((file, text) -> output.write(file, text.getBytes(StandardCharsets.UTF_8)));
    }

    private void show(Comparison comparison, Console console) {
        if (!comparison.warning().isEmpty()) {
            console.line(comparison.warning());
        }
        for (int i = 0; i < comparison.runs().size(); i++) {
            StoredRun run = comparison.runs().get(i);
            console.line("run " + (i + 1) + "  " + run.folderName() + "  " + run.stateLine() + "  target "
                    + run.record().text("target") + "  health: "
                    + StoredRun.text(run.health().get("verdict")));
        }
        console.line(comparison.differing().isEmpty() ? "nothing differs" : "differing:");
        comparison.differing().forEach((key, values) -> console.line(row(key, values)));
        console.line("metrics:");
        comparison
                .metrics()
                .forEach((name, values) -> console.line(
                        row(name, values.stream().map(StoredRun::text).toList())));
        console.line(comparison.spread().words());
        if (out != null) {
            console.line("page " + out);
        }
    }

    private static String row(String name, List<String> values) {
        StringBuilder line = new StringBuilder(String.format("  %-36s", name));
        for (String value : values) {
            line.append(' ')
                    .append(String.format(
                            "%-22s", value.length() > WIDEST ? value.substring(0, WIDEST - 1) + "…" : value));
        }
        return line.toString().stripTrailing();
    }
}
