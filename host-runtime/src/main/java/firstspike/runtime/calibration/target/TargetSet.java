package firstspike.runtime.calibration.target;

import firstspike.driver.coordinate.AtomicNeuron;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Targets of a calibration (calibration.md 2). Immutable. Start with a bundled one and change it with {@link #with}.
 */
public final class TargetSet {

    private final String name;
    private final Map<TargetKey, NeuronValues> values;
    private final StrengthTarget strength;

    private TargetSet(String name, Map<TargetKey, NeuronValues> values, StrengthTarget strength) {
        values.forEach(TargetKey::checkHard);
        values.forEach((key, each) -> {
            if (key.isShared() && !each.isUniform()) {
                throw new IllegalArgumentException(
                        key.key() + ": " + each + " (limit: one value); a quadrant's neurons share it");
            }
        });
        this.name = name;
        this.values = values;
        this.strength = strength;
    }

    /** The default of calibration.md 2. */
    public static TargetSet spiking() {
        Map<TargetKey, NeuronValues> values = new EnumMap<>(TargetKey.class);
        values.put(TargetKey.LEAK, NeuronValues.all(80));
        values.put(TargetKey.RESET, NeuronValues.all(70));
        values.put(TargetKey.THRESHOLD, NeuronValues.all(125));
        values.put(TargetKey.TAU_MEM, NeuronValues.all(10));
        values.put(TargetKey.TAU_SYN_EXC, NeuronValues.all(10));
        values.put(TargetKey.TAU_SYN_INH, NeuronValues.all(10));
        values.put(TargetKey.SYNIN_GM_EXC, NeuronValues.all(500));
        values.put(TargetKey.SYNIN_GM_INH, NeuronValues.all(500));
        values.put(TargetKey.SYNAPSE_DAC_BIAS, NeuronValues.all(600));
        values.put(TargetKey.CAPACITANCE, NeuronValues.all(63));
        values.put(TargetKey.REFRACTORY, NeuronValues.all(2));
        values.put(TargetKey.HOLDOFF, NeuronValues.all(0));
        return new TargetSet("spiking", values, StrengthTarget.MATCHING);
    }

    /** Time constants of 6 µs, leak and reset equal. */
    public static TargetSet spiking2() {
        return spiking()
                .named("spiking2")
                .with(TargetKey.RESET, 80)
                .with(TargetKey.THRESHOLD, 150)
                .with(TargetKey.TAU_MEM, 6)
                .with(TargetKey.TAU_SYN_EXC, 6)
                .with(TargetKey.TAU_SYN_INH, 6)
                .with(TargetKey.SYNAPSE_DAC_BIAS, 1000);
    }

    /** For first-spike training with c = 1.52: neurons that fire once a window. */
    public static TargetSet fastAndDeep() {
        return spiking2()
                .named("fast-and-deep")
                .with(TargetKey.SYNIN_GM_EXC, 700)
                .with(TargetKey.SYNIN_GM_INH, 700)
                .with(TargetKey.REFRACTORY, 16);
    }

    /** For large networks of first spikes. */
    public static TargetSet fastAndDeepLarge() {
        return fastAndDeep().named("fast-and-deep-large").with(TargetKey.SYNAPSE_DAC_BIAS, 800);
    }

    /** All bundled sets. */
    public static List<TargetSet> bundled() {
        return List.of(spiking(), spiking2(), fastAndDeep(), fastAndDeepLarge());
    }

    /**
     * @param name of a bundled set
     * @return the set, empty for another name
     */
    public static Optional<TargetSet> bundled(String name) {
        return bundled().stream().filter(set -> set.name.equals(name)).findFirst();
    }

    /** Name, as given to {@code --targets}. */
    public String name() {
        return name;
    }

    /**
     * @param key of a target
     * @return its values; of a step that is not asked for what it would have
     * @throws IllegalArgumentException for a target without a default that is not given
     */
    public NeuronValues get(TargetKey key) {
        NeuronValues given = values.get(key);
        if (given != null) {
            return given;
        }
        if (key == TargetKey.COBA_REFERENCE_EXC || key == TargetKey.COBA_REFERENCE_INH) {
            // where neurons integrate: between rest and threshold (analog.md 4)
            double[] middle = new double[AtomicNeuron.COUNT];
            Arrays.setAll(
                    middle,
                    n -> (get(TargetKey.LEAK).of(n) + get(TargetKey.THRESHOLD).of(n)) / 2);
            return NeuronValues.each(middle);
        }
        if (Double.isNaN(key.usual())) {
            throw new IllegalArgumentException(
                    key.key() + ": not given (limit: it has no default); add it to the targets");
        }
        return NeuronValues.all(key.usual());
    }

    /**
     * @param key of a target
     * @return whether the set gives it
     */
    public boolean gives(TargetKey key) {
        return values.containsKey(key);
    }

    /**
     * @param step of a calibration
     * @return whether the set gives one of its targets
     */
    public boolean asksFor(TargetStep step) {
        return step == TargetStep.ALWAYS || values.keySet().stream().anyMatch(key -> key.step() == step);
    }

    /** Keys that the set gives, in their order. */
    public List<TargetKey> keys() {
        return List.copyOf(values.keySet());
    }

    /** What the strength codes mean. */
    public StrengthTarget strength() {
        return strength;
    }

    /**
     * @param other name
     * @return the same targets with that name
     */
    public TargetSet named(String other) {
        return new TargetSet(other, values, strength);
    }

    /**
     * @param key of a target
     * @param value of all neurons
     * @return a changed set
     * @throws IllegalArgumentException outside the hard limits
     */
    public TargetSet with(TargetKey key, double value) {
        return with(key, NeuronValues.all(value));
    }

    /**
     * @param key of a target
     * @param changed its values
     * @return a changed set
     * @throws IllegalArgumentException outside the hard limits
     */
    public TargetSet with(TargetKey key, NeuronValues changed) {
        Map<TargetKey, NeuronValues> copy = new EnumMap<>(values);
        copy.put(key, changed);
        return new TargetSet(name, copy, strength);
    }

    /**
     * @param kind what the strength codes mean
     * @return a changed set
     */
    public TargetSet with(StrengthTarget kind) {
        return new TargetSet(name, values, kind);
    }

    /** One sentence for each target outside of the range that calibrations usually reach. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        values.forEach((key, value) -> {
            if (!key.isUsual(value)) {
                warnings.add(key.key() + " " + value + " " + key.unit() + " is outside of " + key.low() + " to "
                        + key.high() + ": expect imperfect results");
            }
        });
        return List.copyOf(warnings);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TargetSet that
                && name.equals(that.name)
                && values.equals(that.values)
                && strength == that.strength;
    }

    @Override
    public int hashCode() {
        return name.hashCode() + 31 * values.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
