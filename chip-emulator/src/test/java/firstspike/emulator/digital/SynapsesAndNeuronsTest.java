package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.Fidelity;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a driver's pulse over synapse and membrane to a spike (register tests B and C). */
class SynapsesAndNeuronsTest {
    private static final long START = WorkingPoint.SETTLED;
    /** Driver 10 of bus 2, top half: rows 20 and 21, row select 2. */
    private static final int DRIVER = 10;

    private static final int LABEL = 2 << 6;
    private static final int NEURON = 40;
    private static final int LEAK_CELL = 0x0014_0000 + 32 * NEURON;
    /** 20 ms. */
    private static final long SETTLING = 2_500_000;
    /** CapMem cells stp_v_charge_0 and stp_v_recover_0 of the driver's quadrant. */
    private static final int STP_CHARGE = 0x0014_0000 + 32 * 128;

    private static final int STP_RECOVER = STP_CHARGE + 2;

    private static FabricRig oneNeuron(int synapseLabel, int weight) {
        FabricRig rig = new FabricRig();
        WorkingPoint.of(rig).neuron(NEURON, 7).synapse(4, 0, 2 * DRIVER, NEURON, synapseLabel, weight);
        rig.driver(4, DRIVER, 31, RowMode.INHIBITORY, RowMode.EXCITATORY);
        for (int input = 8; input < 12; input++) {
            rig.write(4, FabricRig.node(input, input), 1 << 16);
        }
        return rig;
    }

    private static FabricRig pulses(FabricRig rig, int label, int count) {
        for (int i = 0; i < count; i++) {
            rig.arrive(START + 2L * i, LABEL | label);
        }
        return rig.run(START + 100_000);
    }

    @Test
    @DisplayName("R057 a synapse with label 0 answers to label 0: three strong events make one spike")
    void labelZero() {
        FabricRig rig = pulses(oneNeuron(0, 63), 0, 3);

        assertThat(rig.eventLabels()).containsExactly(1 << 14 | 1 << 8 | 7);
        // Three PSPs cross 3.81 µs (476 ticks) after simultaneous events (analog.md 18, 5).
        assertThat(rig.events.get(0).tick() - START).isBetween(470L, 490L);
    }

    @Test
    @DisplayName("a synapse does not answer to another label, two events are not enough")
    void otherLabel() {
        assertThat(pulses(oneNeuron(0, 63), 1, 3).events).isEmpty();
        assertThat(pulses(oneNeuron(0, 63), 0, 2).events).isEmpty();
    }

    @Test
    @DisplayName("R058 a synapse of weight 0 gives no event and no current")
    void weightZero() {
        FabricRig rig = oneNeuron(0, 0).run(START);
        double before = rig.chip.neurons().membrane(NEURON, 2 * START);
        pulses(rig, 0, 50);

        assertThat(rig.chip.neurons().membrane(NEURON, 2 * (START + 100_000))).isEqualTo(before);
        assertThat(rig.chip.synapses().collect(DRIVER, 0)).isZero();
    }

    @Test
    @DisplayName("R055 without column current switches no event moves a membrane; with them it does")
    void columnSwitches() {
        FabricRig rig = oneNeuron(0, 63);
        int switches = 0x02C1_4000 + RegisterFile.quadColumn(NEURON);
        rig.write(5, switches, 0);
        pulses(rig, 0, 3);
        double resting = rig.chip.neurons().membrane(NEURON, 2 * START + 200_000);
        assertThat(rig.events).isEmpty();
        rig.write(START + 200_000, switches, 0x0303_0303);
        for (int i = 0; i < 3; i++) {
            rig.arrive(START + 200_010 + i, LABEL);
        }
        rig.run(START + 200_100);

        assertThat(rig.chip.neurons().membrane(NEURON, 2 * (START + 200_100))).isGreaterThan(resting + 0.01);
        assertThat(rig.run(START + 300_000).events).hasSize(1);
    }

