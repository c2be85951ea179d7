package firstspike.experiments.sweep;

import firstspike.driver.error.ErrorDetail;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.config.SweepFile;
import firstspike.runtime.error.FormatException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What was asked for, as {@code sweep.json} keeps it, so that a later process can go on without the files that it came from.
 *
 * @param source a sweep file or the name of a preset, as typed
 * @param preset it is a preset
 * @param baseName of the experiment
 * @param baseFolder where relative paths of the experiment lead; empty for a bundled one
 * @param overrides of the command line
 * @param only a value that points must have
 * @param seeds other number of seeds
 * @param data folder of data files
 * @param allowDegraded health counters that may falsify nothing
 * @param allowUncalibrated run with nominal codes where a calibration is missing
 * @param forceChip apply a calibration of another chip
 */
public record SweepRequest(
        String source,
        boolean preset,
        String baseName,
        Optional<String> baseFolder,
        Overrides overrides,
        Optional<String> only,
        OptionalInt seeds,
        Optional<String> data,
        List<String> allowDegraded,
        boolean allowUncalibrated,
        boolean forceChip) {

    /** File of the folder with the sweep as written. */
    static final String SWEEP_YAML = "sweep.yaml";
    /** File of the folder with the experiment as written. */
    static final String BASE_YAML = "base.yaml";

    /** The plan, narrowed as asked. */
    public SweepPlan narrowed(SweepPlan whole) {
        SweepPlan plan = seeds.isPresent() ? whole.withSeeds(seeds.getAsInt()) : whole;
        return only.isPresent() ? plan.only(only.get()) : plan;
    }

    /** The plan by the files as they were when the sweep began. */
    SweepPlan planIn(SweepFolder folder) {
        ExperimentFile base = new ExperimentFile(baseName, baseFolder.map(Path::of), folder.read(BASE_YAML));
        if (preset) {
            SweepPlan plan = SweepPresets.find(source)
                    .orElseThrow(() -> new FormatException(
                            FormatException.Code.UNSUPPORTED_VERSION,
                            "sweep " + folder.path(),
                            "preset " + source,
                            "presets of this version: " + SweepPresets.names(),
                            "use the program that wrote it"))
                    .plan();
            return narrowed(new SweepPlan(
                    plan.name(), base, plan.columns(), plan.conditions(), plan.seeds(), plan.parallel(), plan.retry()));
        }
        return narrowed(SweepGrid.of(SweepFile.parse(source, folder.read(SWEEP_YAML), ignored -> base)));
    }

    /** For {@code sweep.json}. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("source", source);
        tree.put("preset", preset);
        tree.put("base", baseName);
        tree.put("base_folder", baseFolder.orElse(null));
        tree.put("set", overrides.sets());
        tree.put("target", overrides.target().orElse(null));
        tree.put("environment_target", overrides.environmentTarget().orElse(null));
        tree.put("only", only.orElse(null));
        tree.put("seeds", seeds.isPresent() ? seeds.getAsInt() : null);
        tree.put("data", data.orElse(null));
        tree.put("allow_degraded", allowDegraded);
        tree.put("allow_uncalibrated", allowUncalibrated);
        tree.put("force_chip", forceChip);
        return tree;
    }

    /**
     * @param record what {@code sweep.json} says
     * @param name of the folder, for messages
     * @return the request that it keeps
     * @throws FormatException when it keeps none
     */
    static SweepRequest of(Map<?, ?> record, String name) {
        if (!(record.get("request") instanceof Map<?, ?> tree)) {
            throw malformed(name, "request", null);
        }
        try {
            return new SweepRequest(
                    Objects.requireNonNull((String) tree.get("source")),
                    (Boolean) tree.get("preset"),
                    Objects.requireNonNull((String) tree.get("base")),
                    text(tree, "base_folder"),
                    new Overrides(
                            texts(tree, "set"),
                            text(tree, "target"),
                            text(tree, "environment_target"),
                            OptionalLong.empty()),
                    text(tree, "only"),
                    tree.get("seeds") == null
                            ? OptionalInt.empty()
                            : OptionalInt.of(Math.toIntExact((Long) tree.get("seeds"))),
                    text(tree, "data"),
                    texts(tree, "allow_degraded"),
                    (Boolean) tree.get("allow_uncalibrated"),
                    (Boolean) tree.get("force_chip"));
        } catch (ClassCastException | NullPointerException | ArithmeticException e) {
            throw malformed(name, "request", e);
        }
    }

    private static Optional<String> text(Map<?, ?> tree, String key) {
        return Optional.ofNullable((String) tree.get(key));
    }

    private static List<String> texts(Map<?, ?> tree, String key) {
        return ((List<?>) tree.get(key)).stream().map(String.class::cast).toList();
    }

    private static FormatException malformed(String name, String key, RuntimeException cause) {
        return new FormatException(
                FormatException.Code.MALFORMED_HEADER,
                ErrorDetail.of(
                        name + "/sweep.json",
                        "key " + key + " is missing or of another kind",
                        SweepFolder.SCHEMA,
                        "restore the file, or begin a new sweep"),
                cause);
    }
}
