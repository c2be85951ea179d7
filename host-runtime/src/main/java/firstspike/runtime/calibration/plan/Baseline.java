package firstspike.runtime.calibration.plan;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.verification.Verifier;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the chip would be without its calibration: each quantity measured with the median of its own codes on all neurons and
 * everything else calibrated, as in the hardware test that the ratios of calibration.md 11 come from (calix,
 * {@code test_neuron_distribution.py}). With all parameters alike at once an amplitude would answer for the time constants too.
 */
enum Baseline {
    POTENTIALS(
            Set.of(Quantity.LEAK, Quantity.RESET, Quantity.THRESHOLD),
            List.of(NeuronParameter.V_LEAK, NeuronParameter.V_RESET, NeuronParameter.V_THRESHOLD),
            List.of()),
    TIME_CONSTANTS(
            Set.of(Quantity.TAU_MEM, Quantity.TAU_SYN_EXC, Quantity.TAU_SYN_INH),
            List.of(
                    NeuronParameter.I_BIAS_LEAK,
                    NeuronParameter.I_BIAS_SYNIN_EXC_TAU,
                    NeuronParameter.I_BIAS_SYNIN_INH_TAU),
            List.of(
                    "enable_leak_division",
                    "enable_leak_multiplication",
                    "enable_synaptic_input_excitatory_high_resistance",
                    "enable_synaptic_input_inhibitory_high_resistance")),
    AMPLITUDES(
            Set.of(Quantity.AMPLITUDE_EXC, Quantity.AMPLITUDE_INH),
            List.of(NeuronParameter.I_BIAS_SYNIN_EXC_GM, NeuronParameter.I_BIAS_SYNIN_INH_GM),
            List.of());

    private final Set<Quantity> quantities;
    private final List<NeuronParameter> parameters;
    private final List<String> switches;

    Baseline(Set<Quantity> quantities, List<NeuronParameter> parameters, List<String> switches) {
        this.quantities = quantities;
        this.parameters = parameters;
        this.switches = switches;
    }

    /**
     * Measures, and puts the calibrated codes back in force.
     *
     * @param bench with the codes of the calibration
     * @param targets of the calibration
     * @return value of each neuron by quantity; NaN: not measurable
     */
    static Map<Quantity, double[]> measure(Bench bench, TargetSet targets) {
        ChipConfiguration calibrated = bench.configuration();
        Map<Quantity, double[]> before = new EnumMap<>(Quantity.class);
        for (Baseline part : values()) {
            part.makeAlike(bench);
            bench.apply();
            Map<Quantity, double[]> measured =
                    new Verifier(bench, targets).run(false).achieved();
            part.quantities.forEach(quantity -> before.put(quantity, measured.get(quantity)));
            bench.configure(calibrated).apply();
        }
        return before;
    }

    private void makeAlike(Bench bench) {
        for (NeuronParameter parameter : parameters) {
            double[] codes =
                    Arrays.stream(bench.codes(parameter)).asDoubleStream().toArray();
            bench.set(parameter, (int) Math.round(Statistics.median(codes)));
        }
        for (String name : switches) {
            boolean most = IntStream.range(0, AtomicNeuron.COUNT)
                            .filter(n ->
                                    bench.neuron(AtomicNeuron.of(n)).values().isSet(name))
                            .count()
                    > AtomicNeuron.COUNT / 2;
            ChipConfiguration.Builder chip = bench.configuration().change();
            for (int n = 0; n < AtomicNeuron.COUNT; n++) {
                ContainerValues values = bench.configuration().values(Container.NEURON_CONFIG, n);
                chip.set(Container.NEURON_CONFIG, n, values.with(name, most));
            }
            bench.configure(chip.build());
        }
    }
}
