package firstspike.runtime.learning.eventprop;

import firstspike.runtime.learning.Membrane;
import java.util.Arrays;

/**
 * Membranes and currents of a layer on their way forward through one sample, each neuron at a time of its own. It finds the next
 * spike, moves between events and applies spikes; which events there are is the caller's business. Mutable, one owner thread.
 */
final class NeuronStates {
    private final TrainLayer layer;
    private final Membrane[] membranes;
    private final double[] threshold;
    private final double[] reset;
    private final double[] refractory;
    private final double[] holdoff;
    private final double[] capacitance;
    private final double[] instant;

    /** Distance to the leak. */
    final double[] u;
    /** Normalised current. */
    final double[] j;
    /** Where each neuron is. */
    final double[] time;
    /** End of the clamp after the latest spike; in the past where there is none. */
    final double[] release;
    /** From here on the neuron may spike. */
    final double[] ready;
    /** Spikes so far. */
    final int[] spikes;

    NeuronStates(TrainLayer layer) {
        this.layer = layer;
        int size = layer.size();
        membranes = new Membrane[size];
        threshold = new double[size];
        reset = new double[size];
        refractory = new double[size];
        holdoff = new double[size];
        capacitance = new double[size];
        Membrane shared = layer.uniform() ? new Membrane(layer.neuron(0).constants()) : null;
        for (int n = 0; n < size; n++) {
            SpikingNeuron neuron = layer.neuron(n);
            membranes[n] = shared == null ? new Membrane(neuron.constants()) : shared;
            threshold[n] = neuron.constants().thresholdDistance();
            reset[n] = neuron.resetDistance();
            refractory[n] = neuron.refractory();
            holdoff[n] = neuron.holdoff();
            capacitance[n] = neuron.constants().capacitance();
        }
        u = new double[size];
        j = new double[size];
        time = new double[size];
        release = new double[size];
        ready = new double[size];
        spikes = new int[size];
        instant = new double[layer.rows()];
    }

    /** At rest at a time. */
    void rest(double at) {
        Arrays.fill(u, 0);
        Arrays.fill(j, 0);
        Arrays.fill(time, at);
        Arrays.fill(release, Double.NEGATIVE_INFINITY);
        Arrays.fill(ready, Double.NEGATIVE_INFINITY);
        Arrays.fill(spikes, 0);
    }

    Membrane membrane(int n) {
        return membranes[n];
    }

    boolean capped(int n) {
        return spikes[n] >= layer.maxSpikes();
    }

    /** Whether nothing but the threshold keeps the neuron from spiking from its time on. */
    boolean free(int n) {
        return release[n] <= time[n] && ready[n] <= time[n];
    }

    /**
     * The next spike up to a time, without moving.
     *
     * @return its time, infinite for none
     */
    double candidate(int n, double to) {
        if (capped(n)) {
            return Double.POSITIVE_INFINITY;
        }
        Membrane membrane = membranes[n];
        double from = time[n];
        double v = u[n];
        double current = j[n];
        if (release[n] > from) {
            if (release[n] >= to) {
                return Double.POSITIVE_INFINITY;
            }
            current *= membrane.decaySyn(release[n] - from);
            v = reset[n];
            from = release[n];
        }
        if (ready[n] > from) {
            if (ready[n] > to) {
                return Double.POSITIVE_INFINITY;
            }
            double s = ready[n] - from;
            v = membrane.after(v, current, s);
            current *= membrane.decaySyn(s);
            from = ready[n];
            if (v >= threshold[n]) {
                return from;
            }
        }
        double length = to - from;
        if (!(length > 0) || !membrane.mayReach(v, current, length)) {
            return Double.POSITIVE_INFINITY;
        }
        double end = Math.min(membrane.peak(v, current), length);
        if (end < Double.POSITIVE_INFINITY && membrane.after(v, current, end) >= threshold[n]) {
            return Math.min(from + membrane.crossing(v, current, end), to);
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Moves a neuron to a finite time before which it does not spike, by the same stretches as {@link #candidate}. */
    void move(int n, double to) {
        if (release[n] > time[n]) {
            double end = Math.min(release[n], to);
            j[n] *= membranes[n].decaySyn(end - time[n]);
            time[n] = end;
            if (to < release[n]) {
                return;
            }
            u[n] = reset[n];
        }
        if (ready[n] > time[n] && ready[n] < to) {
            drift(n, ready[n]);
        }
        drift(n, to);
    }

    /** A spike of the neuron, which must not lie in its clamp. */
    void spike(int n, double at) {
        move(n, at);
        spikes[n]++;
        u[n] = reset[n];
        release[n] = at + refractory[n];
        ready[n] = release[n] + holdoff[n];
    }

    /**
     * Adds what arrives in one instant to all currents: of several arrivals in order of their weights, so that the order of rows
     * does not change a bit.
     *
     * @param rows of the weights
     * @param from first of them
     * @param to end, exclusive
     * @param weights row-major (row, neuron)
     */
    void arrive(int[] rows, int from, int to, double[] weights) {
        arrive(rows, from, to, weights, capacitance, j, instant);
    }

    static void arrive(
            int[] rows, int from, int to, double[] weights, double[] capacitance, double[] current, double[] scratch) {
        int size = current.length;
        if (to == from + 1) {
            int row = rows[from] * size;
            for (int n = 0; n < size; n++) {
                current[n] += weights[row + n] / capacitance[n];
            }
            return;
        }
        double[] values = to - from <= scratch.length ? scratch : new double[to - from];
        for (int n = 0; n < size; n++) {
            for (int k = from; k < to; k++) {
                values[k - from] = weights[rows[k] * size + n];
            }
            Arrays.sort(values, 0, to - from);
            double sum = 0;
            for (int k = 0; k < to - from; k++) {
                sum += values[k];
            }
            current[n] += sum / capacitance[n];
        }
    }

    private void drift(int n, double to) {
        double s = to - time[n];
        u[n] = membranes[n].after(u[n], j[n], s);
        j[n] *= membranes[n].decaySyn(s);
        time[n] = to;
    }
}
