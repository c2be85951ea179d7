package firstspike.experiments.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** The exit codes a command can give, for its help. */
final class ExitCodes {

    private static final Map<Integer, String> MEANING = new LinkedHashMap<>();

    static {
        MEANING.put(0, "done, healthy or degraded within what was allowed");
        MEANING.put(1, "done, but a requirement or check is false");
        MEANING.put(2, "wrong command line");
        MEANING.put(3, "experiment or network invalid, or too large for the chip");
        MEANING.put(4, "target unreachable, lost, or too slow");
        MEANING.put(5, "result falsified by a health counter");
        MEANING.put(6, "file missing, corrupt, refused, or disk full");
        MEANING.put(7, "calibration missing, or of another chip");
        MEANING.put(8, "target or run busy");
        MEANING.put(9, "the target or this version cannot do it");
        MEANING.put(10, "done, but the spike log did not end: what is missing is said");
        MEANING.put(11, "done, but the spike log is falsified: damage passed over, or marked so");
        MEANING.put(70, "a bug in the program");
        MEANING.put(130, "interrupted (143: terminated)");
    }

    private static final Map<String, int[]> BY_COMMAND = Map.ofEntries(
            Map.entry("calibrate", new int[] {2}),
            Map.entry("calibrate run", new int[] {0, 2, 3, 4, 5, 6, 7, 8, 9, 70, 130}),
            Map.entry("calibrate refine", new int[] {0, 2, 3, 4, 5, 6, 7, 8, 9, 70, 130}),
            Map.entry("calibrate check", new int[] {0, 1, 2, 4, 6, 7, 8, 9, 70}),
            Map.entry("calibrate verify", new int[] {0, 1, 2, 4, 6, 7, 8, 9, 70}),
            Map.entry("calibrate show", new int[] {0, 2, 6, 7, 70}),
            Map.entry("calibrate list", new int[] {0, 2, 6, 70}),
            Map.entry("calibrate diff", new int[] {0, 2, 6, 7, 70}),
            Map.entry("calibrate activate", new int[] {0, 2, 6, 7, 70}),
            Map.entry("calibrate rollback", new int[] {0, 2, 6, 7, 70}),
            Map.entry("calibrate export", new int[] {0, 2, 6, 7, 70}),
            Map.entry("calibrate import", new int[] {0, 2, 6, 70}),
            Map.entry("train", new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 70, 130}),
            Map.entry("resume", new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 70, 130}),
            Map.entry("eval", new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 70, 130}),
            Map.entry("sweep", new int[] {0, 1, 2, 3, 6, 8, 70, 130}),
            Map.entry("report", new int[] {0, 2, 6, 8, 70}),
            Map.entry("plot", new int[] {0, 2, 6, 10, 11, 70}),
            Map.entry("compare", new int[] {0, 2, 3, 6, 70}),
            Map.entry("runs", new int[] {2}),
            Map.entry("runs list", new int[] {0, 2, 6, 70}),
            Map.entry("runs prune", new int[] {0, 2, 6, 8, 70}),
            Map.entry("firstspike watch", new int[] {0, 2, 6, 70, 130}),
            Map.entry("dashboard", new int[] {2, 6, 70, 130}),
            Map.entry("record", new int[] {0, 2, 3, 4, 5, 6, 7, 8, 9, 70, 130}),
            Map.entry("replay", new int[] {0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 70}),
            Map.entry("emulate", new int[] {2, 6, 9, 70, 130}),
            Map.entry("bridge", new int[] {2, 4, 6, 8, 9, 70, 130}),
            Map.entry("new", new int[] {0, 2, 6, 70}),
            Map.entry("decode", new int[] {0, 2, 3, 6, 70}),
            Map.entry("encode", new int[] {0, 2, 3, 6, 70}),
            Map.entry("targets", new int[] {0, 2, 4, 8, 9, 70}),
            Map.entry("describe", new int[] {0, 2, 4, 8, 9, 70}),
            Map.entry("lease", new int[] {0, 2, 4, 8, 9, 70}),
            Map.entry("release", new int[] {0, 2, 4, 8, 9, 70}),
            Map.entry("watch", new int[] {2, 4, 8, 9, 70, 130}),
            Map.entry("config diff", new int[] {0, 2, 3, 6, 9, 70}),
            Map.entry("self archive", new int[] {0, 2, 6, 70}),
            Map.entry("check", new int[] {0, 2, 3, 4, 6, 7, 9, 70}),
            Map.entry("show", new int[] {0, 2, 3, 6, 9, 70}),
            Map.entry("data", new int[] {0, 2, 70}),
            Map.entry("data list", new int[] {0, 2, 70}),
            Map.entry("data check", new int[] {0, 1, 2, 70}),
            Map.entry("doctor", new int[] {0, 1, 2, 70}),
            Map.entry("log", new int[] {2}),
            Map.entry("log inspect", new int[] {0, 2, 6, 70}),
            Map.entry("log cat", new int[] {0, 2, 6, 10, 11, 70}),
            Map.entry("log stats", new int[] {0, 2, 6, 10, 11, 70}),
            Map.entry("log diff", new int[] {0, 1, 2, 6, 10, 11, 70}),
            Map.entry("log recover", new int[] {0, 2, 6, 8, 70}),
            Map.entry("log export", new int[] {0, 2, 6, 10, 11, 70}),
            Map.entry("firstspike export", new int[] {0, 2, 3, 6, 9, 10, 11, 70}),
            Map.entry("firstspike import", new int[] {2}),
            Map.entry("import nir", new int[] {0, 2, 3, 6, 9, 70}),
            Map.entry("import npz", new int[] {0, 2, 3, 6, 70}),
            Map.entry("import fastanddeep", new int[] {0, 2, 3, 6, 70}),
            Map.entry("import sonata", new int[] {0, 2, 6, 9, 70}),
            Map.entry("bench", new int[] {0, 1, 2, 70, 130}));

    private ExitCodes() {}

    static void describe(CommandSpec spec) {
        Map<String, String> lines = new LinkedHashMap<>();
        String qualified = spec.parent() == null ? spec.name() : spec.parent().name() + " " + spec.name();
        int[] codes = BY_COMMAND.getOrDefault(qualified, BY_COMMAND.getOrDefault(spec.name(), new int[] {0, 2, 70}));
        for (int code : codes) {
            lines.put(String.valueOf(code), MEANING.get(code));
        }
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
        spec.usageMessage().exitCodeList(lines);
    }
}
