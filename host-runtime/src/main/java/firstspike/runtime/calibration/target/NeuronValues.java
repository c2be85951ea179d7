package firstspike.runtime.calibration.target;

import firstspike.driver.coordinate.AtomicNeuron;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/** One number for all neurons, or one for each. Immutable. */
public final class NeuronValues {

    private final double[] values;

    private NeuronValues(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "target: " + value + " (limit: finite numbers); give a number for each neuron");
            }
        }
        this.values = values;
    }

    /**
     * @param value of all neurons
     * @throws IllegalArgumentException unless finite
     */
    public static NeuronValues all(double value) {
        return new NeuronValues(new double[] {value});
    }

    /**
     * @param values one a neuron
     * @throws IllegalArgumentException unless there are 512 finite ones
     */
    public static NeuronValues each(double... values) {
        if (values.length != AtomicNeuron.COUNT) {
            throw new IllegalArgumentException("targets of neurons: " + values.length + " given (limit: 1 or "
                    + AtomicNeuron.COUNT + "); give one for all or one for each");
        }
        return new NeuronValues(values.clone());
    }

    /** Whether all neurons have the same. */
    public boolean isUniform() {
        return values.length == 1 || least() == most();
    }

    /**
     * @param neuron number, 0 to 511
     * @return its value
     */
    public double of(int neuron) {
        return values[values.length == 1 ? 0 : neuron];
    }

    /** A copy, one a neuron. */
    public double[] toArray() {
        double[] all = new double[AtomicNeuron.COUNT];
        Arrays.setAll(all, this::of);
        return all;
    }

    /** The smallest. */
    public double least() {
        return DoubleStream.of(values).min().orElseThrow();
    }

    /** The largest. */
    public double most() {
        return DoubleStream.of(values).max().orElseThrow();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NeuronValues that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return isUniform() ? Double.toString(of(0)) : least() + " to " + most();
    }
}