    @Test
    @DisplayName("R037 a neuron over threshold fires every refractory time, 2.24 µs")
    void refractoryTime() {
        FabricRig rig = new FabricRig();
        WorkingPoint.of(rig).neuron(NEURON, 7).code(NEURON, 2, 108);
        rig.run(START + 10_000);

        List<Long> ticks =
                rig.eventTicks().stream().filter(tick -> tick > START).toList();
        assertThat(ticks).hasSizeGreaterThan(20);
        for (int i = 1; i < ticks.size(); i++) {
            assertThat(8 * (ticks.get(i) - ticks.get(i - 1))).isBetween(2240L, 2240L + 32);
        }
    }

    @Test
    @DisplayName("merged circuits with two comparators fire by the lower one, whatever the rounding of its threshold")
    void twoComparators() {
        FabricRig rig = new FabricRig();
        WorkingPoint point = WorkingPoint.of(rig);
        for (int circuit = 0; circuit < 256; circuit += 2) {
            point.neuron(circuit, 1).neuron(circuit + 1, 2);
            point.code(circuit, 0, 730 + circuit / 2).code(circuit + 1, 0, 700 - circuit / 3);
            point.code(circuit, 2, 1 + circuit / 4).code(circuit + 1, 2, 160);
            rig.write(
                    4,
                    WorkingPoint.config(AtomicNeuron.of(circuit))
                            .withThresholdComparator(true)
                            .withConnectMembraneRight(true));
        }
        rig.run(START + 10_000);

        assertThat(rig.eventLabels().stream().map(label -> label & 0xFF)).contains(1);
        assertThat(rig.events).hasSizeGreaterThan(1000);
    }

    @Test
    @DisplayName("R041 with bypass on and comparator off each excitatory event with weight makes one spike")
    void bypass() {
        FabricRig rig = oneNeuron(0, 1);
        rig.write(5, WorkingPoint.config(AtomicNeuron.of(NEURON)).withBypassExcitatory(true));
        for (int i = 0; i < 10; i++) {
            rig.arrive(START + 1000L * i, LABEL);
        }
        rig.run(START + 100_000);

        assertThat(rig.events).hasSize(10);
        assertThat(rig.eventTicks().get(1) - rig.eventTicks().get(0)).isEqualTo(1000);
    }

    @Test
    @DisplayName("R092 before the reference generator was pulsed the neurons are inert")
    void referenceGenerator() {
        FabricRig rig = oneNeuron(0, 63);
        FabricRig inert = new FabricRig();
        WorkingPoint.of(inert).neuron(NEURON, 7).synapse(4, 0, 2 * DRIVER, NEURON, 0, 63);
        inert.driver(4, DRIVER, 31, RowMode.DISABLED, RowMode.EXCITATORY)
                .control(5, ChipEffects.Kind.RESET_ASSERTED, 0)
                .control(6, ChipEffects.Kind.RESET_RELEASED, 0);

        assertThat(pulses(rig, 0, 3).events).hasSize(1);
        assertThat(pulses(inert, 0, 3).events)
                .extracting(FabricRig.Event::label)
                .containsOnly(LABEL);
    }

    @Test
    @DisplayName("R093 nominal: until 20 ms after a CapMem write the old leak potential, then exactly the new one")
    void settlesAtOnce() {
        FabricRig rig = new FabricRig();
        WorkingPoint.of(rig).neuron(NEURON, 7);
        rig.run(START);
        double before = leak(rig, START);
        rig.write(START, LEAK_CELL, 420);

        assertThat(leak(rig, START + SETTLING - 1)).isEqualTo(before);
        // The membrane follows its new leak potential with 6 µs: after 2 ms nothing of the old one is left.
        double after = leak(rig, START + SETTLING + 250_000);
        assertThat(after).isLessThan(before - 0.05).isEqualTo(leak(rig, START + 2 * SETTLING));
        FabricRig other = new FabricRig();
        WorkingPoint.of(other).neuron(NEURON, 7).code(NEURON, 0, 420);
        assertThat(after).isEqualTo(leak(other, START + 2 * SETTLING));
    }

