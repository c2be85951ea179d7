package firstspike.runtime.execution;

import firstspike.runtime.error.HealthFalsifiedException;
import firstspike.runtime.mapping.ChipMapping;

/**
 * Rounds float weights to the integers that synapses can have, half to even, and counts those that stand at or beyond the
 * limit before rounding: the rule of {@link SolverExecutor}, so that both name the same share of the same weights.
 */
final class Quantiser {

    private final ChipMapping mapping;

    Quantiser(ChipMapping mapping) {
        this.mapping = mapping;
    }

    WeightsInForce quantise(LayerWeights shadow) {
        int layers = mapping.network().layers().size();
        if (shadow.layers().length != layers) {
            throw new IllegalArgumentException(
                    "weights: " + shadow.layers().length + " layers (limit: " + layers + "); give one matrix a layer");
        }
        double[][] inForce = new double[layers][];
        short[][] integers = new short[layers][];
        long clipped = 0;
        long total = 0;
        double squares = 0;
        for (int l = 0; l < layers; l++) {
            double[] weights = shadow.layers()[l];
            checkShape(l, weights);
            double scale = mapping.scale(l);
            inForce[l] = new double[weights.length];
            integers[l] = new short[weights.length];
            int size = mapping.network().layers().get(l).size();
            for (int row = 0, i = 0; i < weights.length; row++) {
                int largest = mapping.largestInteger(l, row);
                // compared in weight units, where a clipped weight equals its limit exactly; times the scale it need
                // not
                double limit = largest / scale;
                for (int end = i + size; i < end; i++) {
                    double exact = weights[i] * scale;
                    if (!Double.isFinite(exact)) {
                        throw notFinite(l, i, weights[i]);
                    }
                    clipped += Math.abs(weights[i]) >= limit ? 1 : 0;
                    double rounded = Math.max(-largest, Math.min(largest, Math.rint(exact)));
                    integers[l][i] = (short) rounded;
                    inForce[l][i] = rounded / scale;
                    squares += (rounded - exact) * (rounded - exact);
                }
            }
            total += weights.length;
        }
        return new WeightsInForce(inForce, integers, clipped, total, total == 0 ? 0 : Math.sqrt(squares / total));
    }

    private void checkShape(int layer, double[] weights) {
        int rows = mapping.network().rows(layer);
        int size = mapping.network().layers().get(layer).size();
        if (weights.length != rows * size) {
            throw new IllegalArgumentException("weights of layer " + layer + ": " + weights.length + " (limit: " + rows
                    + " x " + size + "); give one weight a row and neuron");
        }
    }

    private HealthFalsifiedException notFinite(int layer, int index, double weight) {
        int size = mapping.network().layers().get(layer).size();
        return new HealthFalsifiedException(
                HealthFalsifiedException.Code.HEALTH_FALSIFIED,
                "weight of layer " + mapping.network().layers().get(layer).name() + ", row " + index / size
                        + ", neuron " + index % size,
                weight,
                "a finite number",
                "lower the learning rate, or resume from an earlier checkpoint");
    }
}
