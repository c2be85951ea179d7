package firstspike.experiments.cli.log;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.ReadOutcome;
import firstspike.experiments.cli.common.SelectionOptions;
import firstspike.experiments.spikelog.LogStatistics;
import firstspike.experiments.spikelog.LogTree;
import firstspike.runtime.recording.log.SpikeLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rates of a log. */
@Command(
        name = "stats",
        header = "Counts the spikes of each population: silent neurons, rates.",
        description = {
            "",
            "Rates are means over neurons and over the time between first and last spike of each program."
        },
        footer = {"  firstspike log stats out.fslog", "  firstspike log stats out.fslog --program 0..9 --json"})
final class LogStatsCommand extends Action {

    private static final String FORM = "%-9s %-16s %8s %12s %8s %12s %16s";

    @Parameters(paramLabel = "LOG", description = "A .fslog file; it may be written meanwhile.")
    Path file;

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Option(names = "--salvage", description = "Pass over damage in the middle, and count it.")
    boolean salvage;

    @Override
    protected int run(Environment environment, Console console) {
        try (SpikeLog log = SpikeLog.open(file)) {
            LogStatistics statistics = LogStatistics.of(log, salvage, selection.of(log));
            console.object(tree(log, statistics));
            console.line("log " + file + ", run " + log.header().runId() + ", target "
                    + log.header().target() + ", fidelity " + log.header().fidelity());
            console.line(String.format(
                    Locale.ROOT,
                    "%d events in %d programs, %.6f s of chip time",
                    statistics.events(),
                    statistics.programs(),
                    statistics.seconds()));
            console.line(String.format(
                    FORM, "direction", "population", "neurons", "events", "silent", "most of one", "rate/neuron Hz"));
            for (LogStatistics.Row row : statistics.populations()) {
                console.line(String.format(
                        Locale.ROOT,
                        FORM,
                        row.direction().text(),
                        row.population().isEmpty() ? "(no neuron)" : row.population(),
                        row.neurons(),
                        row.events(),
                        row.silent(),
                        row.mostOfOne(),
                        String.format(Locale.ROOT, "%.3f", row.ratePerNeuronHz())));
            }
            ReadOutcome outcome = ReadOutcome.of(statistics.health()).tell(console);
            console.line(LogTree.healthLine(statistics.health()));
            return outcome.exit();
        }
    }

    private Map<String, Object> tree(SpikeLog log, LogStatistics statistics) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.log-stats/1");
        tree.put("path", file.toString());
        tree.put("run_id", log.header().runId());
        tree.put("target", log.header().target());
        tree.put("fidelity", log.header().fidelity());
        tree.put("programs", statistics.programs());
        tree.put("events", statistics.events());
        tree.put("chip_s", statistics.seconds());
        List<Object> rows = new ArrayList<>();
        for (LogStatistics.Row row : statistics.populations()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("population", row.population());
            object.put("direction", row.direction().text());
            object.put("neurons", row.neurons());
            object.put("events", row.events());
            object.put("silent", row.silent());
            object.put("most_of_one", row.mostOfOne());
            object.put("rate_per_neuron_hz", row.ratePerNeuronHz());
            rows.add(object);
        }
        tree.put("per_population", rows);
        tree.put("state", statistics.health().verdict().text());
        ReadOutcome.of(statistics.health()).into(tree);
        tree.put("health", LogTree.health(statistics.health()));
        return tree;
    }
}
