package firstspike.experiments.cli.train;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.ReadOutcome;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.run.InitialWeights;
import firstspike.experiments.run.ReplayRun;
import firstspike.experiments.run.RunSettings;
import firstspike.experiments.spikelog.LogTree;
import firstspike.runtime.recording.replay.ReplayRequest;
import firstspike.runtime.recording.replay.ReplayResult;
import firstspike.runtime.recording.replay.SpikeDifference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a log again. */
@Command(
        name = "replay",
        header = "Sends the stimulus of a spike log again and compares what comes.",
        description = {
            "",
            "The log alone configures the chip. What was recorded of a program that broke off must be the",
            "beginning of what comes now. On an emulated chip with the same seed the spikes are identical."
        },
        footer = {
            "  firstspike replay out.fslog --target 'emu:nominal?seed=0' --compare",
            "  firstspike replay out.fslog --target grpc://127.0.0.1:7007 --compare --programs 3..5 --tolerance 2"
        })
public final class ReplayCommand extends Action {

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:\\.\\.([0-9]{1,18}))?");

    @Parameters(paramLabel = "LOG", description = "A spike log.")
    Path log;

    @Option(names = "--compare", description = "Compare the spikes with the recorded ones; exit 1 when they differ.")
    boolean compare;

    @Option(names = "--tolerance", paramLabel = "TICKS", description = "A spike may be earlier or later (default: 0).")
    long tolerance;

    @Option(names = "--programs", paramLabel = "A..B", description = "Only these programs (default: all).")
    String programs;

    @Option(names = "--network", paramLabel = "EXP", description = "The network of a log without set-ups.")
    String network;

    @Option(names = "--weights", paramLabel = "RUN|FILE", description = "With --network: its weights.")
    String weights;

    @Option(names = "--salvage", description = "Pass over damage in the middle of the log.")
    boolean salvage;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        String target = options.target()
                .or(() -> environment.variable("FIRSTSPIKE_TARGET"))
                .orElseThrow(() -> new UsageException(
                        "replay: no target (limit: one); say --target emu:nominal?seed=0, for example"));
        if (tolerance < 0) {
            throw new UsageException("--tolerance: " + tolerance + " (limit: 0 or more); give ticks");
        }
        RunSettings settings = Runner.settings(environment, console, options, asTyped(), () -> false);
        Optional<ReplayRun.Network> configuring = Optional.ofNullable(network)
                .map(name -> new ReplayRun.Network(
                        uri -> ExperimentFile.find(name)
                                .resolve(new Overrides(
                                        options.overrides(environment, OptionalLong.empty())
                                                .sets(),
                                        Optional.of(uri),
                                        Optional.empty(),
                                        OptionalLong.empty()))
                                .orThrow(),
                        Optional.ofNullable(weights).map(source -> InitialWeights.find(source, settings.runs()))));
        ReplayResult result =
                new ReplayRun(settings).replay(log, target, request(configuring.isEmpty()), salvage, configuring);
        ReadOutcome outcome = ReadOutcome.of(result.health());
        Map<String, Object> tree = json(target, result);
        outcome.into(tree);
        tree.put("health", LogTree.health(result.health()));
        console.object(tree);
        lines(target, result).forEach(console::line);
        outcome.tell(console);
        console.line(LogTree.healthLine(result.health()));
        return result.differences() == 0 ? outcome.exit() : Failure.FALSE_RESULT;
    }

    private ReplayRequest request(boolean setUpsNeeded) {
        long first = 0;
        long last = Long.MAX_VALUE;
        if (programs != null) {
            Matcher range = RANGE.matcher(programs);
            if (!range.matches()) {
                throw new UsageException("--programs: " + programs + " (limit: A or A..B); give numbers from 0");
            }
            first = Long.parseLong(range.group(1));
            last = range.group(2) == null ? first : Long.parseLong(range.group(2));
            if (last < first) {
                throw new UsageException("--programs: " + programs + " (limit: A up to B); turn them round");
            }
        }
        return new ReplayRequest(first, last, compare, tolerance, setUpsNeeded);
    }

    private Map<String, Object> json(String target, ReplayResult result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.replay/1");
        tree.put("path", log.toString());
        tree.put("target", target);
        tree.put("state", result.health().verdict().text());
        tree.put("programs", result.programs());
        tree.put("without_end", result.torn());
        Map<String, Object> events = new LinkedHashMap<>();
        events.put("to_chip", result.sent());
        events.put("recorded", result.recorded());
        events.put("got", result.got());
        tree.put("events", events);
        tree.put("compared", compare);
        tree.put("equal", compare ? result.differences() == 0 : null);
        tree.put("differences", compare ? result.differences() : null);
        List<Object> first = new ArrayList<>();
        for (SpikeDifference difference : result.first()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("program", difference.program());
            row.put("tick", difference.tick());
            row.put("label", difference.label());
            row.put("expected", nullable(difference.expected()));
            row.put("got", nullable(difference.got()));
            first.add(row);
        }
        tree.put("first", first);
        return tree;
    }

    private static Object nullable(OptionalLong tick) {
        return tick.isPresent() ? tick.getAsLong() : null;
    }

    private List<String> lines(String target, ReplayResult result) {
        List<String> lines = new ArrayList<>();
        if (!result.first().isEmpty()) {
            lines.add(String.format("%-8s %12s %6s %12s %12s", "program", "tick", "label", "expected", "got"));
            result.first()
                    .forEach(row -> lines.add(String.format(
                            Locale.ROOT,
                            "%-8d %12d %6d %12s %12s",
                            row.program(),
                            row.tick(),
                            row.label(),
                            text(row.expected()),
                            text(row.got()))));
        }
        lines.add("log      " + log + ", " + result.health().verdict().text());
        lines.add("target   " + target);
        lines.add(
                "programs " + result.programs() + (result.torn() > 0 ? ", " + result.torn() + " without an end" : ""));
        lines.add("events   " + result.sent() + " sent, " + result.recorded() + " recorded, " + result.got() + " came");
        if (compare) {
            lines.add(
                    result.differences() == 0
                            ? "equal"
                            : "DIFFERENT: " + result.differences() + " differences, the first "
                                    + result.first().size() + " above");
        }
        return lines;
    }

    private static String text(OptionalLong tick) {
        return tick.isPresent() ? String.valueOf(tick.getAsLong()) : "none";
    }
}
