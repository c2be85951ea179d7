package firstspike.experiments.figure;

/**
 * First spike times of the label neurons on the test samples. Arrays are shared, not copied.
 *
 * @param neurons number of label neurons
 * @param times row-major (sample, neuron) in tau; positive infinity: silent
 * @param labels true class of each sample
 */
public record OutputTimes(int neurons, double[] times, int[] labels) {}
