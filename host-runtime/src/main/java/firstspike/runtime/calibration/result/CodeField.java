package firstspike.runtime.calibration.result;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Side;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.register.Container;
import java.util.Locale;

/** Register fields that a calibration decides, named as in the register tables (registers.md 6, 7). */
public enum CodeField {
    /** Membrane capacitance, 0 to 63. */
    MEMBRANE_CAPACITOR_SIZE(Container.NEURON_CONFIG),
    /** Leak conductance divided by eight. */
    ENABLE_LEAK_DIVISION(Container.NEURON_CONFIG),
    /** Leak conductance times eight. */
    ENABLE_LEAK_MULTIPLICATION(Container.NEURON_CONFIG),
    /** Reset conductance divided. */
    ENABLE_RESET_DIVISION(Container.NEURON_CONFIG),
    /** Reset conductance multiplied. */
    ENABLE_RESET_MULTIPLICATION(Container.NEURON_CONFIG),
    /** Excitatory synaptic input on. */
    ENABLE_SYNAPTIC_INPUT_EXCITATORY(Container.NEURON_CONFIG),
    /** Inhibitory synaptic input on. */
    ENABLE_SYNAPTIC_INPUT_INHIBITORY(Container.NEURON_CONFIG),
    /** Long excitatory time constants. */
    ENABLE_SYNAPTIC_INPUT_EXCITATORY_HIGH_RESISTANCE(Container.NEURON_CONFIG),
    /** Long inhibitory time constants. */
    ENABLE_SYNAPTIC_INPUT_INHIBITORY_HIGH_RESISTANCE(Container.NEURON_CONFIG),
    /** Short excitatory time constants. */
    ENABLE_SYNAPTIC_INPUT_EXCITATORY_SMALL_CAPACITANCE(Container.NEURON_CONFIG),
    /** Short inhibitory time constants. */
    ENABLE_SYNAPTIC_INPUT_INHIBITORY_SMALL_CAPACITANCE(Container.NEURON_CONFIG),
    /** Conductance-based excitatory input. */
    ENABLE_SYNAPTIC_INPUT_EXCITATORY_COBA_MODE(Container.NEURON_CONFIG),
    /** Conductance-based inhibitory input. */
    ENABLE_SYNAPTIC_INPUT_INHIBITORY_COBA_MODE(Container.NEURON_CONFIG),
    /** Threshold comparator on. */
    ENABLE_THRESHOLD_COMPARATOR(Container.NEURON_CONFIG),
    /** Conductance between compartments divided by four. */
    ENABLE_DIVIDE_MULTICOMP_CONDUCTANCE_BIAS(Container.NEURON_CONFIG),
    /** Conductance between compartments times four. */
    ENABLE_MULTIPLY_MULTICOMP_CONDUCTANCE_BIAS(Container.NEURON_CONFIG),
    /** Refractory counter, 0 to 255 clocks. */
    REFRACTORY_TIME(Container.NEURON_BACKEND_CONFIG),
    /** Hold-off, 15 minus half clocks. */
    RESET_HOLDOFF(Container.NEURON_BACKEND_CONFIG),
    /** Which refractory clock, 0 slow and 1 fast. */
    SELECT_INPUT_CLOCK(Container.NEURON_BACKEND_CONFIG),
    /** Slow refractory clock of a side: 250 MHz / 2^(s+1). */
    CLOCK_SCALE_SLOW(Container.COMMON_NEURON_BACKEND_CONFIG),
    /** Fast refractory clock of a side. */
    CLOCK_SCALE_FAST(Container.COMMON_NEURON_BACKEND_CONFIG),
    /** Pulse length of a synapse driver with short-term plasticity, 0 to 15. */
    OFFSET(Container.SYNAPSE_DRIVER_CONFIG);

    private final Container container;

    CodeField(Container container) {
        this.container = container;
    }

    /** Register that has the field. */
    public Container container() {
        return container;
    }

    /** Name in register tables and files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many instances have the field: neurons, sides or synapse drivers. */
    public int instances() {
        if (container == Container.SYNAPSE_DRIVER_CONFIG) {
            return SynapseDriver.COUNT;
        }
        return container == Container.COMMON_NEURON_BACKEND_CONFIG ? Side.COUNT : AtomicNeuron.COUNT;
    }

    /**
     * @param instance neuron 0 to 511, side, or driver 0 to 255
     * @return number of its register
     */
    public int coordinate(int instance) {
        return container == Container.NEURON_BACKEND_CONFIG
                ? AtomicNeuron.of(instance).backendIndex()
                : instance;
    }

    /**
     * @param label name in files
     * @return the field
     * @throws IllegalArgumentException for a name that is none
     */
    public static CodeField of(String label) {
        return Labels.of(values(), CodeField::label, label, "register field of a calibration");
    }

    /** What the register has after a reset. */
    int defaultValue() {
        return (int) container.layout().defaults().value(label());
    }

    /** A copy of values that the register can hold. */
    int[] checked(int[] values) {
        if (values.length != instances()) {
            throw new IllegalArgumentException(
                    "values of " + label() + ": " + values.length + " (limit: " + instances() + ")");
        }
        for (int value : values) {
            container.layout().defaults().with(label(), value);
        }
        return values.clone();
    }
}
