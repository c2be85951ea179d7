package firstspike.emulator.analog;

import java.util.ArrayList;
import java.util.List;

/**
 * One membrane with exponential term and adaptation by an embedded Runge-Kutta pair of fifth and fourth order with error
 * control far below what is tested: the independent judge of the stepped solution. SI units.
 */
final class AdaptiveReference {
    private static final double[][] A = {
        {},
        {1.0 / 5},
        {3.0 / 40, 9.0 / 40},
        {44.0 / 45, -56.0 / 15, 32.0 / 9},
        {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
        {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
        {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
    };
    private static final double[] FOURTH = {
        5179.0 / 57600, 0, 7571.0 / 16695, 393.0 / 640, -92097.0 / 339200, 187.0 / 2100, 1.0 / 40
    };
    private static final double TOLERANCE = 1e-11;

    double capacitance = 2.3e-12;
    double leak = 382.5e-9;
    double leakVolt = CircuitBench.LEAK_V;
    double current;
    double deltaT = 20e-3;
    double scale = 1;
    double takeOff;
    double tauW = 30e-6;
    double a;
    double adaptationVolt;
    double b;
    double threshold = CircuitBench.THRESHOLD_V;
    double reset = CircuitBench.RESET_V;
    double clamp;

    final List<Double> spikes = new ArrayList<>();
    double volt = CircuitBench.LEAK_V;
    double w;
    private double time;
    private double step = 1e-9;

    private double[] slope(double v, double adaptation) {
        double exponential = leak * scale * deltaT * Math.exp((v - takeOff) / deltaT);
        double dv = (-leak * (v - leakVolt) + current + exponential - adaptation) / capacitance;
        return new double[] {dv, (a * (v - adaptationVolt) - adaptation) / tauW};
    }

    /** Runs on to an instant, in seconds. */
    void run(double until) {
        while (time < until) {
            step = Math.min(step, until - time);
            double[] next = new double[2];
            double error = attempt(step, next);
            if (error > 1 || Double.isNaN(error)) {
                step *= Double.isNaN(error) ? 0.1 : Math.max(0.1, 0.9 * Math.pow(error, -0.2));
                continue;
            }
            if (next[0] >= threshold) {
                fire();
            } else {
                volt = next[0];
                w = next[1];
                time += step;
            }
            step *= error == 0 ? 5 : Math.min(5, 0.9 * Math.pow(error, -0.2));
        }
    }

    /** The crossing within the present step by bisection of its length; then the clamp, in which w goes on. */
    private void fire() {
        double low = 0;
        double high = step;
        double[] state = new double[2];
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            attempt(middle, state);
            if (state[0] >= threshold) {
                high = middle;
            } else {
                low = middle;
            }
        }
        attempt(high, state);
        time += high;
        spikes.add(time);
        volt = reset;
        double goal = a * (reset - adaptationVolt);
        w = goal + (state[1] + b - goal) * Math.exp(-clamp / tauW);
        time += clamp;
        step = 1e-9;
    }

    private double attempt(double h, double[] next) {
        double[][] k = new double[7][];
        for (int stage = 0; stage < 7; stage++) {
            double v = volt;
            double u = w;
            for (int j = 0; j < stage; j++) {
                v += h * A[stage][j] * k[j][0];
                u += h * A[stage][j] * k[j][1];
            }
            k[stage] = slope(v, u);
            if (stage == 6) {
                next[0] = v;
                next[1] = u;
            }
        }
        double v = volt;
        for (int j = 0; j < 7; j++) {
            v += h * FOURTH[j] * k[j][0];
        }
        return Math.abs(v - next[0]) / TOLERANCE;
    }
}
