package firstspike.emulator.digital;

import firstspike.emulator.analog.NeuronArray;
import firstspike.emulator.analog.SynapticFan;
import java.util.Arrays;

/**
 * From an event on a PADI bus to the pulses of its drivers and their synapses (playback.md 5.4, 12 phase 2). An event
 * is the payload of a ring: bus in bits 16:14, row select in 10:6, synapse label in 5:0. Mutable; owned by one thread.
 */
final class DriverPulses {
    private static final int BUS_SHIFT = 14;
    private static final int BUS_LABEL_BITS = 11;
    private static final int LABEL_MASK = (1 << BUS_LABEL_BITS) - 1;
    private static final int HAGEN = 0x08;
    /** Modes in which a pulse may have another strength than 1. */
    private static final int PLAIN_MASK = 0x18;

    private static final int RECEIVER = 1 << 15;
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

    boolean isProbed() {
        return probe != null;
    }

    /** Whether every driver that listens pulses plainly. */
    boolean areAllPlain() {
        for (int driver = 0; driver < registers.drivers.length / 4; driver++) {
            if ((registers.drivers[4 * driver] & RECEIVER) != 0
                    && (registers.drivers[4 * driver + 2] & PLAIN_MASK) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The fans that an event reaches, numbered by bus and label of 11 bits, where {@link #areAllPlain}. */
    SynapticFan[] fans(int number) {
        SynapticFan[] fans = synapses.answers(number);
        if (fans == null) {
            fans = plain(number & LABEL_MASK, number >> BUS_LABEL_BITS);
            synapses.keepAnswers(number, fans);
        }
        return fans;
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
        boolean any =
                probe == null && !neurons.correlation().armed() ? quick(event, bus, tick) : slow(event, bus, tick);
        if (any && !registers.biasComplete()) {
            notes.add("synapse-bias-open", "a quadrant's synapse DAC bias is not connected; its weights count as 0");
        }
        return any;
    }

    /** Most events reach synapses of few of the drivers that answer, all of them with plain pulses. */
    private boolean quick(int event, int bus, long tick) {
        int number = bus << BUS_LABEL_BITS | event & LABEL_MASK;
        SynapticFan[] fans = synapses.answers(number);
        if (fans == null) {
            fans = plain(event, bus);
            if (fans == null) {
                return slow(event, bus, tick);
            }
            synapses.keepAnswers(number, fans);
        }
        for (SynapticFan fan : fans) {
            neurons.pulse(fan, 1, 2 * tick);
        }
        return fans.length > 0;
    }

    /** The fans with synapses of all drivers that answer to an event; null if one of them does not pulse plainly. */
    private SynapticFan[] plain(int event, int bus) {
        int rowSelect = event >> 6 & 31;
        int count = buses.answers(bus, rowSelect);
        SynapticFan[] fans = new SynapticFan[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            int driver = buses.answering(bus, rowSelect, i);
            if ((registers.drivers[4 * driver + 2] & PLAIN_MASK) != 0) {
                return null;
            }
            SynapticFan fan = synapses.fan(driver, label(driver, event), neurons);
            if (fan.size() > 0) {
                fans[found++] = fan;
            }
        }
        return Arrays.copyOf(fans, found);
    }

    private int label(int driver, int event) {
        boolean addressOut = (registers.drivers[4 * driver] & ADDRESS_OUT_OFF) == 0;
        return event & (addressOut ? 63 : TOP_LABEL_BIT);
    }

    private boolean slow(int event, int bus, long tick) {
        int rowSelect = event >> 6 & 31;
        int count = buses.answers(bus, rowSelect);
        boolean any = false;
        for (int i = 0; i < count; i++) {
            any |= pulse(buses.answering(bus, rowSelect, i), event, tick);
        }
        return any;
    }

    private boolean pulse(int driver, int event, long tick) {
        int label = label(driver, event);
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
