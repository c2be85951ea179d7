package firstspike.runtime.learning;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Gradient of a layer of few neurons and many inputs, equal time constants: sums with a vector of neurons at a time, derivatives with
 * a vector of inputs. The same operations in the same order as {@link EqualDerivative}, so the same bits. Its weights stand in both
 * orders, one behind the other.
 */
final class VectorRowGradient extends LayerGradient {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final int inputs;
    private final int size;
    private final int paddedSize;
    private final int rows;
    private final int paddedRows;
    private final int neuronMajor;
    private final double tau;
    private final double maxWeightGradient;
    private final GradientTally tally;
    private final InputExponentials exponentials;
    private final NeuronGradient oneByOne;
    private final VectorSlopes slopes;
    private final double[] times;
    private final double[] byWeight;
    private final double[] below;

    VectorRowGradient(LayerModel model, GradientSettings settings, GradientTally tally) {
        // the last vector of the last neuron's rows reaches beyond them
        super(model, 1, model.weights() + LANES);
        inputs = model.inputs();
        size = model.size();
        paddedSize = VectorInputExponentials.padded(size);
        rows = model.rows();
        paddedRows = VectorInputExponentials.padded(rows);
        neuronMajor = model.blocked(LANES);
        tau = model.neuron().tauSyn();
        maxWeightGradient = settings.maxWeightGradient();
        this.tally = tally;
        oneByOne = new NeuronGradient(model, settings, tally);
        slopes = new VectorSlopes(paddedSize, model.neuron().drive(), settings.minSlope(), tally);
        times = new double[paddedRows];
        Arrays.fill(times, Double.POSITIVE_INFINITY);
        model.appendBiases(times);
        exponentials = new VectorInputExponentials(paddedRows, tau);
        byWeight = new double[paddedRows];
        below = new double[paddedRows];
    }

    @Override
    int weights() {
        return neuronMajor + sum.length;
    }

    @Override
    void arrange(double[] matrix, double[] weights) {
        model.toBlocks(matrix, LANES, weights);
        for (int neuron = 0; neuron < size; neuron++) {
            for (int row = 0; row < rows; row++) {
                weights[neuronMajor + neuron * rows + row] = matrix[row * size + neuron];
            }
        }
    }

    @Override
    void add(double[] in, double[] out, int sample, double[] error, double[] weights, double[] errorBelow) {
        System.arraycopy(in, sample * inputs, times, 0, inputs);
        exponentials.prepare(times);
        if (exponentials.wide()) {
            oneByOne.addNeuronMajor(in, out, sample, error, weights, neuronMajor, errorBelow, sum);
            return;
        }
        boolean some = exponentials.last > Double.NEGATIVE_INFINITY
                && slopes.select(out, sample * size, error, size, exponentials.last);
        Arrays.fill(below, 0);
        if (some) {
            for (int from = 0; from < paddedSize; from += LANES) {
                sumUp(weights, from * rows, from);
            }
            slopes.solve();
            for (int n = 0; n < size; n++) {
                if (slopes.error[n] != 0) {
                    derive(n);
                    if (errorBelow != null) {
                        handDown(weights, n);
                    }
                }
            }
        }
        if (errorBelow != null) {
            System.arraycopy(below, 0, errorBelow, 0, inputs);
        }
    }

    private void sumUp(double[] weights, int base, int from) {
        double[] e = exponentials.exponential;
        double[] s = exponentials.scaled;
        double[] t = times;
        DoubleVector spike = DoubleVector.fromArray(SPECIES, slopes.spike, from);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector a = zero;
        DoubleVector b = zero;
        for (int row = 0; row < rows; row++) {
            DoubleVector w = DoubleVector.fromArray(SPECIES, weights, base + row * LANES);
            // the product with a time that is not there is not taken either
            DoubleVector charge = w.mul(e[row]);
            DoubleVector moment = charge.mul(s[row]);
            VectorMask<Double> causal = spike.compare(GE, t[row]);
            a = a.add(zero.blend(charge, causal));
            b = b.add(zero.blend(moment, causal));
        }
        a.intoArray(slopes.a, from);
        b.intoArray(slopes.b, from);
    }

    private void derive(int n) {
        double spike = slopes.spike[n];
        double factor = slopes.factor[n];
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector largest = zero;
        for (int row = 0; row < paddedRows; row += LANES) {
            DoubleVector since =
                    DoubleVector.broadcast(SPECIES, spike).sub(DoubleVector.fromArray(SPECIES, times, row));
            DoubleVector d = DoubleVector.fromArray(SPECIES, exponentials.exponential, row)
                    .mul(factor)
                    .mul(since);
            d = zero.blend(d, since.compare(GE, 0));
            d.intoArray(byWeight, row);
            largest = largest.max(d.abs());
        }
        double error = slopes.error[n];
        double most = Math.abs(error) * largest.reduceLanes(MAX);
        if (most > maxWeightGradient) {
            tally.dropped++;
            return;
        }
        if (!(most < Double.POSITIVE_INFINITY)) {
            tally.nonfinite++;
            return;
        }
        int base = n * rows;
        for (int row = 0; row < paddedRows; row += LANES) {
            // rows behind the last one are absent: they add 0 to the next neuron
            DoubleVector.fromArray(SPECIES, sum, base + row)
                    .add(DoubleVector.fromArray(SPECIES, byWeight, row).mul(error))
                    .intoArray(sum, base + row);
        }
    }

    private void handDown(double[] weights, int n) {
        double spike = slopes.spike[n];
        double factor = slopes.factor[n];
        double error = slopes.error[n];
        int base = neuronMajor + n * rows;
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int row = 0; row < paddedRows; row += LANES) {
            DoubleVector since =
                    DoubleVector.broadcast(SPECIES, spike).sub(DoubleVector.fromArray(SPECIES, times, row));
            DoubleVector d = DoubleVector.fromArray(SPECIES, exponentials.exponential, row)
                    .mul(factor)
                    .mul(DoubleVector.fromArray(SPECIES, weights, base + row))
                    .mul(since.sub(tau));
            if (tau != 1) {
                d = d.div(tau);
            }
            DoubleVector.fromArray(SPECIES, below, row)
                    .add(zero.blend(d.mul(error), since.compare(GE, 0)))
                    .intoArray(below, row);
        }
    }
}
