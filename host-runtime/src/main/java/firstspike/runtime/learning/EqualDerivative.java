package firstspike.runtime.learning;

/**
 * Published closed form for equal time constants ({@code inloop.md} section 3); its slope is 1 + W0(z). The slopes of all neurons
 * of a sample are solved together in flat loops, so that their long chains of operations overlap.
 */
final class EqualDerivative extends SpikeDerivative {
    private static final double ROUNDING = 4e-16;

    private final double tau;
    private final double drive;
    private final InputExponentials exponentials;
    /** Present inputs of the sample: row and time. */
    private final int[] present;

    private final double[] presentTime;
    private int presents;
    private double[] times;

    /** By neuron: its place among those that were solved ahead; only neurons that are derived have one. */
    private final int[] place;

    private final double[] aOf;
    private final double[] ratio;
    private final double[] steepness;
    private final double[] slopes;
    private final Exponential powers;
    private boolean ahead;
    private int selected;
    /** Sums of the spike that was summed up last. */
    private double a;

    private double b;

    EqualDerivative(LayerModel layer, int rows, double minSlope, GradientTally tally) {
        super(rows, minSlope, tally);
        tau = layer.neuron().tauSyn();
        drive = layer.neuron().drive();
        exponentials = new InputExponentials(rows, tau);
        present = new int[rows];
        presentTime = new double[rows];
        place = new int[layer.size()];
        aOf = new double[layer.size()];
        ratio = new double[layer.size()];
        steepness = new double[layer.size()];
        slopes = new double[layer.size()];
        powers = new Exponential(layer.size());
    }

    @Override
    LearningRule rule() {
        return LearningRule.CLOSED_FORM_EQUAL;
    }

    @Override
    void prepare(double[] inputTimes) {
        times = inputTimes;
        ahead = false;
        exponentials.prepare(inputTimes);
        presents = 0;
        for (int row = 0; row < inputTimes.length; row++) {
            if (inputTimes[row] < Double.POSITIVE_INFINITY) {
                present[presents] = row;
                presentTime[presents++] = inputTimes[row];
            }
        }
    }

    @Override
    void lookAhead(double[] weights, double[] spikes, int from, double[] errors) {
        ahead = !exponentials.wide();
        if (!ahead) {
            return;
        }
        int n = 0;
        for (int neuron = 0; neuron < errors.length; neuron++) {
            double spike = spikes[from + neuron];
            if (errors[neuron] != 0 && spike < Double.POSITIVE_INFINITY) {
                sumUp(weights, neuron * times.length, spike);
                place[neuron] = n;
                aOf[n] = a;
                ratio[n++] = b / a;
            }
        }
        for (int i = 0; i < n; i++) {
            slopes[i] = 1 + ratio[i];
        }
        powers.of(slopes, n, steepness);
        for (int i = 0; i < n; i++) {
            steepness[i] = steepness[i] * (drive / aOf[i]);
        }
        LambertW.onePlus(steepness, n, slopes);
        for (int i = 0; i < n; i++) {
            if (!LambertW.isFar(aOf[i], ratio[i], steepness[i])) {
                slopes[i] = slope(aOf[i], ratio[i], drive);
            }
        }
    }

    @Override
    void select(int neuron) {
        selected = neuron;
    }

    @Override
    boolean derive(double[] weights, int offset, double spike) {
        double slope;
        if (ahead) {
            findCausal(spike);
            a = aOf[place[selected]];
            slope = slopes[place[selected]];
        } else {
            exponentials.reference(spike);
            sumUp(weights, offset, spike);
            slope = slope(a, b / a, drive);
        }
        if (Double.isNaN(slope)) {
            return false;
        }
        if (slope < minSlope) {
            tally.floored++;
            slope = minSlope;
        } else if (slope == 0) {
            return flat();
        }
        double[] e = exponentials.exponential;
        double factor = -1 / (a * slope);
        for (int k = 0; k < count; k++) {
            int row = causal[k];
            byWeight[row] = factor * e[row] * (spike - times[row]);
        }
        if (timesWanted) {
            for (int k = 0; k < count; k++) {
                int row = causal[k];
                double scaled = factor * e[row] * weights[offset + row] * (spike - times[row] - tau);
                byTime[row] = tau == 1 ? scaled : scaled / tau;
            }
        }
        return true;
    }

    /** Rows of inputs at or before a spike, without a branch: which ones they are follows no pattern. */
    private void findCausal(double spike) {
        int n = 0;
        for (int k = 0; k < presents; k++) {
            causal[n] = present[k];
            // the sign of the distance; adding 0 makes that of -0 a plus
            n += 1 - (int) (Double.doubleToRawLongBits(spike - presentTime[k] + 0.0) >>> (Long.SIZE - 1));
        }
        count = n;
    }

    private void sumUp(double[] weights, int offset, double spike) {
        findCausal(spike);
        double[] e = exponentials.exponential;
        double[] s = exponentials.scaled;
        double sumA = 0;
        double sumB = 0;
        for (int k = 0; k < count; k++) {
            int row = causal[k];
            double we = weights[offset + row] * e[row];
            sumA += we;
            sumB += we * s[row];
        }
        a = sumA;
        b = sumB;
    }

    /** 1 + W0(z); NaN when the model has no spike for the sums a and b = ratio a. */
    static double slope(double sum, double quotient, double drive) {
        if (sum == 0) {
            return Double.NaN;
        }
        if (sum < 0) {
            return 1 + LambertW.w0(-(drive / sum) * StrictMath.exp(quotient));
        }
        return LambertW.onePlus(quotient, sum, drive, ROUNDING);
    }
}
