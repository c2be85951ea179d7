package firstspike.runtime.learning;

import java.util.Arrays;

/** One neuron after the other, by any rule; weights and sum are neuron-major. */
final class NeuronGradient extends LayerGradient {
    private final double maxWeightGradient;
    private final GradientTally tally;
    private final SpikeDerivative derivative;
    private final double[] times;
    /** Made when first needed: samples of hundreds of time constants are rare. */
    private double[] matrix = new double[0];

    private double[] neuronMajor = new double[0];

    NeuronGradient(LayerModel model, GradientSettings settings, GradientTally tally) {
        super(model, 1, model.weights());
        this.tally = tally;
        maxWeightGradient = settings.maxWeightGradient();
        times = new double[model.rows()];
        model.appendBiases(times);
        derivative = SpikeDerivative.of(settings, model, times.length, tally);
    }

    @Override
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

    /** The same with weights and sum of another gradient of the layer, in its blocks. */
    void addBlocks(
            double[] in,
            double[] out,
            int sample,
            double[] error,
            double[] weights,
            double[] errorBelow,
            LayerGradient other) {
        if (matrix.length == 0) {
            matrix = new double[sum.length];
            neuronMajor = new double[sum.length];
        }
        model.fromBlocks(other.sum, other.lanes, matrix);
        model.toBlocks(matrix, 1, sum);
        model.fromBlocks(weights, other.lanes, matrix);
        model.toBlocks(matrix, 1, neuronMajor);
        add(in, out, sample, error, neuronMajor, errorBelow);
        model.fromBlocks(sum, 1, matrix);
        model.toBlocks(matrix, other.lanes, other.sum);
    }

    /** The same with neuron-major weights and sum of another gradient of the layer. */
    void addNeuronMajor(
            double[] in,
            double[] out,
            int sample,
            double[] error,
            double[] weights,
            int offset,
            double[] errorBelow,
            double[] other) {
        System.arraycopy(other, 0, sum, 0, sum.length);
        add(in, out, sample, error, Arrays.copyOfRange(weights, offset, offset + sum.length), errorBelow);
        System.arraycopy(sum, 0, other, 0, sum.length);
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
        if (finite) {
            // rounding keeps order, so the largest product is that of the largest factor
            largest *= Math.abs(e);
        } else {
            for (int k = 0; k < count; k++) {
                largest = Math.max(largest, Math.abs(e * byWeight[causal[k]]));
            }
        }
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