    @Test
    @DisplayName("R093 varied: the leak potential moves with 2 ms and is exactly at its final value from 20 ms on")
    void settlesSlowly() {
        FabricRig rig =
                new FabricRig(new DigitalChip(ChipModel.of(Fidelity.VARIED_RESIDUAL, 3), FabricOptions.DEFAULT));
        WorkingPoint.of(rig).neuron(NEURON, 7);
        rig.run(START);
        double before = leak(rig, START);
        rig.write(START, LEAK_CELL, 420);
        double atTau = leak(rig, START + 250_000);
        double atFiveTau = leak(rig, START + 1_250_000);
        double after = leak(rig, START + SETTLING + 250_000);

        assertThat((atTau - before) / (after - before)).isCloseTo(1 - Math.exp(-1), within(0.06));
        assertThat((atFiveTau - before) / (after - before)).isCloseTo(1 - Math.exp(-5), within(0.01));
        assertThat(leak(rig, START + 2 * SETTLING)).isEqualTo(after);
    }

    private static double leak(FabricRig rig, long tick) {
        rig.run(tick);
        return rig.chip.neurons().membrane(NEURON, 2 * tick);
    }

    @Test
    @DisplayName("a connection over the border of two halves is ignored and noted with its circuit")
    void border() {
        FabricRig rig = new FabricRig()
                .write(1, NeuronConfig.defaults(AtomicNeuron.of(126)).withConnectMembraneRight(true))
                .write(1, NeuronConfig.defaults(AtomicNeuron.of(127)).withConnectMembraneRight(true))
                .run(10);

        assertThat(rig.chip.health().notes()).singleElement().satisfies(note -> {
            assertThat(note.name()).isEqualTo("connection-over-border");
            assertThat(note.text()).contains("circuit 127 ");
        });
    }

    @Test
    @DisplayName("an unconnected synapse bias is noted and its weights count as 0")
    void biasOpen() {
        FabricRig rig = oneNeuron(0, 63).write(5, 0x0010_0000, 0);
        pulses(rig, 0, 3);

        assertThat(rig.events).isEmpty();
        assertThat(rig.chip.health().notes()).anyMatch(note -> note.name().equals("synapse-bias-open"));
    }

    @ParameterizedTest(name = "A-22 a plastic driver towards {2}: the second event has {3} of the first one's strength")
    @CsvSource({"100, 500, depression, 0.5", "500, 100, facilitation, 1.5"})
    void shortTermPlasticity(int charge, int recover, String name, double ratio) {
        FabricRig rig = oneNeuron(0, 20)
                .write(5, 0x0011_0400 + 4 * DRIVER, 0xFE7F)
                .write(5, 0x0011_0400 + 4 * DRIVER + 2, 0x50)
                .write(1, STP_CHARGE, charge)
                .write(1, STP_RECOVER, recover);
        rig.run(START);
        double first = jump(rig, START);
        double second = jump(rig, START + 200_000);

        assertThat(second / first).as(name).isCloseTo(ratio, within(1e-3));
        assertThat(rig.chip.health().notes()).isEmpty();
    }

    /** How far one event moves the membrane within 8 µs; the utilisation is 15 of 30. */
    private static double jump(FabricRig rig, long tick) {
        double before = rig.chip.neurons().membrane(NEURON, 2 * tick);
        rig.arrive(tick, LABEL).run(tick + 1000);
        return rig.chip.neurons().membrane(NEURON, 2 * tick + 2000) - before;
    }

    @Test
    @DisplayName("A-22 with plasticity off all events of a driver have the same strength")
    void plasticityOff() {
        FabricRig rig =
                oneNeuron(0, 20).write(5, 0x0011_0400 + 4 * DRIVER, 0xFE7F).run(START);

        assertThat(jump(rig, START + 200_000)).isEqualTo(jump(rig, START + 400_000));
    }

    @Test
    @DisplayName("Hagen mode keeps its bits, pulses like a plain driver and says so")
    void hagenMode() {
        FabricRig rig = oneNeuron(0, 20).run(START);
        double plain = jump(rig, START);
        rig.write(START + 200_000, 0x0011_0400 + 4 * DRIVER + 2, 0x48).read(START + 200_001, 0x0011_0402 + 4 * DRIVER);
        double hagen = jump(rig, START + 200_002);

        assertThat(hagen).isEqualTo(plain);
        assertThat(rig.values).containsExactly(0x48);
        assertThat(rig.chip.health().notes()).extracting(FabricNote::name).containsExactly("hagen-not-emulated");
    }

