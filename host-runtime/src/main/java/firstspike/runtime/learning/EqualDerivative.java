package firstspike.runtime.learning;

/** Published closed form for equal time constants ({@code inloop.md} section 3); its slope is 1 + W0(z). */
final class EqualDerivative extends SpikeDerivative {
    private static final double ROUNDING = 4e-16;

    private final double tau;
    private final double drive;
    private final InputExponentials exponentials;
    private double[] times;

    EqualDerivative(NeuronConstants neuron, int rows, double minSlope, GradientTally tally) {
        super(rows, minSlope, tally);
        tau = neuron.tauSyn();
        drive = neuron.drive();
        exponentials = new InputExponentials(rows, tau);
    }

    @Override
    LearningRule rule() {
        return LearningRule.CLOSED_FORM_EQUAL;
    }

    @Override
    void prepare(double[] inputTimes) {
        times = inputTimes;
        exponentials.prepare(inputTimes);
    }

    @Override
    boolean derive(double[] weights, int offset, double spike) {
        exponentials.reference(spike);
        double[] t = times;
        double[] e = exponentials.exponential;
        double[] s = exponentials.scaled;
        double a = 0;
        double b = 0;
        for (int row = 0; row < t.length; row++) {
            if (t[row] <= spike) {
                double we = weights[offset + row] * e[row];
                a += we;
                b += we * s[row];
            }
        }
        double slope = slope(a, b);
        if (Double.isNaN(slope)) {
            return false;
        }
        if (slope < minSlope) {
            tally.floored++;
            slope = minSlope;
        } else if (slope == 0) {
            return flat();
        }
        double factor = -1 / (a * slope);
        for (int row = 0; row < t.length; row++) {
            if (t[row] <= spike) {
                double common = factor * e[row];
                double since = spike - t[row];
                byWeight[row] = common * since;
                byTime[row] = common * weights[offset + row] * (since - tau) / tau;
            } else {
                byWeight[row] = 0;
                byTime[row] = 0;
            }
        }
        return true;
    }

    /** 1 + W0(z); NaN when the model has no spike for the sums. */
    private double slope(double a, double b) {
        if (a == 0) {
            return Double.NaN;
        }
        if (a < 0) {
            return 1 + LambertW.w0(-(drive / a) * StrictMath.exp(b / a));
        }
        return LambertW.onePlus(b / a, a, drive, ROUNDING);
    }
}
