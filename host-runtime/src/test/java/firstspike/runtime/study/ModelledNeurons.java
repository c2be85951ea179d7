package firstspike.runtime.study;

import firstspike.runtime.learning.RandomStream;

/**
 * One layer of neurons with fixed spreads of their constants and noise per trial. Excitatory and inhibitory currents have time
 * constants of their own, so crossings are found numerically. Potentials count in units of w K(s), the threshold is c.
 */
final class ModelledNeurons {
    private static final double TAU_MEM = 0.028;
    private static final double TAU_SYN = 0.026;
    private static final double AMPLITUDE = 0.026;
    private static final double AMPLITUDE_COMMON = 0.02;
    private static final double SYNAPSE = 0.03;
    private static final double THRESHOLD = 0.0135;
    private static final double THRESHOLD_TRIAL = 0.0068;
    private static final double THRESHOLD_PROGRAM = 0.0048;
    private static final double JITTER = 0.022;
    private static final double LAST_INTERVAL = 12;
    private static final double TIME_ERROR = 1e-9;
    private static final double PEAK_ERROR = 1e-6;

    private final int rows;
    private final int size;
    private final double[] tauMem;
    private final double[] tauExc;
    private final double[] tauInh;
    private final double[] threshold;
    private final double[] programThreshold;
    private final double[] exc;
    private final double[] inh;

    ModelledNeurons(int rows, int size, double drive, RandomStream pattern) {
        this.rows = rows;
        this.size = size;
        tauMem = spread(size, 1, TAU_MEM, pattern);
        tauExc = spread(size, 1, TAU_SYN, pattern);
        tauInh = spread(size, 1, TAU_SYN, pattern);
        threshold = spread(size, drive, THRESHOLD, pattern);
        programThreshold = threshold.clone();
        double[] common = spread(size, 1, AMPLITUDE_COMMON, pattern);
        double[] excAmplitude = spread(size, 1, AMPLITUDE, pattern);
        double[] inhAmplitude = spread(size, 1, AMPLITUDE, pattern);
        exc = spread(rows * size, 1, SYNAPSE, pattern);
        inh = spread(rows * size, 1, SYNAPSE, pattern);
        for (int neuron = 0; neuron < size; neuron++) {
            for (int row = 0; row < rows; row++) {
                exc[neuron * rows + row] *= excAmplitude[neuron] * common[neuron];
                inh[neuron * rows + row] *= inhAmplitude[neuron] * common[neuron];
            }
        }
    }

    private static double[] spread(int count, double mean, double relative, RandomStream pattern) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = mean * (1 + relative * pattern.nextNormal());
        }
        return values;
    }

    /** Draws what stays during one program. */
    void startProgram(RandomStream trial) {
        for (int i = 0; i < size; i++) {
            programThreshold[i] = threshold[i] * (1 + THRESHOLD_PROGRAM * trial.nextNormal());
        }
    }

    /** First spikes for inputs sorted by time; weights neuron-major. */
    void solve(int count, int[] row, double[] time, double[] weights, double[] out, int offset, RandomStream trial) {
        for (int neuron = 0; neuron < size; neuron++) {
            double theta = programThreshold[neuron] * (1 + THRESHOLD_TRIAL * trial.nextNormal());
            double jitter = JITTER * trial.nextNormal();
            double spike = first(count, row, time, weights, neuron, theta);
            out[offset + neuron] = spike + jitter;
        }
    }

    private double first(int count, int[] row, double[] time, double[] weights, int neuron, double theta) {
        double tm = tauMem[neuron];
        double te = tauExc[neuron];
        double ti = tauInh[neuron];
        double ke = 1 / (1 / te - 1 / tm);
        double ki = 1 / (1 / ti - 1 / tm);
        int base = neuron * rows;
        double v = 0;
        double je = 0;
        double ji = 0;
        for (int k = 0; k < count; k++) {
            double w = weights[base + row[k]];
            if (w >= 0) {
                je += w * exc[base + row[k]];
            } else {
                ji -= w * inh[base + row[k]];
            }
            double length = k + 1 < count ? time[k + 1] - time[k] : LAST_INTERVAL;
            if (length == 0) {
                continue;
            }
            double dm = Math.exp(-length / tm);
            double de = Math.exp(-length / te);
            double di = Math.exp(-length / ti);
            double end = v * dm + je * ke * (dm - de) - ji * ki * (dm - di);
            boolean peak = Math.max(v, 0) + je * Math.min(length, 0.41) >= theta && je * de - ji * di < end / tm;
            if (end >= theta || peak) {
                double s = crossing(v, je, ji, tm, te, ti, ke, ki, length, end, theta);
                if (s < Double.POSITIVE_INFINITY) {
                    return time[k] + s;
                }
            }
            v = end;
            je *= de;
            ji *= di;
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double crossing(
            double v,
            double je,
            double ji,
            double tm,
            double te,
            double ti,
            double ke,
            double ki,
            double length,
            double end,
            double theta) {
        double high = length;
        if (end < theta) {
            high = aboveThreshold(v, je, ji, tm, te, ti, ke, ki, length, theta);
            if (high == 0) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double low = 0;
        double s = 0.5 * high;
        for (int step = 0; step < 60; step++) {
            double dm = Math.exp(-s / tm);
            double de = Math.exp(-s / te);
            double di = Math.exp(-s / ti);
            double f = v * dm + je * ke * (dm - de) - ji * ki * (dm - di) - theta;
            if (f >= 0) {
                high = s;
            } else {
                low = s;
            }
            double slope = je * de - ji * di - (f + theta) / tm;
            double next = s - f / slope;
            if (!(slope > 0) || !(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            if (Math.abs(next - s) < TIME_ERROR) {
                return next;
            }
            s = next;
        }
        return s;
    }

    /** A time above the threshold on the way to the peak, 0 when the peak stays below: the peak by regula falsi on the slope. */
    private static double aboveThreshold(
            double v,
            double je,
            double ji,
            double tm,
            double te,
            double ti,
            double ke,
            double ki,
            double length,
            double theta) {
        double low = 0;
        double high = length;
        double atLow = je - ji - v / tm;
        double atHigh = slope(v, je, ji, tm, te, ti, ke, ki, length);
        if (!(atLow > 0)) {
            return 0;
        }
        for (int step = 0; step < 30 && high - low > PEAK_ERROR; step++) {
            double s = step % 2 == 0 ? 0.5 * (low + high) : low + (high - low) * atLow / (atLow - atHigh);
            double dm = Math.exp(-s / tm);
            double de = Math.exp(-s / te);
            double di = Math.exp(-s / ti);
            double u = v * dm + je * ke * (dm - de) - ji * ki * (dm - di);
            if (u >= theta) {
                return s;
            }
            double slope = je * de - ji * di - u / tm;
            // concave on its way up, so the tangent bounds what follows
            if (slope > 0 && u + slope * (high - s) < theta) {
                return 0;
            }
            if (slope > 0) {
                low = s;
                atLow = slope;
            } else {
                high = s;
                atHigh = slope;
            }
        }
        return 0;
    }

    private static double slope(
            double v, double je, double ji, double tm, double te, double ti, double ke, double ki, double s) {
        double dm = Math.exp(-s / tm);
        double de = Math.exp(-s / te);
        double di = Math.exp(-s / ti);
        return je * de - ji * di - (v * dm + je * ke * (dm - de) - ji * ki * (dm - di)) / tm;
    }
}
