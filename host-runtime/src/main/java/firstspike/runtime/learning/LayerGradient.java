package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * Chain rule through one layer, sample by sample: adds to the weight gradient and hands the error on to the layer below.
 * Mutable scratch of one owner thread.
 */
final class LayerGradient {
    private final LayerModel model;
    private final double maxWeightGradient;
    private final GradientTally tally;
    private final SpikeDerivative derivative;
    private final double[] times;
    /** Sum over the samples, neuron-major. */
    final double[] sum;

    LayerGradient(LayerModel model, GradientSettings settings, GradientTally tally) {
        this.model = model;
        this.tally = tally;
        maxWeightGradient = settings.maxWeightGradient();
        times = new double[model.rows()];
        model.appendBiases(times);
        derivative = SpikeDerivative.of(settings, model, times.length, tally);
        sum = new double[model.weights()];
    }

    /**
     * Works on one sample.
     *
     * @param in input times, {@code inputs} per sample
     * @param out spike times of the layer, {@code size} per sample, computed or measured
     * @param sample index in both
     * @param error dL/dT of the layer's neurons; NaN counts as 0
     * @param weights neuron-major
     * @param errorBelow receives dL/dt of the inputs (set, not added); null where nobody asks
     */
    void add(double[] in, double[] out, int sample, double[] error, double[] weights, double[] errorBelow) {
        int inputs = model.inputs();
        int size = model.size();
        int rows = times.length;
        System.arraycopy(in, sample * inputs, times, 0, inputs);
        derivative.prepare(times);
        derivative.timesWanted = errorBelow != null;
        derivative.lookAhead(weights, out, sample * size, error);
        if (errorBelow != null) {
            Arrays.fill(errorBelow, 0, inputs, 0);
        }
        for (int neuron = 0; neuron < size; neuron++) {
            double spike = out[sample * size + neuron];
            double e = error[neuron];
            if (e != e) {
                tally.nonfinite++;
                continue;
            }
            if (e == 0 || !(spike < Double.POSITIVE_INFINITY)) {
                continue;
            }
            derivative.select(neuron);
            if (derivative.derive(weights, neuron * rows, spike)) {
                addWeights(neuron * rows, e);
                if (errorBelow != null) {
                    addErrors(e, errorBelow);
                }
            }
        }
    }

    private void addErrors(double e, double[] errorBelow) {
        double[] byTime = derivative.byTime;
        int[] causal = derivative.causal;
        int inputs = model.inputs();
        for (int k = 0; k < derivative.count; k++) {
            int row = causal[k];
            if (row >= inputs) {
                break; // biases are behind the inputs
            }
            errorBelow[row] += e * byTime[row];
        }
    }

    /** Chopping leaves the error of the layer below alone. */
    private void addWeights(int offset, double e) {
        double[] byWeight = derivative.byWeight;
        int[] causal = derivative.causal;
        int count = derivative.count;
        double largest = 0;
        boolean finite = true;
        for (int k = 0; k < count; k++) {
            double d = Math.abs(byWeight[causal[k]]);
            finite &= d < Double.POSITIVE_INFINITY;
            largest = d > largest ? d : largest;
        }
        // rounding keeps order, so the largest product is that of the largest factor
        largest = finite ? Math.abs(e) * largest : Double.NaN;
        if (largest > maxWeightGradient) {
            tally.dropped++;
            return;
        }
        if (!(largest < Double.POSITIVE_INFINITY)) {
            tally.nonfinite++;
            return;
        }
        for (int k = 0; k < count; k++) {
            int row = causal[k];
            sum[offset + row] += e * byWeight[row];
        }
    }
}
