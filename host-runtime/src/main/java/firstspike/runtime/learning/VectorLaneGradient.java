package firstspike.runtime.learning;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link LaneGradient} by the Vector API: a vector of neurons at a time over the inputs that are there, the same operations in the
 * same order, so the same bits.
 */
final class VectorLaneGradient extends LayerGradient {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final int inputs;
    private final int size;
    private final int padded;
    private final int rows;
    private final double tau;
    private final double maxWeightGradient;
    private final GradientTally tally;
    private final InputExponentials exponentials;
    private final NeuronGradient oneByOne;
    private final VectorSlopes slopes;
    private final double[] times;
    private final int[] present;
    private int presents;
    /** dT/dw of a vector of neurons, (present row, neuron). */
    private final double[] byWeight;

    private final double[] product = new double[LANES];

    VectorLaneGradient(LayerModel model, GradientSettings settings, GradientTally tally) {
        super(model, LANES, model.blocked(LANES));
        inputs = model.inputs();
        size = model.size();
        padded = VectorInputExponentials.padded(size);
        rows = model.rows();
        tau = model.neuron().tauSyn();
        maxWeightGradient = settings.maxWeightGradient();
        this.tally = tally;
        oneByOne = new NeuronGradient(model, settings, tally);
        slopes = new VectorSlopes(padded, model.neuron().drive(), settings.minSlope(), tally);
        times = new double[VectorInputExponentials.padded(rows)];
        Arrays.fill(times, Double.POSITIVE_INFINITY);
        model.appendBiases(times);
        exponentials = new VectorInputExponentials(times.length, tau);
        present = new int[rows];
        byWeight = new double[rows * LANES];
    }

    @Override
    void add(double[] in, double[] out, int sample, double[] error, double[] weights, double[] errorBelow) {
        System.arraycopy(in, sample * inputs, times, 0, inputs);
        exponentials.prepare(times);
        if (exponentials.wide()) {
            oneByOne.addBlocks(in, out, sample, error, weights, errorBelow, this);
            return;
        }
        if (errorBelow != null) {
            Arrays.fill(errorBelow, 0, inputs, 0);
        }
        int n = 0;
        for (int row = 0; row < rows; row++) {
            present[n] = row;
            n += times[row] < Double.POSITIVE_INFINITY ? 1 : 0;
        }
        presents = n;
        if (n == 0 || !slopes.select(out, sample * size, error, size, exponentials.last)) {
            return;
        }
        for (int from = 0; from < padded; from += LANES) {
            sumUp(weights, from * rows, from);
        }
        slopes.solve();
        for (int from = 0; from < padded; from += LANES) {
            derive(from * rows, from);
            if (errorBelow != null) {
                handDown(weights, from * rows, from, errorBelow);
            }
        }
    }

    private void sumUp(double[] weights, int base, int from) {
        double[] e = exponentials.exponential;
        double[] s = exponentials.scaled;
        DoubleVector spike = DoubleVector.fromArray(SPECIES, slopes.spike, from);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector a = zero;
        DoubleVector b = zero;
        for (int k = 0; k < presents; k++) {
            int row = present[k];
            DoubleVector w = DoubleVector.fromArray(SPECIES, weights, base + row * LANES);
            DoubleVector charge = zero.blend(w.mul(e[row]), spike.compare(GE, times[row]));
            a = a.add(charge);
            b = b.add(charge.mul(s[row]));
        }
        a.intoArray(slopes.a, from);
        b.intoArray(slopes.b, from);
    }

    private void derive(int base, int from) {
        double[] e = exponentials.exponential;
        DoubleVector spike = DoubleVector.fromArray(SPECIES, slopes.spike, from);
        DoubleVector factor = DoubleVector.fromArray(SPECIES, slopes.factor, from);
        DoubleVector error = DoubleVector.fromArray(SPECIES, slopes.error, from);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector largest = zero;
        for (int k = 0; k < presents; k++) {
            int row = present[k];
            DoubleVector since = spike.sub(times[row]);
            DoubleVector d = zero.blend(factor.mul(e[row]).mul(since), since.compare(GE, 0));
            d.intoArray(byWeight, k * LANES);
            largest = largest.max(d.abs());
        }
        DoubleVector most = error.abs().mul(largest);
        VectorMask<Double> sound = most.compare(LE, maxWeightGradient).and(most.compare(LT, Double.POSITIVE_INFINITY));
        if (sound.not().anyTrue()) {
            chop(most, largest);
            error = zero.blend(error, sound);
        }
        for (int k = 0; k < presents; k++) {
            int to = base + present[k] * LANES;
            DoubleVector.fromArray(SPECIES, sum, to)
                    .add(error.mul(DoubleVector.fromArray(SPECIES, byWeight, k * LANES)))
                    .intoArray(sum, to);
        }
    }

    /** Counts the neurons whose largest contribution is out of range. */
    private void chop(DoubleVector most, DoubleVector largest) {
        for (int lane = 0; lane < LANES; lane++) {
            most.intoArray(product, 0);
            double value = product[lane];
            if (value > maxWeightGradient) {
                tally.dropped++;
            } else if (!(value <= maxWeightGradient && value < Double.POSITIVE_INFINITY)) {
                tally.nonfinite++;
            }
            largest.intoArray(product, 0);
            if (!(product[lane] < Double.POSITIVE_INFINITY)) {
                for (int k = 0; k < presents; k++) {
                    byWeight[k * LANES + lane] = 0; // 0 times infinity is none
                }
            }
        }
    }

    /** Adds to the errors of the inputs, in the order of neurons. */
    private void handDown(double[] weights, int base, int from, double[] errorBelow) {
        DoubleVector spike = DoubleVector.fromArray(SPECIES, slopes.spike, from);
        DoubleVector factor = DoubleVector.fromArray(SPECIES, slopes.factor, from);
        DoubleVector error = DoubleVector.fromArray(SPECIES, slopes.error, from);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int k = 0; k < presents; k++) {
            int row = present[k];
            if (row >= inputs) {
                break; // biases are behind the inputs
            }
            DoubleVector since = spike.sub(times[row]);
            DoubleVector d = factor.mul(exponentials.exponential[row])
                    .mul(DoubleVector.fromArray(SPECIES, weights, base + row * LANES))
                    .mul(since.sub(tau));
            if (tau != 1) {
                d = d.div(tau);
            }
            zero.blend(error.mul(d), since.compare(GE, 0)).intoArray(product, 0);
            double below = errorBelow[row];
            for (int lane = 0; lane < LANES; lane++) {
                below += product[lane];
            }
            errorBelow[row] = below;
        }
    }
}
