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
    private static final int PLASTICITY = 0x10;
    private static final int ADDRESS_OUT_OFF = 1 << 14;
    private static final int TOP_LABEL_BIT = 32;

    private final RegisterFile registers;
    private final PadiBuses buses;
    private final SynapseTables synapses;
    private final NeuronArray neurons;
    private final FabricNotes notes;
    private PulseProbe probe;

    DriverPulses(
            RegisterFile registers, PadiBuses buses, SynapseTables synapses, NeuronArray neurons, FabricNotes notes) {
        this.registers = registers;
        this.buses = buses;
        this.synapses = synapses;
        this.neurons = neurons;
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
        SynapticFan fan = synapses.fan(driver, label, neurons);
        if (fan.size() == 0) {
            return false;
        }
        int modes = registers.drivers[4 * driver + 2];
        if ((modes & (HAGEN | PLASTICITY)) != 0) {
            throw FabricRefusals.driver(driver, (modes & HAGEN) != 0 ? "enable_hagen_modulation" : "enable_stp", tick);
        }
        neurons.pulse(fan, 1.0, 2 * tick);
        return true;
    }
}
