package firstspike.runtime.recording.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Logs for tests. */
final class Logs {

    static final String CONFIG = "00".repeat(31) + "ff";

    private Logs() {}

    static LogHeader header() {
        List<LabelEntry> labels = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            labels.add(new LabelEntry(SpikeDirection.TO_CHIP, 16_384 + i, "input", i));
            labels.add(new LabelEntry(SpikeDirection.FROM_CHIP, i, "hidden", i));
        }
        return header("emu:nominal?seed=7", labels);
    }

    static LogHeader header(String target, List<LabelEntry> labels) {
        return new LogHeader(
                "f1e2c3d4-b5a6-4968-8776-655443322110",
                target,
                "nominal",
                "emu-nominal-7",
                "",
                CONFIG,
                LogHeader.CHIP_TICK_PS,
                1_767_225_600_000L,
                "firstspike test",
                labels);
    }

    /** Programs with stimulus, answers and marks; returns all spikes in the order in which they were given. */
    static List<String> write(Path file, int programs, int spikes, long seed) {
        List<String> given = new ArrayList<>();
        try (SpikeLogWriter writer = SpikeLogWriter.create(file, header(), LogSettings.defaults())) {
            for (int i = 0; i < programs; i++) {
                program(writer, spikes, seed + i, given);
            }
        }
        return given;
    }

    static void program(SpikeLogWriter writer, int spikes, long seed, List<String> given) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] ticks = new long[spikes];
        short[] labels = new short[spikes];
        writer.startProgram(0);
        ramp(random, ticks, labels, 16_384);
        writer.stimulus(ticks, labels, 0, spikes);
        writer.handOver();
        note(given, writer.program(), "to_chip", ticks, labels);
        writer.mark(Mark.Kind.SAMPLE, 0, seed, "");
        ramp(random, ticks, labels, 0);
        writer.spikes(ticks, labels, 0, spikes);
        note(given, writer.program(), "from_chip", ticks, labels);
        writer.endProgram(ticks[spikes - 1] + 1, Map.of("events.received", (long) spikes));
    }

    private static void ramp(SplittableRandom random, long[] ticks, short[] labels, int base) {
        long tick = -20;
        for (int i = 0; i < ticks.length; i++) {
            tick += random.nextInt(250);
            ticks[i] = tick;
            labels[i] = (short) (base + random.nextInt(4));
        }
    }

    private static void note(List<String> given, long program, String direction, long[] ticks, short[] labels) {
        for (int i = 0; i < ticks.length; i++) {
            given.add(program + " " + direction + " " + ticks[i] + " " + (labels[i] & 0xffff));
        }
    }

    /** The spikes of a log in the order of the file, as {@link #write} gives them. */
    static LogHealth read(Path file, boolean salvage, List<String> spikes) {
        try (SpikeLog log = SpikeLog.open(file)) {
            return log.read(salvage, (record, offset) -> {
                if (record.kind() == RecordKind.SPIKES) {
                    SpikeChunk chunk = (SpikeChunk) record;
                    note(spikes, chunk.program(), chunk.direction().text(), chunk.ticks(), chunk.labels());
                }
            });
        }
    }
}
