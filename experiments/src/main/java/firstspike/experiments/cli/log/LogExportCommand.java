package firstspike.experiments.cli.log;

import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.OutputFile;
import firstspike.experiments.cli.common.ReadOutcome;
import firstspike.experiments.cli.common.SelectionOptions;
import firstspike.experiments.cli.common.UsageException;
import firstspike.experiments.spikelog.LogArrays;
import firstspike.experiments.spikelog.LogTree;
import firstspike.experiments.spikelog.RowForm;
import firstspike.experiments.spikelog.SpikeRows;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.exchange.sonata.SonataSpikes;
import firstspike.runtime.recording.StorageFailure;
import firstspike.runtime.recording.log.SpikeLog;
import firstspike.runtime.recording.table.LoggedSpikes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the spikes of a log into a file that other programs read. */
@Command(
        name = "export",
        header = "Writes the spikes of a log for other programs: csv, jsonl, npz or sonata.",
        description = {
            "",
            "npz holds the arrays program, tick, to_chip, label, population and neuron, the samples of the",
            "converters, and meta.json with the names; numpy.load reads it. sonata is HDF5 with times in ms, a",
            "population a direction; programs follow each other as they were recorded."
        },
        footer = {
            "  firstspike log export out.fslog --format npz --out spikes.npz",
            "  firstspike log export out.fslog --format csv --direction from"
        })
final class LogExportCommand extends Action {

    private static final double BIOLOGICAL_FACTOR = 1000;

    /** What is written. */
    enum Format {
        /** Rows of formats.md 11.1. */
        CSV,
        /** The same as JSON lines. */
        JSONL,
        /** Arrays. */
        NPZ,
        /** Spikes of the SONATA format. */
        SONATA
    }

    /** What times are multiplied by. */
    enum TimeBase {
        /** Nothing. */
        CHIP,
        /** How much faster the chip is than biology. */
        BIOLOGICAL
    }

    @Parameters(paramLabel = "LOG", description = "A .fslog file; it may be written meanwhile.")
    Path file;

    @Option(names = "--format", paramLabel = "csv|jsonl|npz|sonata", required = true, description = "What to write.")
    Format format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to (default: LOG with the ending of the format).")
    Path out;

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Option(names = "--salvage", description = "Pass over damage in the middle, and count it.")
    boolean salvage;

    @Option(
            names = "--time-base",
            paramLabel = "BASE",
            defaultValue = "chip",
            description = "With sonata: times as on the chip, or biological, 1000 times longer (default: chip).")
    TimeBase timeBase = TimeBase.CHIP;

    @Mixin
    OutputFile output = new OutputFile();

    @Override
    protected int run(Environment environment, Console console) {
        if (timeBase != TimeBase.CHIP && format != Format.SONATA) {
            throw new UsageException("--time-base: goes with --format sonata (limit: sonata); leave it out");
        }
        Path target = (out == null ? beside() : out).toAbsolutePath();
        output.check(target);
        try (SpikeLog log = SpikeLog.open(file)) {
            SpikeRows.Written written =
                    switch (format) {
                        case CSV -> rows(log, RowForm.CSV, target);
                        case JSONL -> rows(log, RowForm.JSONL, target);
                        case NPZ -> arrays(log, target);
                        case SONATA -> sonata(log, target);
                    };
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("schema", "firstspike.log-export/1");
            tree.put("path", file.toString());
            tree.put("out", target.toString());
            tree.put("format", format.name().toLowerCase(Locale.ROOT));
            tree.put("events", written.rows());
            tree.put("state", written.health().verdict().text());
            ReadOutcome outcome = ReadOutcome.of(written.health()).into(tree);
            tree.put("health", LogTree.health(written.health()));
            console.object(tree);
            console.line("wrote " + written.rows() + " spikes to " + target);
            outcome.tell(console);
            console.line(LogTree.healthLine(written.health()));
            return outcome.exit();
        }
    }

    private Path beside() {
        String name = file.getFileName().toString();
        String stem = name.endsWith(".fslog") ? name.substring(0, name.length() - ".fslog".length()) : name;
        return file.resolveSibling(
                stem + "." + (format == Format.SONATA ? "h5" : format.name().toLowerCase(Locale.ROOT)));
    }

    private SpikeRows.Written sonata(SpikeLog log, Path target) {
        SpikeRows.checkTicks(log);
        LoggedSpikes spikes = LoggedSpikes.read(log, salvage, selection.of(log));
        SonataSpikes.write(spikes.table(), spikes.starts(), timeBase == TimeBase.CHIP ? 1 : BIOLOGICAL_FACTOR, target);
        return new SpikeRows.Written(spikes.table().size(), spikes.health());
    }

    private SpikeRows.Written arrays(SpikeLog log, Path target) {
        NpzBuilder npz = new NpzBuilder();
        SpikeRows.Written written = LogArrays.add(log, salvage, selection.of(log), npz);
        npz.write(target);
        return written;
    }

    /** Rows of any number, beside the target first: a reader sees all or nothing. */
    private SpikeRows.Written rows(SpikeLog log, RowForm form, Path target) {
        Path part = target.resolveSibling(
                target.getFileName() + ".tmp-" + ProcessHandle.current().pid());
        try {
            SpikeRows.Written written;
            try (BufferedWriter writer = Files.newBufferedWriter(part)) {
                written = SpikeRows.write(log, salvage, selection.of(log), form, line -> writer.append(line)
                        .append('\n'));
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return written;
        } catch (UncheckedIOException e) {
            throw StorageFailure.of(target, e.getCause());
        } catch (IOException e) {
            throw StorageFailure.of(target, e);
        } finally {
            remove(part);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // an unfinished file that cannot be removed harms nobody; the error that led here says more
            return;
        }
    }
}