    @Test
    @DisplayName("weights, labels and row modes take effect for events that arrive later")
    void changesTakeEffect() {
        FabricRig rig = oneNeuron(0, 63);
        int weights = 0x02C0_0000 + 64 * 2 * DRIVER + RegisterFile.quadColumn(NEURON);
        pulses(rig, 0, 3);
        rig.write(START + 150_000, weights, 0);
        burst(rig, START + 150_010);
        rig.write(START + 250_000, weights, 0x3F3F_3F3F);
        rig.driver(START + 250_000, DRIVER, 31, RowMode.DISABLED, RowMode.INHIBITORY);
        burst(rig, START + 250_010);
        rig.driver(START + 350_000, DRIVER, 31, RowMode.DISABLED, RowMode.EXCITATORY);
        burst(rig, START + 350_010);
        rig.run(START + 400_000);

        assertThat(rig.events).hasSize(2);
        assertThat(rig.eventTicks().get(1) - rig.eventTicks().get(0)).isEqualTo(350_010);
    }

    private static void burst(FabricRig rig, long tick) {
        for (int i = 0; i < 3; i++) {
            rig.arrive(tick + 2L * i, LABEL);
        }
    }

    @Test
    @DisplayName("raw and split synapse views give the same spikes")
    void rawView() {
        FabricRig split = oneNeuron(9, 33);
        FabricRig raw = oneNeuron(0, 0);
        int place = 128 * 2 * DRIVER + RegisterFile.quadColumn(NEURON);
        int shift = RegisterFile.entryShift(NEURON);
        raw.write(5, 0x02CF_0000 + place, SynapseTables.permuted(33) << shift)
                .write(5, 0x02CF_0040 + place, 9 << shift);

        assertThat(pulses(split, 9, 20).events).isNotEmpty().isEqualTo(pulses(raw, 9, 20).events);
    }

    @Test
    @DisplayName("advancing in chunks or at once, on the chip or on a copy, gives the same events")
    void chunksAndCopies() {
        long seed = 77;
        FabricRig whole = crowd(seed);
        FabricRig chunked = crowd(seed);
        whole.run(START + 20_000);
        for (long tick = 0; tick < START; tick += 500_000) {
            chunked.runPart(tick);
        }
        Random random = new Random(seed);
        for (long tick = START; tick < START + 10_000; tick += 1 + random.nextInt(50)) {
            chunked.runPart(tick);
        }
        FabricRig copy = chunked.copy();
        chunked.run(START + 20_000);
        copy.run(START + 20_000);

        assertThat(whole.events).hasSizeGreaterThan(100);
        assertThat(chunked.events).as("seed %d", seed).isEqualTo(whole.events);
        assertThat(copy.events).as("seed %d", seed).isEqualTo(whole.events);
    }

    @Test
    @DisplayName("a copy has registers of its own: what is written there changes no spike here, and the reverse")
    void copiesAreIndependent() {
        FabricRig original = oneNeuron(0, 63).run(START);
        FabricRig copy = original.copy();
        copy.write(START, WorkingPoint.config(AtomicNeuron.of(NEURON)));
        pulses(copy, 0, 3);
        FabricRig second = original.copy();
        original.write(START, 0x02C0_0000 + 64 * 2 * DRIVER + RegisterFile.quadColumn(NEURON), 0);
        pulses(original, 0, 3);

        assertThat(copy.events).isEmpty();
        assertThat(original.events).isEmpty();
        assertThat(pulses(second, 0, 3).events).hasSize(1);
    }

    private static FabricRig crowd(long seed) {
        Random random = new Random(seed);
        FabricRig rig = new FabricRig();
        WorkingPoint point = WorkingPoint.of(rig);
        for (int circuit = 0; circuit < 512; circuit += 3) {
            point.neuron(circuit, random.nextInt(256));
        }
        for (int driver = 0; driver < 256; driver++) {
            rig.driver(4, driver, 3, RowMode.EXCITATORY, RowMode.INHIBITORY);
        }
        for (int i = 0; i < 20_000; i++) {
            point.synapse(
                    5,
                    random.nextInt(2),
                    random.nextInt(256),
                    random.nextInt(256),
                    random.nextInt(64),
                    random.nextInt(64));
        }
        for (int i = 0; i < 2000; i++) {
            rig.arrive(START + random.nextInt(10_000), random.nextInt(1 << 16));
        }
        return rig;
    }
}
