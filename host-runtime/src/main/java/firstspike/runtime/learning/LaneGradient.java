package firstspike.runtime.learning;

import java.util.Arrays;

/**
 * The published closed form for equal time constants ({@code inloop.md} section 3) with the neurons of a layer side by side:
 * loops over neurons without branches, which the compiler turns into vector instructions. What is causal is a factor 0 or 1, and a
 * neuron that takes no part has error 0; the same operations in the same order as {@link EqualDerivative}, so the same bits.
 */
final class LaneGradient extends LayerGradient {
    /** Twice, it makes any distance of two different times larger than 1, or infinite. */
    private static final double HUGE = 0x1p540;

    private final int inputs;
    private final int size;
    private final double tau;
    private final double drive;
    private final double minSlope;
    private final double maxWeightGradient;
    private final GradientTally tally;
    private final InputExponentials exponentials;
    private final NeuronGradient oneByOne;
    private final double[] times;
    private final int[] present;
    private int presents;
    /** By neuron: error, 0 where it takes no part; its spike; sums; what follows from them. */
    private final double[] errors;

    private final double[] spikes;
    private final double[] a;
    private final double[] b;
    private final double[] ratio;
    private final double[] steepness;
    private final double[] slope;
    private final double[] factor;
    private final double[] largest;
    private final double[] product;
    private final Exponential powers;
    /** dT/dw of the present rows, (row, neuron). */
    private final double[] byWeight;

    LaneGradient(LayerModel model, GradientSettings settings, GradientTally tally) {
        super(model, Math.max(1, model.size()), model.weights());
        inputs = model.inputs();
        size = model.size();
        tau = model.neuron().tauSyn();
        drive = model.neuron().drive();
        minSlope = settings.minSlope();
        maxWeightGradient = settings.maxWeightGradient();
        this.tally = tally;
        oneByOne = new NeuronGradient(model, settings, tally);
        times = new double[model.rows()];
        model.appendBiases(times);
        exponentials = new InputExponentials(times.length, tau);
        present = new int[times.length];
        errors = new double[size];
        spikes = new double[size];
        a = new double[size];
        b = new double[size];
        ratio = new double[size];
        steepness = new double[size];
        slope = new double[size];
        factor = new double[size];
        largest = new double[size];
        product = new double[size];
        powers = new Exponential(size);
        byWeight = new double[model.weights()];
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
        presents = 0;
        for (int row = 0; row < times.length; row++) {
            if (times[row] < Double.POSITIVE_INFINITY) {
                present[presents++] = row;
            }
        }
        if (!select(out, sample, error) || presents == 0) {
            return;
        }
        sumUp(weights);
        solve();
        derive();
        chop();
        for (int k = 0; k < presents; k++) {
            int to = present[k] * size;
            int from = k * size;
            for (int n = 0; n < size; n++) {
                sum[to + n] += product[n] * byWeight[from + n];
            }
        }
        if (errorBelow != null) {
            handDown(weights, errorBelow);
        }
    }

    /**
     * Takes errors and spikes of the neurons that take part.
     *
     * @return whether one does
     */
    private boolean select(double[] out, int sample, double[] error) {
        boolean any = false;
        double somewhere = exponentials.reference(0);
        for (int n = 0; n < size; n++) {
            double e = error[n];
            double spike = out[sample * size + n];
            if (e != e) {
                tally.nonfinite++;
            }
            boolean part = e == e && e != 0 && spike < Double.POSITIVE_INFINITY;
            errors[n] = part ? e : 0;
            spikes[n] = part ? spike : somewhere;
            any |= part;
        }
        return any;
    }

    private void sumUp(double[] weights) {
        Arrays.fill(a, 0);
        Arrays.fill(b, 0);
        for (int k = 0; k < presents; k++) {
            int row = present[k];
            int base = row * size;
            double t = times[row];
            double e = exponentials.exponential[row];
            double s = exponentials.scaled[row];
            for (int n = 0; n < size; n++) {
                double causal = Math.min(1, Math.max(0, (spikes[n] - t) * HUGE * HUGE + 1));
                product[n] = weights[base + n] * e * causal;
            }
            for (int n = 0; n < size; n++) {
                a[n] += product[n];
            }
            for (int n = 0; n < size; n++) {
                b[n] += product[n] * s;
            }
        }
    }

    /** The slopes 1 + W0(z), and the factor of all derivatives of a neuron. */
    private void solve() {
        for (int n = 0; n < size; n++) {
            ratio[n] = b[n] / a[n];
            slope[n] = 1 + ratio[n];
        }
        powers.of(slope, size, steepness);
        for (int n = 0; n < size; n++) {
            steepness[n] = steepness[n] * (drive / a[n]);
        }
        LambertW.onePlus(steepness, size, slope);
        for (int n = 0; n < size; n++) {
            double own = slope[n];
            if (!LambertW.isFar(a[n], ratio[n], steepness[n])) {
                own = errors[n] == 0 ? Double.NaN : EqualDerivative.slope(a[n], ratio[n], drive);
            }
            if (errors[n] == 0 || own != own) {
                own = Double.NaN;
            } else if (own < minSlope) {
                tally.floored++;
                own = minSlope;
            } else if (own == 0) {
                tally.flat++;
                own = Double.NaN;
            }
            if (own != own) {
                errors[n] = 0;
                a[n] = 1;
                own = 1;
            }
            slope[n] = own;
        }
        for (int n = 0; n < size; n++) {
            factor[n] = -1 / (a[n] * slope[n]);
        }
    }

    private void derive() {
        Arrays.fill(largest, 0);
        for (int k = 0; k < presents; k++) {
            int row = present[k];
            int to = k * size;
            double t = times[row];
            double e = exponentials.exponential[row];
            for (int n = 0; n < size; n++) {
                double since = spikes[n] - t;
                double causal = Math.min(1, Math.max(0, since * HUGE * HUGE + 1));
                byWeight[to + n] = factor[n] * e * since * causal;
            }
            for (int n = 0; n < size; n++) {
                largest[n] = Math.max(largest[n], Math.abs(byWeight[to + n]));
            }
        }
    }

    /** The errors that the weight gradient sees; chopping leaves those of the layer below alone. */
    private void chop() {
        for (int n = 0; n < size; n++) {
            // rounding keeps order, so the largest product is that of the largest factor
            double most = Math.abs(errors[n]) * largest[n];
            product[n] = errors[n];
            if (!(most <= maxWeightGradient && most < Double.POSITIVE_INFINITY)) {
                if (most > maxWeightGradient) {
                    tally.dropped++;
                } else {
                    tally.nonfinite++;
                }
                product[n] = 0;
                if (!(largest[n] < Double.POSITIVE_INFINITY)) {
                    for (int k = 0; k < presents; k++) {
                        byWeight[k * size + n] = 0; // 0 times infinity is none
                    }
                }
            }
        }
    }

    private void handDown(double[] weights, double[] errorBelow) {
        for (int k = 0; k < presents; k++) {
            int row = present[k];
            if (row >= inputs) {
                break; // biases are behind the inputs
            }
            int base = row * size;
            double t = times[row];
            double e = exponentials.exponential[row];
            for (int n = 0; n < size; n++) {
                double since = spikes[n] - t;
                double causal = Math.min(1, Math.max(0, since * HUGE * HUGE + 1));
                double d = factor[n] * e * weights[base + n] * (since - tau);
                product[n] = errors[n] * (tau == 1 ? d : d / tau) * causal;
            }
            double below = 0;
            for (int n = 0; n < size; n++) {
                below += product[n];
            }
            errorBelow[row] = below;
        }
    }
}
