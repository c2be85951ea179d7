package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Side;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.Container;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;

/** Switches that procedures need for a while. */
final class Switches {

    private Switches() {}

    /** Connects or disconnects synaptic inputs. */
    static NeuronConfig inputs(NeuronConfig neuron, boolean excitatory, boolean inhibitory) {
        return neuron.withSynapticInputExcitatory(excitatory).withSynapticInputInhibitory(inhibitory);
    }

    /** Gives neurons, back-ends and their clocks back what they had; codes of cells stay. */
    static void restore(Bench bench, ChipConfiguration before) {
        ChipConfiguration.Builder builder = bench.configuration().change();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            builder.set(Container.NEURON_CONFIG, n, before.values(Container.NEURON_CONFIG, n));
            builder.set(Container.NEURON_BACKEND_CONFIG, n, before.values(Container.NEURON_BACKEND_CONFIG, n));
        }
        for (Side side : Side.values()) {
            builder.set(
                    Container.COMMON_NEURON_BACKEND_CONFIG,
                    side.index(),
                    before.values(Container.COMMON_NEURON_BACKEND_CONFIG, side.index()));
        }
        bench.configure(builder.build());
    }

    /** The slow clock of both sides. */
    static void slowClock(Bench bench, int scale) {
        for (Side side : Side.values()) {
            CommonNeuronBackendConfig clocks = new CommonNeuronBackendConfig(
                    side, bench.configuration().values(Container.COMMON_NEURON_BACKEND_CONFIG, side.index()));
            bench.set(clocks.withClockScaleSlow(scale));
        }
    }
}
