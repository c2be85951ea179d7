package firstspike.runtime.measurement;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How many neighbouring circuits are one neuron while they are measured (analog.md 8). In a pair each circuit is measured as the
 * active one, as networks use it: the other half gives its synaptic inputs, the capacitance that it cannot switch off, and nothing
 * of its leak, comparator and currents (inloop.md 13.1).
 */
public enum MergedCircuits {
    /** Each circuit for itself. */
    ONE,
    /** Pairs of an even circuit and its right neighbour. */
    TWO;

    /** What the passive half of a pair does with events. */
    public enum PassiveInputs {
        /** Its synaptic inputs are switched as in the configuration. */
        AS_SET,
        /** They are off: for potentials that events of the active half alone shall make. */
        OFF
    }

    private static final int PARITIES = 2;

    /**
     * @param circuits 1 or 2
     * @return so many
     * @throws IllegalArgumentException for another number
     */
    public static MergedCircuits of(int circuits) {
        if (circuits < 1 || circuits > values().length) {
            throw new IllegalArgumentException("merged circuits: " + circuits
                    + " (limit: 1 or 2); networks of more circuits a neuron take a calibration of 1 and scale it");
        }
        return values()[circuits - 1];
    }

    /** As a number. */
    public int count() {
        return ordinal() + 1;
    }

    /**
     * Measures every circuit. In pairs codes are put into force by set-up programs, which lands them where networks find them.
     *
     * @param <T> an array with an element a circuit
     * @param bench of the chip; keeps its configuration
     * @param inputs of passive halves
     * @param measurement of all circuits at once
     * @return the elements of those that were active
     */
    <T> T each(Bench bench, PassiveInputs inputs, Function<Bench, T> measurement) {
        if (this == ONE) {
            return measurement.apply(bench);
        }
        T even = joined(bench, 0, inputs, measurement);
        T odd = joined(bench, 1, inputs, measurement);
        for (int n = 1; n < AtomicNeuron.COUNT; n += PARITIES) {
            System.arraycopy(odd, n, even, n, 1);
        }
        return even;
    }

    /**
     * Measures some circuits.
     *
     * @param <T> what is measured of a circuit
     * @param bench of the chip; keeps its configuration
     * @param neurons which, each once
     * @param measurement of some circuits that can be active together, in their order
     * @return one element a neuron in the same order
     */
    <T> List<T> each(Bench bench, int[] neurons, BiFunction<Bench, int[], List<T>> measurement) {
        if (this == ONE) {
            return measurement.apply(bench, neurons);
        }
        Map<Integer, T> measured = new HashMap<>();
        for (int parity = 0; parity < PARITIES; parity++) {
            int active = parity;
            int[] those =
                    Arrays.stream(neurons).filter(n -> n % PARITIES == active).toArray();
            if (those.length > 0) {
                List<T> found = joined(bench, parity, PassiveInputs.AS_SET, pairs -> measurement.apply(pairs, those));
                for (int i = 0; i < those.length; i++) {
                    measured.put(those[i], found.get(i));
                }
            }
        }
        return Arrays.stream(neurons).mapToObj(measured::get).toList();
    }

    /** Measures where a share of all circuits is enough: in pairs the even ones are active. */
    <T> T some(Bench bench, PassiveInputs inputs, Function<Bench, T> measurement) {
        return this == ONE ? measurement.apply(bench) : joined(bench, 0, inputs, measurement);
    }

    private static <T> T joined(Bench bench, int active, PassiveInputs inputs, Function<Bench, T> measurement) {
        bench.join(single -> pairs(single, active, inputs));
        try {
            bench.apply();
            return measurement.apply(bench);
        } finally {
            bench.join(single -> single);
        }
    }

    private static ChipConfiguration pairs(ChipConfiguration single, int active, PassiveInputs inputs) {
        ChipConfiguration.Builder chip = single.change();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            AtomicNeuron circuit = AtomicNeuron.of(n);
            NeuronConfig switches = Bench.neuron(single, circuit).withConnectMembraneRight(n % PARITIES == 0);
            if (n % PARITIES != active) {
                switches = passive(switches, inputs);
                chip.code(circuit.capMemCell(NeuronParameter.I_BIAS_LEAK), 0);
            }
            chip.set(switches);
        }
        return chip.build();
    }

    private static NeuronConfig passive(NeuronConfig switches, PassiveInputs inputs) {
        NeuronConfig passive = switches.withMembraneCapacitorSize(0)
                .withLeakMultiplication(false)
                .withLeakDivision(true)
                .withThresholdComparator(false)
                .withMembraneOffset(false);
        return inputs == PassiveInputs.AS_SET
                ? passive
                : passive.withSynapticInputExcitatory(false).withSynapticInputInhibitory(false);
    }
}
