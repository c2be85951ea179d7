package firstspike.experiments.config;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.target.NeuronValues;
import firstspike.runtime.calibration.target.StrengthTarget;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Targets of a calibration as a file: keys with units of journeys.md 1.2, their PyNN names too, each with one value or one
 * for each of the 512 neurons; what it leaves out is that of {@code spiking} (calibration.md 2).
 */
public final class TargetSetFile {

    private static final String STRENGTH = "i_synin_gm_kind";

    /** Names of PyNN. */
    private static final Map<String, TargetKey> ALIASES = Map.ofEntries(
            Map.entry("v_rest", TargetKey.LEAK),
            Map.entry("v_reset", TargetKey.RESET),
            Map.entry("v_thresh", TargetKey.THRESHOLD),
            Map.entry("tau_m", TargetKey.TAU_MEM),
            Map.entry("tau_syn_E", TargetKey.TAU_SYN_EXC),
            Map.entry("tau_syn_I", TargetKey.TAU_SYN_INH),
            Map.entry("cm", TargetKey.CAPACITANCE),
            Map.entry("tau_refrac", TargetKey.REFRACTORY),
            Map.entry("i_synin_gm_E", TargetKey.SYNIN_GM_EXC),
            Map.entry("i_synin_gm_I", TargetKey.SYNIN_GM_INH),
            Map.entry("synapse_dac_bias", TargetKey.SYNAPSE_DAC_BIAS),
            Map.entry("e_rev_E", TargetKey.COBA_REVERSAL_EXC),
            Map.entry("e_rev_I", TargetKey.COBA_REVERSAL_INH));

    private TargetSetFile() {}

    /**
     * A bundled set, or a file.
     *
     * @param nameOrPath as given to {@code --targets}
     * @return the targets, inside their hard limits
     * @throws InvalidExperimentException with every mistake of the file and its place
     * @throws StorageException for a file that cannot be read
     */
    public static TargetSet find(String nameOrPath) {
        return YamlFile.isPath(nameOrPath)
                ? read(Path.of(nameOrPath))
                : TargetSet.bundled(nameOrPath)
                        .orElseThrow(() -> new ExperimentException(
                                ExperimentException.Code.VALUE_OUT_OF_RANGE,
                                "target set",
                                nameOrPath,
                                TargetSet.bundled().stream()
                                                .map(TargetSet::name)
                                                .collect(Collectors.joining(", ")) + ", or a .yaml file",
                                "name one of them"));
    }

    private static TargetSet read(Path path) {
        byte[] bytes = YamlFile.read(path, "target set", "correct the path, or name a bundled set");
        String file = path.getFileName().toString();
        return parse(path.toString(), new String(bytes, StandardCharsets.UTF_8))
                .named(file.replaceFirst("\\.ya?ml$", ""));
    }

    /** Targets of a text; the name is for messages. */
    static TargetSet parse(String name, String text) {
        Problems problems = new Problems();
        YamlNode root = YamlReader.read(name, text, problems);
        MapRule rule = rule();
        if (root != null && root.kind() != YamlNode.Kind.MAP) {
            problems.outOfRange(root, "", rule.allowed(), "write keys and values");
        }
        if (problems.any() || root == null) {
            throw new InvalidExperimentException(problems.list());
        }
        YamlNode known = renamed(root, problems);
        Object read = rule.read(known, "", problems);
        if (read == Rule.REFUSED || problems.any()) {
            throw new InvalidExperimentException(problems.list());
        }
        Map<?, ?> values = (Map<?, ?>) read;
        TargetSet set = TargetSet.spiking();
        for (TargetKey key : TargetKey.values()) {
            if (values.get(key.key()) instanceof double[] each) {
                try {
                    set = set.with(key, each.length == 1 ? NeuronValues.all(each[0]) : NeuronValues.each(each));
                } catch (IllegalArgumentException e) {
                    problems.outOfRange(
                            known.entries().get(key.key()).value(), key.key(), e.getMessage(), "choose other targets");
                }
            }
        }
        if (values.get(STRENGTH) instanceof String kind) {
            set = set.with(Arrays.stream(StrengthTarget.values())
                    .filter(each -> each.label().equals(kind))
                    .findFirst()
                    .orElseThrow());
        }
        if (problems.any()) {
            throw new InvalidExperimentException(problems.list());
        }
        return set;
    }

    private static MapRule rule() {
        List<Key> keys = new ArrayList<>();
        for (TargetKey key : TargetKey.values()) {
            Dimension dimension =
                    switch (key.unit()) {
                        case "us" -> Dimension.CHIP_TIME;
                        case "LSB" -> Dimension.CODE;
                        default -> Dimension.NONE;
                    };
            keys.add(Key.optional(key.key(), new EachRule(NumberRule.any().in(dimension)), "target"));
        }
        keys.add(Key.optional(
                STRENGTH,
                ChoiceRule.of(Arrays.stream(StrengthTarget.values())
                        .map(StrengthTarget::label)
                        .toArray(String[]::new)),
                "what the strength codes mean"));
        return MapRule.of(keys.toArray(Key[]::new));
    }

    /** The same map with our names; a quantity under two names is a mistake. */
    private static YamlNode renamed(YamlNode root, Problems problems) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        root.entries().forEach((name, entry) -> {
            String ours = ALIASES.containsKey(name) ? ALIASES.get(name).key() : name;
            if (entries.put(ours, entry) != null) {
                problems.add(
                        ExperimentException.Code.DUPLICATE_KEY,
                        entry.key(),
                        name,
                        "one of " + ours + " and its other names",
                        "remove one of them");
            }
        });
        return YamlNode.map(root.file(), root.line(), root.column(), entries);
    }

    /** One number, or one for each neuron, as an array. */
    private record EachRule(NumberRule number) implements Rule {

        @Override
        public Object read(YamlNode node, String key, Problems problems) {
            if (node.kind() != YamlNode.Kind.LIST) {
                Object value = number.read(node, key, problems);
                return value instanceof Double one ? new double[] {one} : REFUSED;
            }
            if (node.items().size() != AtomicNeuron.COUNT) {
                problems.outOfRange(node, key, allowed(), "give one number for all neurons, or one for each");
                return REFUSED;
            }
            double[] values = new double[AtomicNeuron.COUNT];
            boolean refused = false;
            for (int n = 0; n < values.length; n++) {
                Object value = number.read(node.items().get(n), key + "." + n, problems);
                refused |= !(value instanceof Double);
                values[n] = value instanceof Double one ? one : Double.NaN;
            }
            return refused ? REFUSED : values;
        }

        @Override
        public String allowed() {
            return number.allowed() + ", or a list of " + AtomicNeuron.COUNT;
        }
    }
}
