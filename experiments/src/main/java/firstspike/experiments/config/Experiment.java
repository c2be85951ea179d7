package firstspike.experiments.config;

import firstspike.experiments.dataset.DatasetRequest;
import firstspike.experiments.dataset.Encoding;
import firstspike.runtime.distortion.StudyPoint;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Network;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.training.TrainingPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A checked experiment with every default filled in.
 *
 * @param id name of the run
 * @param status {@code published} or {@code own}
 * @param target URI
 * @param calibration which calibration is wanted
 * @param calibrationMaxAge older calibrations degrade a result
 * @param driftCheckEpochs how often a training looks whether its calibration still holds; empty: never
 * @param dataset which samples
 * @param encoding how values become times
 * @param network inputs and layers
 * @param training how it is learnt
 * @param grid step and limit of weights without a chip
 * @param study what is not as the rule believes; empty when all is
 * @param chip how it is put onto a chip; empty when the file does not say
 * @param eulerNotice the file asks for a stepped integrator, which a chip target ignores
 * @param health falsifying counters that are accepted, and other limits
 * @param figures names of the figures a run leaves
 * @param require what must hold at the end
 * @param recording what is recorded
 * @param tree the resolved keys and values in the order of the schema
 */
public record Experiment(
        String id,
        String status,
        String target,
        String calibration,
        Duration calibrationMaxAge,
        OptionalInt driftCheckEpochs,
        DatasetRequest dataset,
        Encoding encoding,
        Network network,
        TrainingPlan training,
        WeightGrid grid,
        Optional<StudyPoint> study,
        Optional<ChipSettings> chip,
        boolean eulerNotice,
        HealthSettings health,
        List<String> figures,
        List<Requirement> require,
        Recording recording,
        Map<String, Object> tree) {

    /** Whether nothing is learnt: stimulus in, spikes out. It then has no samples and no epochs. */
    public boolean isRecording() {
        return ExperimentSchema.RECORD.equals(tree.get("task"));
    }

    /** The resolved experiment as YAML; reading it gives the same experiment. */
    public String yaml() {
        return YamlText.of(tree);
    }

    /** Canonical JSON: keys sorted, no blanks (formats.md 1). */
    public String canonicalJson() {
        return JsonText.compact(sorted(tree));
    }

    /** SHA-256 of the canonical JSON in hex. */
    public String sha256() {
        try {
            byte[] bytes = canonicalJson().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    /**
     * Keys whose values differ, as flat paths.
     *
     * @param other experiment to compare with
     * @return path to the two values as text, this one first, sorted
     */
    public Map<String, List<String>> differences(Experiment other) {
        Map<String, String> mine = new TreeMap<>();
        Map<String, String> theirs = new TreeMap<>();
        flatten("", tree, mine);
        flatten("", other.tree, theirs);
        Map<String, List<String>> differing = new TreeMap<>();
        mine.forEach((key, value) -> {
            String second = theirs.getOrDefault(key, "absent");
            if (!value.equals(second)) {
                differing.put(key, List.of(value, second));
            }
        });
        theirs.forEach((key, value) -> {
            if (!mine.containsKey(key)) {
                differing.put(key, List.of("absent", value));
            }
        });
        return differing;
    }

    private static void flatten(String path, Object value, Map<String, String> flat) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> flatten(MapRule.join(path, String.valueOf(key)), below, flat));
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            for (int i = 0; i < list.size(); i++) {
                flatten(MapRule.join(path, String.valueOf(i)), list.get(i), flat);
            }
        } else {
            flat.put(path, JsonText.compact(value));
        }
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, below) -> sorted.put(String.valueOf(key), sorted(below)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Experiment::sorted).toList();
        }
        return value;
    }
}
