package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.fit.LineFit;
import firstspike.runtime.calibration.fit.PspFit;
import firstspike.runtime.measurement.Bench;
import java.util.Arrays;

/**
 * What a weight step does to each neuron, and its threshold in units of 30 of them (calibration.md 4.12):
 * {@code theta = (V_th - V_l) K_peak / (kappa · 30 · tau_us)}. Arrays belong to the reader.
 *
 * @param perStep kappa: peak of a postsynaptic potential for one step of the excitatory weight, LSB; NaN where unknown
 * @param threshold theta of each neuron; NaN where unknown
 */
public record NormalisedThreshold(double[] perStep, double[] threshold) {

    private static final int[] WEIGHTS = {63, 40, 20};
    private static final int REPEATS = 20;
    /** LSB that a unit weight has in the published experiments. */
    private static final double STEPS_A_UNIT = 30;

    /**
     * Measures potentials after events of three weights.
     *
     * @param bench in the state of experiments, with {@link TestSynapses}; the same afterwards
     * @param measured what is known of the neurons
     * @param unitUs the unit of time, microseconds
     * @return steps and thresholds
     */
    public static NormalisedThreshold measure(Bench bench, Measured measured, double unitUs) {
        double[][] peaks = new double[WEIGHTS.length][];
        double onset = 0;
        for (int w = 0; w < WEIGHTS.length; w++) {
            PostsynapticPotentials potentials = PostsynapticPotentials.measure(
                    bench, SynapticInput.EXCITATORY, WEIGHTS[w], REPEATS, measured.longestUs());
            if (w == 0) {
                onset = potentials.onsetUs(measured.tauMemUs(), measured.tauSynUs());
            }
            peaks[w] = potentials.peaks(onset, measured.tauMemUs(), measured.tauSynUs());
        }
        double[] perStep = new double[AtomicNeuron.COUNT];
        double[] threshold = new double[AtomicNeuron.COUNT];
        double[] weights = Arrays.stream(WEIGHTS).asDoubleStream().toArray();
        for (int n = 0; n < perStep.length; n++) {
            double[] heights = new double[WEIGHTS.length];
            for (int w = 0; w < WEIGHTS.length; w++) {
                heights[w] = peaks[w][n];
            }
            double kappa = LineFit.throughOrigin(weights, heights);
            double peak = PspFit.kernelPeak(measured.tauMemUs()[n], measured.tauSynUs()[n]);
            double theta = (measured.threshold()[n] - measured.leak()[n]) * peak / (kappa * STEPS_A_UNIT * unitUs);
            perStep[n] = kappa;
            threshold[n] = kappa > 0 && theta > 0 ? theta : Double.NaN;
        }
        return new NormalisedThreshold(perStep, threshold);
    }

    /**
     * What was measured of the neurons before. Arrays are read, never kept.
     *
     * @param leak potentials, LSB
     * @param threshold potentials, LSB
     * @param tauMemUs membrane time constants
     * @param tauSynUs time constants of the excitatory input
     */
    public record Measured(double[] leak, double[] threshold, double[] tauMemUs, double[] tauSynUs) {

        private static final double LONGEST_US = 100;

        /** The longest time constant that matters, microseconds; strays are no measure. */
        double longestUs() {
            double longest = 1;
            for (double[] taus : new double[][] {tauMemUs, tauSynUs}) {
                double[] sorted =
                        Arrays.stream(taus).filter(Double::isFinite).sorted().toArray();
                longest = sorted.length == 0 ? longest : Math.max(longest, sorted[sorted.length * 19 / 20]);
            }
            return Math.min(LONGEST_US, longest);
        }
    }
}
