package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.session.ChipConfiguration;

/** Gives circuits of a network their analog codes and the switches that belong to them. */
interface CellSource {

    /** Cells of all quadrants and of the chip, clocks, and cells of circuits that no network uses. */
    void common(ChipConfiguration.Builder chip);

    /** Switches of a circuit that has the membrane of its neuron. */
    NeuronConfig active(NeuronConfig circuit, int layer);

    /** Switches of a circuit that only lends its synapses. */
    NeuronConfig passive(NeuronConfig circuit, int layer);

    /** Refractory time of an active circuit. */
    NeuronBackendConfig refractory(NeuronBackendConfig backend, int layer);

    /** Cells of a circuit. */
    void cells(ChipConfiguration.Builder chip, AtomicNeuron circuit, int layer, boolean active);
}
