package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * Measured constants of each neuron of a layer, in units of model time ({@code inloop.md} section 4). Immutable.
 */
public final class MeasuredNeurons {
    private final double[] tauMem;
    private final double[] tauSynExcitatory;
    private final double[] tauSynInhibitory;
    private final double[] ratio;

    /**
     * Takes copies.
     *
     * @param tauMem membrane time constants, above 0
     * @param tauSynExcitatory time constants of inputs with positive weights, above 0
     * @param tauSynInhibitory time constants of inputs with negative weights, above 0
     * @param ratio strength of a negative weight in units of that of a positive one, above 0
     * @throws IllegalArgumentException for another length or a value out of range
     */
    public MeasuredNeurons(double[] tauMem, double[] tauSynExcitatory, double[] tauSynInhibitory, double[] ratio) {
        this.tauMem = checked("tauMem", tauMem, tauMem.length);
        this.tauSynExcitatory = checked("tauSynExcitatory", tauSynExcitatory, tauMem.length);
        this.tauSynInhibitory = checked("tauSynInhibitory", tauSynInhibitory, tauMem.length);
        this.ratio = checked("ratio", ratio, tauMem.length);
    }

    private static double[] checked(String name, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(name + " of " + values.length + " neurons (expected: " + length + ")");
        }
        for (int n = 0; n < length; n++) {
            if (!(values[n] > 0 && values[n] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        name + " of neuron " + n + " : " + values[n] + " (expected: finite and above 0)");
            }
        }
        return values.clone();
    }

    /** Number of neurons. */
    public int size() {
        return tauMem.length;
    }

    /**
     * Membrane time constant.
     *
     * @param neuron of the layer
     * @return in units of model time
     */
    public double tauMem(int neuron) {
        return tauMem[neuron];
    }

    /**
     * Synaptic time constant.
     *
     * @param neuron of the layer
     * @param inhibitory of negative weights
     * @return in units of model time
     */
    public double tauSyn(int neuron, boolean inhibitory) {
        return inhibitory ? tauSynInhibitory[neuron] : tauSynExcitatory[neuron];
    }

    /**
     * Strength of negative weights.
     *
     * @param neuron of the layer
     * @return in units of that of positive weights
     */
    public double ratio(int neuron) {
        return ratio[neuron];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeasuredNeurons that
                && Arrays.equals(tauMem, that.tauMem)
                && Arrays.equals(tauSynExcitatory, that.tauSynExcitatory)
                && Arrays.equals(tauSynInhibitory, that.tauSynInhibitory)
                && Arrays.equals(ratio, that.ratio);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(tauMem) + 31 * Arrays.hashCode(ratio);
    }
}
