package firstspike.emulator.analog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One merged neuron integrated by Runge-Kutta in small steps: knows the equations of analog.md 4 and the reset phase, and
 * nothing of closed forms. The judge for the event-driven solution.
 */
final class SteppedReference {
    final double stepS;
    double c;
    double g;
    double rest;
    double threshold;
    double reset;
    double clampS;
    double refractoryS;
    /** Current and time constant by line, signed currents. */
    final double[] current;

    final double[] tau;
    double v;
    private double clampUntil = -1;
    private double refractoryUntil = -1;

    SteppedReference(double stepS, double[] tau) {
        this.stepS = stepS;
        this.tau = tau;
        this.current = new double[tau.length];
    }

    /** Runs until {@code end} seconds; events by step number: {line, ampere}. Returns spike times in seconds. */
    List<Double> run(double end, Map<Long, List<double[]>> events) {
        List<Double> spikes = new ArrayList<>();
        v = rest;
        for (long k = 0; k * stepS < end; k++) {
            double t = k * stepS;
            if (events.containsKey(k)) {
                v = Math.max(0, Math.min(1.4, v));
            }
            for (double[] event : events.getOrDefault(k, List.of())) {
                current[(int) event[0]] += event[1];
            }
            double before = v;
            double halfway = 0;
            double whole = 0;
            for (int l = 0; l < tau.length; l++) {
                halfway += current[l] * Math.exp(-stepS / 2 / tau[l]);
                whole += current[l] * Math.exp(-stepS / tau[l]);
            }
            double now = 0;
            for (double i : current) {
                now += i;
            }
            if (t + stepS / 2 >= clampUntil) {
                double k1 = slope(v, now);
                double k2 = slope(v + stepS / 2 * k1, halfway);
                double k3 = slope(v + stepS / 2 * k2, halfway);
                double k4 = slope(v + stepS * k3, whole);
                v += stepS / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
            }
            for (int l = 0; l < tau.length; l++) {
                current[l] *= Math.exp(-stepS / tau[l]);
            }
            if (v >= threshold && t + stepS > refractoryUntil) {
                double fraction = before < threshold ? (threshold - before) / (v - before) : 1;
                double spike = t + fraction * stepS;
                spikes.add(spike);
                v = reset;
                clampUntil = spike + clampS;
                refractoryUntil = spike + refractoryS;
            }
        }
        return spikes;
    }

    private double slope(double volt, double ampere) {
        return (-g * (volt - rest) + ampere) / c;
    }
}
