package firstspike.experiments.cli.train;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.Interrupts;
import firstspike.experiments.cli.common.TargetOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.run.InitialWeights;
import firstspike.experiments.run.RecordingOutcome;
import firstspike.experiments.run.RecordingRun;
import firstspike.experiments.run.RunSettings;
import firstspike.runtime.recording.Verdict;
import firstspike.runtime.recording.log.FsyncPolicy;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.tap.ProgramLog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Records spikes. */
@Command(
        name = "record",
        header = "Sends a stimulus to a network on a chip and records the spikes into a log.",
        description = {
            "",
            "The network is an experiment file, best with 'task: record': a network without data. Events of",
            "the stimulus name an input (column neuron) or a label; biases are events too, of population",
            "<layer>.bias. Programs of the stimulus run one after another, the chip rests between them."
        },
        footer = {
            "  firstspike record --target emu:nominal --network net.yaml --stimulus in.csv --out out.fslog",
            "  firstspike record --network net.yaml --stimulus in.npz --duration 5ms --out o.fslog --json"
        })
public final class RecordCommand extends Action {

    @Option(names = "--network", required = true, paramLabel = "EXP", description = "Experiment file or bundled id.")
    String network;

    @Option(
            names = "--stimulus",
            required = true,
            paramLabel = "FILE",
            description = "Events: .csv, .jsonl or .npz with tick or time_us, label or neuron, and program.")
    Path stimulus;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = ChipTime.class,
            description = "Of each program, such as 5ms (default: 100us after its last event).")
    Long duration;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The spike log, *.fslog.")
    Path out;

    @Option(names = "--force", description = "Replace a log that is there.")
    boolean force;

    @Option(names = "--weights", paramLabel = "RUN|FILE", description = "Weights of a run or an .npz (default: drawn).")
    String weights;

    @Option(names = "--allow-late", description = "Run although events come more than 10 us late.")
    boolean allowLate;

    @Option(names = "--lossy-log", description = "Drop and count events when the disk is too slow.")
    boolean lossy;

    @Option(
            names = "--fsync",
            paramLabel = "WHEN",
            defaultValue = "interval",
            description = "Force the log to the disk: never, close, interval, always (default: interval).")
    String fsync = "interval";

    @Option(names = "--fpga-time", description = "Keep how much later than on the chip each spike arrived.")
    boolean fpgaTime;

    @Mixin
    TargetOptions options = new TargetOptions();

    @Override
    protected int run(Environment environment, Console console) {
        LogSettings log = LogSettings.defaults().withFsync(policy());
        if (duration != null && duration < 1) {
            throw new UsageException("--duration: " + duration + " ticks (limit: 1 or more); give a longer time");
        }
        Experiment experiment = ExperimentFile.find(network)
                .resolve(options.overrides(environment, OptionalLong.empty()))
                .orThrow();
        try (Interrupts interrupts =
                Interrupts.listen(console, "stopping after this program; a second time stops at once")) {
            RunSettings settings = Runner.settings(environment, console, options, asTyped(), interrupts::asked);
            RecordingRun.Request request = new RecordingRun.Request(
                    stimulus,
                    duration == null ? OptionalLong.empty() : OptionalLong.of(duration),
                    out,
                    force,
                    allowLate,
                    fpgaTime,
                    lossy ? log.withLoss() : log,
                    Optional.ofNullable(weights).map(source -> InitialWeights.find(source, settings.runs())));
            RecordingOutcome outcome = new RecordingRun(settings, request)
                    .record(experiment, (ended, program) -> console.object(line(ended, program)));
            return end(outcome, console, interrupts.exit());
        }
    }

    private static Map<String, Object> line(ProgramLog log, long program) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.program/1");
        tree.put("program", program);
        tree.put("events", log.events());
        return tree;
    }

    private static int end(RecordingOutcome outcome, Console console, int interrupted) {
        console.object(outcome.json());
        outcome.lines().forEach(console::line);
        if (interrupted != 0) {
            return interrupted;
        }
        if (outcome.health().judge().verdict() == Verdict.FALSIFIED) {
            console.message("firstspike: result falsified, "
                    + outcome.health().judge().line()
                    + "; --allow-degraded "
                    + String.join(",", outcome.health().judge().reasons().keySet())
                    + " accepts it");
            return Failure.FALSIFIED;
        }
        return DONE;
    }

    private FsyncPolicy policy() {
        try {
            return FsyncPolicy.valueOf(fsync.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--fsync: " + fsync + " (limit: never, close, interval, always); choose one");
        }
    }
}
