package firstspike.emulator.digital;

import firstspike.emulator.analog.NeuronArray;
import firstspike.emulator.analog.SynapticFan;

/**
 * From an event on a PADI bus to the pulses of its drivers and their synapses (playback.md 5.4, 12 phase 2). An event
 * is the payload of a ring: bus in bits 16:14, row select in 10:6, synapse label in 5:0. Mutable; owned by one thread.
 */
final class DriverPulses {
    private static final int BUS_SHIFT = 14;
    private static final int LABEL_MASK = 0x7FF;
    private static final int HAGEN = 0x08;
    /** Modes in which a pulse may have another strength than 1. */
    private static final int PLAIN_MASK = 0x18;

    private static final int ADDRESS_OUT_OFF = 1 << 14;
    private static final int TOP_LABEL_BIT = 32;

    private final RegisterFile registers;
    private final PadiBuses buses;
    private final SynapseTables synapses;
    private final NeuronArray neurons;
    private final DriverPlasticity plasticity;
    private final FabricNotes notes;
    private PulseProbe probe;

    DriverPulses(
            RegisterFile registers,
            PadiBuses buses,
            SynapseTables synapses,
            NeuronArray neurons,
            DriverPlasticity plasticity,
            FabricNotes notes) {
        this.registers = registers;
        this.buses = buses;
        this.synapses = synapses;
        this.neurons = neurons;
        this.plasticity = plasticity;
        this.notes = notes;
    }

    void probe(PulseProbe observer) {
        probe = observer;
    }

    /** An event of a bus, of whose label the bus carries 11 bits. */
    static int event(int bus, int label) {
        return bus << BUS_SHIFT | label & LABEL_MASK;
    }

    /** An event from the crossbar counts if the bus listens to it. Returns whether a membrane got a pulse. */
    boolean fromCrossbar(int event, long tick) {
        return buses.listensToCrossbar(event >> BUS_SHIFT) && fromRegister(event, tick);
    }

    /** An event that the bus has taken already reaches the drivers. Returns whether a membrane got a pulse. */
    boolean fromRegister(int event, long tick) {
        int bus = event >> BUS_SHIFT;
        if (!buses.accepts(bus, tick)) {
            return false;
        }
        int rowSelect = event >> 6 & 31;
        int count = buses.answers(bus, rowSelect);
        boolean any = false;
        for (int i = 0; i < count; i++) {
            any |= pulse(buses.answering(bus, rowSelect, i), event, tick);
        }
        if (any && !registers.biasComplete()) {
            notes.add("synapse-bias-open", "a quadrant's synapse DAC bias is not connected; its weights count as 0");
        }
        return any;
    }

    private boolean pulse(int driver, int event, long tick) {
        boolean addressOut = (registers.drivers[4 * driver] & ADDRESS_OUT_OFF) == 0;
        int label = event & (addressOut ? 63 : TOP_LABEL_BIT);
        if (probe != null) {
            probe.pulse(tick, driver >> 7, driver & 127, label);
        }
        int modes = registers.drivers[4 * driver + 2];
        double strength = (modes & PLAIN_MASK) == 0 ? 1 : strength(driver, modes, tick);
        if (neurons.correlation().armed()) {
            synapses.preEvents(driver, label, 2 * tick, neurons.correlation());
        }
        SynapticFan fan = synapses.fan(driver, label, neurons);
        if (fan.size() == 0) {
            return false;
        }
        neurons.pulse(fan, strength, 2 * tick);
        return true;
    }

    private double strength(int driver, int modes, long tick) {
        if ((modes & HAGEN) != 0) {
            notes.add(
                    "hagen-not-emulated",
                    "a driver with enable_hagen_modulation pulsed as long as a plain one, whatever the activation");
        }
        return plasticity.enabled(driver) ? plasticity.event(driver, 2 * tick) : 1;
    }
}
