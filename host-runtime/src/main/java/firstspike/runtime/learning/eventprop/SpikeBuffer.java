package firstspike.runtime.learning.eventprop;

import java.util.Arrays;

/**
 * Spikes of one sample of a layer as the walk finds them, and how they become the trains of a batch. Mutable scratch of one owner
 * thread.
 */
final class SpikeBuffer {
    private static final int INITIAL = 64;

    private int[] neuron = new int[INITIAL];
    private double[] time = new double[INITIAL];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** Adds a spike; those of one neuron come in order of time. */
    void add(int ofNeuron, double at) {
        if (count == time.length) {
            neuron = Arrays.copyOf(neuron, 2 * count);
            time = Arrays.copyOf(time, 2 * count);
        }
        neuron[count] = ofNeuron;
        time[count++] = at;
    }

    /** The trains of the one sample. */
    SpikeTrains trains(int neurons) {
        int[] first = new int[neurons + 1];
        for (int i = 0; i < count; i++) {
            first[neuron[i] + 1]++;
        }
        for (int n = 0; n < neurons; n++) {
            first[n + 1] += first[n];
        }
        int[] next = first.clone();
        double[] sorted = new double[count];
        for (int i = 0; i < count; i++) {
            sorted[next[neuron[i]]++] = time[i];
        }
        return new SpikeTrains(1, neurons, first, sorted);
    }

    /** The trains of all samples, each given as those of a sample. */
    static SpikeTrains join(SpikeTrains[] samples, int neurons) {
        int spikes = 0;
        for (SpikeTrains sample : samples) {
            spikes += sample.time().length;
        }
        int[] first = new int[samples.length * neurons + 1];
        double[] all = new double[spikes];
        int at = 0;
        for (int s = 0; s < samples.length; s++) {
            System.arraycopy(samples[s].time(), 0, all, at, samples[s].time().length);
            for (int n = 0; n < neurons; n++) {
                first[s * neurons + n + 1] = at + samples[s].first()[n + 1];
            }
            at += samples[s].time().length;
        }
        return new SpikeTrains(samples.length, neurons, first, all);
    }
}
