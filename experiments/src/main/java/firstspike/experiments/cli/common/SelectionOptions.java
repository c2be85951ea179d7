package firstspike.experiments.cli.common;

import firstspike.experiments.config.Nearest;
import firstspike.experiments.wire.Direction;
import firstspike.runtime.recording.log.EventSelection;
import firstspike.runtime.recording.log.LabelTable;
import firstspike.runtime.recording.log.SpikeDirection;
import firstspike.runtime.recording.log.SpikeLog;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which spikes of a log are wanted. */
public final class SelectionOptions {

    private static final Pattern PROGRAMS = Pattern.compile("([0-9]{1,18})(?:\\.\\.([0-9]{1,18})?)?");

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TickTimes.class,
            description = "First time in its program: 1ms, 2.5us, 40ns, or ticks of 8 ns (default: all).")
    Long from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TickTimes.class,
            description = "Last time in its program (default: all).")
    Long to;

    @Option(names = "--program", paramLabel = "A[..B]", description = "Programs, counted from 0 (default: all).")
    public String program;

    @Option(names = "--population", paramLabel = "NAME", description = "Only this population (default: all).")
    String population;

    @Option(
            names = "--direction",
            paramLabel = "to|from",
            description = "Only stimulus, or only what the chip sent (default: both).")
    Direction direction;

    public EventSelection of(SpikeLog log) {
        List<String> names = LabelTable.of(log.header().labels()).populations().stream()
                .map(LabelTable.Population::name)
                .distinct()
                .toList();
        if (population != null && !names.contains(population)) {
            throw new UsageException("--population: " + population + " is not in " + log.file() + " (it has: "
                    + String.join(", ", names) + ")"
                    + Nearest.to(population, names)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
        long[] programs = programs();
        return new EventSelection(
                from == null ? Long.MIN_VALUE : from,
                to == null ? Long.MAX_VALUE : to,
                programs[0],
                programs[1],
                direction == null
                        ? null
                        : direction == Direction.TO ? SpikeDirection.TO_CHIP : SpikeDirection.FROM_CHIP,
                population);
    }

    private long[] programs() {
        if (program == null) {
            return new long[] {0, Long.MAX_VALUE};
        }
        Matcher parts = PROGRAMS.matcher(program);
        if (!parts.matches()) {
            throw new UsageException("--program: " + program + " (limit: A, A..B or A..); write for example 0..9");
        }
        long first = Long.parseLong(parts.group(1));
        boolean range = program.contains("..");
        long last = parts.group(2) != null ? Long.parseLong(parts.group(2)) : range ? Long.MAX_VALUE : first;
        return new long[] {first, last};
    }
}
