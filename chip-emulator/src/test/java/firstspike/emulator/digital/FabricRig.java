package firstspike.emulator.digital;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.Side;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.message.ToFpga;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.RegisterView;
import firstspike.driver.register.SynapseDriverConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.Fidelity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A chip without an FPGA: tests give effects at ticks in any order, {@link #run} performs them in the order that the
 * fabric wants. Registers can be written through the typed views.
 */
final class FabricRig implements FabricSink {
    /** Ticks from the issue of a spike to the crossbar (L_DOWN). */
    static final int DOWN = 40;

    /** What left the chip. */
    record Event(long tick, int label, int stamp) {}

    /** One driver pulse. */
    record Pulse(long tick, int half, int driver, int label) {}

    private record Effect(long tick, ChipEffects.Kind kind, int address, long value) {}

    final DigitalChip chip;
    final List<Event> events = new ArrayList<>();
    final List<Integer> values = new ArrayList<>();
    final List<Pulse> pulses = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    FabricRig() {
        this(FabricOptions.DEFAULT);
    }

    FabricRig(FabricOptions options) {
        this(new DigitalChip(ChipModel.of(Fidelity.NOMINAL, 1), options));
    }

    FabricRig(DigitalChip chip) {
        this.chip = chip;
        chip.probe((tick, half, driver, label) -> pulses.add(new Pulse(tick, half, driver, label)));
    }

    FabricRig write(long tick, int address, int word) {
        return write(tick, address, word, 15);
    }

    FabricRig write(long tick, int address, int word, int byteEnables) {
        effects.add(new Effect(tick, ChipEffects.Kind.WRITE, address, (long) byteEnables << 32 | word & 0xFFFF_FFFFL));
        return this;
    }

    FabricRig write(long tick, RegisterView view) {
        int[] words = view.words();
        int[] addresses = view.writeAddresses();
        for (int i = 0; i < words.length; i++) {
            write(tick, addresses[i], words[i]);
        }
        return this;
    }

    FabricRig read(long tick, int address) {
        effects.add(new Effect(tick, ChipEffects.Kind.READ, address, 0));
        return this;
    }

    FabricRig control(long tick, ChipEffects.Kind kind, long value) {
        effects.add(new Effect(tick, kind, 0, value));
        return this;
    }

    /** One pack of up to three labels that reaches the channel queues at a tick. */
    FabricRig arrive(long tick, int... labels) {
        long word = labels.length == 1
                ? ToFpga.spike(labels[0])
                : labels.length == 2
                        ? ToFpga.spikes(labels[0], labels[1])
                        : ToFpga.spikes(labels[0], labels[1], labels[2]);
        return control(tick, ChipEffects.Kind.SPIKES, word);
    }

    /** One pack that issues at system time S. */
    FabricRig spike(long issue, int... labels) {
        return arrive(issue + DOWN, labels);
    }

    /** Performs what was given, up to and without a tick. */
    FabricRig run(long untilTick) {
        effects.sort(Comparator.comparingLong(Effect::tick).thenComparingInt(FabricRig::rank));
        ChipEffects columns = new ChipEffects();
        for (Effect effect : effects) {
            columns.add(effect.tick(), effect.kind(), effect.address(), effect.value());
        }
        effects.clear();
        chip.advance(columns, untilTick, this);
        return this;
    }

    /** Performs what was given before a tick, and keeps the rest for later. */
    FabricRig runPart(long untilTick) {
        List<Effect> later =
                effects.stream().filter(effect -> effect.tick() >= untilTick).toList();
        effects.removeIf(effect -> effect.tick() >= untilTick);
        run(untilTick);
        effects.addAll(later);
        return this;
    }

    /** The same on a copy of the chip. */
    FabricRig copy() {
        FabricRig copy = new FabricRig((DigitalChip) chip.copy());
        copy.events.addAll(events);
        copy.effects.addAll(effects);
        return copy;
    }

    private static int rank(Effect effect) {
        switch (effect.kind()) {
            case SPIKES:
                return 2;
            case READ:
            case WRITE:
                return 1;
            default:
                return 0;
        }
    }

    @Override
    public void event(long tick, int label, int stamp) {
        events.add(new Event(tick, label, stamp));
    }

    @Override
    public void sample(long tick, int raw, int stamp) {}

    @Override
    public void value(long tick, int value) {
        values.add(value);
    }

    List<Long> eventTicks() {
        return events.stream().map(Event::tick).toList();
    }

    List<Integer> eventLabels() {
        return events.stream().map(Event::label).toList();
    }

    /** Crossbar feeds all PADI buses. */
    FabricRig openBuses(long tick) {
        for (int half = 0; half < 2; half++) {
            write(tick, CommonPadiBusConfig.defaults(Hemisphere.of(half)).withAllSpl1(true));
        }
        return this;
    }

    /** A driver, 128·half + driver, listens and drives both rows. */
    FabricRig driver(long tick, int driver, int mask, RowMode top, RowMode bottom) {
        return write(
                tick,
                SynapseDriverConfig.defaults(SynapseDriver.of(driver))
                        .withReceiver(true)
                        .withRowAddressCompareMask(mask)
                        .withRowModes(top, bottom));
    }

    /** All drivers listen with this mask. */
    FabricRig allDrivers(long tick, int mask) {
        for (int driver = 0; driver < SynapseDriver.COUNT; driver++) {
            driver(tick, driver, mask, RowMode.DISABLED, RowMode.DISABLED);
        }
        return this;
    }

    FabricRig backends(long tick) {
        for (int side = 0; side < 2; side++) {
            write(tick, CommonNeuronBackendConfig.defaults(Side.of(side)));
        }
        return this;
    }

    /** A circuit that may be reset: fire on, comparator off, address and spike output as given. */
    FabricRig neuron(long tick, int circuit, int address, boolean spikeOut) {
        AtomicNeuron neuron = AtomicNeuron.of(circuit);
        write(tick, NeuronConfig.defaults(neuron).withFire(true));
        return write(
                tick,
                NeuronBackendConfig.defaults(neuron)
                        .withAddressOut(address)
                        .withRefractoryTime(50)
                        .withSpikeOut(spikeOut));
    }

    static int node(int input, int output) {
        return 0x0013_0019 + CrossbarNode.indexOf(output, input);
    }

    static int quadReset(int hemisphere, int quad) {
        return 0x02C9_4000 + 0x0100_0000 * hemisphere + quad;
    }
}
