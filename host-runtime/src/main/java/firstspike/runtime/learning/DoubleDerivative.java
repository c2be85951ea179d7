package firstspike.runtime.learning;

/**
 * Published closed form for tauMem = 2 tauSyn ({@code inloop.md} section 3); its slope is sqrt(D) e^(-T/tauMem)/(2c), the
 * normalised slope at the spike.
 */
final class DoubleDerivative extends SpikeDerivative {
    private final double tauMem;
    private final double drive;
    private final InputExponentials exponentials;
    private double[] times;

    DoubleDerivative(NeuronConstants neuron, int rows, double minSlope, GradientTally tally) {
        super(rows, minSlope, tally);
        tauMem = neuron.tauMem();
        drive = neuron.drive();
        exponentials = new InputExponentials(rows, tauMem);
    }

    @Override
    LearningRule rule() {
        return LearningRule.CLOSED_FORM_DOUBLE;
    }

    @Override
    void prepare(double[] inputTimes) {
        times = inputTimes;
        exponentials.prepare(inputTimes);
    }

    @Override
    boolean derive(double[] weights, int offset, double spike) {
        double reference = exponentials.reference(spike);
        double[] t = times;
        double[] e = exponentials.exponential;
        double a1 = 0;
        double a2 = 0;
        for (int row = 0; row < t.length; row++) {
            if (t[row] <= spike) {
                double we = weights[offset + row] * e[row];
                a2 += we;
                a1 += we * e[row];
            }
        }
        double discriminant = a2 * a2 - 4 * a1 * drive;
        if (!(discriminant >= 0) || a1 == 0) {
            return false;
        }
        double root = Math.sqrt(discriminant);
        double late = StrictMath.exp((spike - reference) / tauMem);
        double slope = root / (2 * drive * late);
        double factor = 1;
        double inverse = 1 / root;
        if (slope < minSlope) {
            tally.floored++;
            factor = slope / minSlope;
            inverse = 1 / (2 * drive * late * minSlope);
        } else if (root == 0) {
            return flat();
        }
        double common = tauMem * (factor + drive * inverse * late) / a1;
        double single = tauMem * inverse;
        for (int row = 0; row < t.length; row++) {
            if (t[row] <= spike) {
                double fast = common * e[row] * e[row];
                double slow = single * e[row];
                byWeight[row] = fast - slow;
                byTime[row] = weights[offset + row] * (2 * fast - slow) / tauMem;
            } else {
                byWeight[row] = 0;
                byTime[row] = 0;
            }
        }
        return true;
    }
}
