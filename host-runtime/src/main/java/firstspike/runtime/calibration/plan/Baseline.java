package firstspike.runtime.calibration.plan;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.verification.Verifier;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the chip would be without its calibration: everything measured with the median of the codes that were found on all
 * neurons (calibration.md 7). Converters and the biases of quadrants stay calibrated.
 */
final class Baseline {

    private static final List<NeuronParameter> SEARCHED = List.of(
            NeuronParameter.V_LEAK,
            NeuronParameter.V_RESET,
            NeuronParameter.V_THRESHOLD,
            NeuronParameter.I_BIAS_LEAK,
            NeuronParameter.I_BIAS_SYNIN_EXC_TAU,
            NeuronParameter.I_BIAS_SYNIN_INH_TAU,
            NeuronParameter.I_BIAS_SYNIN_EXC_GM,
            NeuronParameter.I_BIAS_SYNIN_INH_GM,
            NeuronParameter.I_BIAS_SYNIN_EXC_SHIFT,
            NeuronParameter.I_BIAS_SYNIN_INH_SHIFT);

    private Baseline() {}

    /**
     * Measures, and puts the calibrated codes back in force.
     *
     * @param bench with the codes of the calibration
     * @param targets of the calibration
     * @return value of each neuron by quantity; NaN: not measurable
     */
    static Map<Quantity, double[]> measure(Bench bench, TargetSet targets) {
        ChipConfiguration calibrated = bench.configuration();
        for (NeuronParameter parameter : SEARCHED) {
            double[] codes =
                    Arrays.stream(bench.codes(parameter)).asDoubleStream().toArray();
            bench.set(parameter, (int) Math.round(Statistics.median(codes)));
        }
        bench.apply();
        Map<Quantity, double[]> before = new Verifier(bench, targets).run(false).achieved();
        bench.configure(calibrated).apply();
        return before;
    }
}
