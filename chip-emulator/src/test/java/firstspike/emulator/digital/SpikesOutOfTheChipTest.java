package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Side;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section F of the playback tests and section B of the register tests, as far as the chip itself is concerned. */
class SpikesOutOfTheChipTest {
    /** A write whose address word issues at tau 0 takes effect at S = 3 + 40. */
    private static final int EFFECT_OF_TAU_0 = 43;

    private static final int COUNTER_READ = 0x0012_2800;
    private static final int COUNTER_RESET = 0x0012_2C00;
    private static final int NEURON_RESET = 0x0012_2000;

    /** All 64 circuits of event output 0, label address = column + 32·row. */
    private static FabricRig outputZero() {
        FabricRig rig = new FabricRig().backends(1);
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 32; column++) {
                rig.neuron(1, 256 * row + column, 32 * row + column, true);
            }
        }
        return rig;
    }

    @Test
    @DisplayName("T141 the label of a neuron says its output and its address")
    void neuronLabel() {
        FabricRig rig = new FabricRig().backends(1).neuron(1, 100, 0x2A, true).write(43, NEURON_RESET + 4 * 100, 0);

        assertThat(rig.run(1000).eventLabels()).containsExactly(0xC32A);
    }

    @Test
    @DisplayName("R043 column 200, row 1, address 17 leaves as 0x8611")
    void bottomNeuronLabel() {
        FabricRig rig =
                new FabricRig().backends(1).neuron(1, 256 + 200, 17, true).write(43, 0x0012_A000 + 4 * (128 + 72), 0);

        assertThat(rig.run(1000).eventLabels()).containsExactly(0x8611);
    }

    @ParameterizedTest(name = "T140 column {0} feeds event output {1}")
    @CsvSource({"0, 0", "31, 0", "32, 1", "100, 3", "255, 7"})
    void eventOutput(int column, int output) {
        FabricRig rig = new FabricRig().backends(1).neuron(1, column, 0, true).run(40);
        rig.chip.cross(column, 100);

        assertThat(rig.run(1000).eventLabels()).containsExactly(output % 4 << 14 | output << 8);
    }

    @Test
    @DisplayName("T142 a quad reset makes four spikes, one tick apart, columns ascending")
    void quadReset() {
        FabricRig rig = outputZero()
                .write(EFFECT_OF_TAU_0, FabricRig.quadReset(0, 0), 0)
                .write(EFFECT_OF_TAU_0, FabricRig.quadReset(0, 32), 0);
        FabricRig one = outputZero();
        one.write(EFFECT_OF_TAU_0, FabricRig.quadReset(0, 0), 0).run(1000);

        assertThat(one.eventTicks()).containsExactly(45L, 46L, 47L, 48L);
        assertThat(one.eventLabels()).containsExactly(0, 2, 4, 6);
        assertThat(rig.run(1000).eventLabels()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    @DisplayName("T143 sixteen quads back to back: 64 spikes without gap, none merged")
    void sixteenQuads() {
        FabricRig rig = outputZero();
        int write = 0;
        for (int row = 0; row < 2; row++) {
            for (int quad : new int[] {0, 32, 1, 33, 2, 34, 3, 35}) {
                rig.write(EFFECT_OF_TAU_0 + 2 * write++, FabricRig.quadReset(row, quad), 0);
            }
        }
        rig.run(1000);

        assertThat(rig.eventTicks())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(45, 108).boxed().toList());
        assertThat(rig.chip.health().eventsMerged()).isZero();
    }

    @Test
    @DisplayName("T144 64 neurons that fire at once leave on 64 ticks in order of priority")
    void sixtyFourAtOnce() {
        FabricRig rig = outputZero().run(40);
        for (int circuit : IntStream.concat(IntStream.range(256, 288), IntStream.range(0, 32))
                .toArray()) {
            rig.chip.cross(circuit, 100);
        }
        rig.run(1000);

        assertThat(rig.eventTicks())
                .containsExactlyElementsOf(LongStream.range(52, 116).boxed().toList());
        assertThat(rig.eventLabels())
                .containsExactlyElementsOf(IntStream.range(0, 64).boxed().toList());
    }

    @Test
    @DisplayName("a neuron that fires again while its event waits is merged and counted")
    void merged() {
        FabricRig rig = outputZero().run(40);
        for (int circuit = 0; circuit < 32; circuit++) {
            rig.chip.cross(circuit, 100);
        }
        rig.chip.cross(31, 110);
        rig.run(1000);

        assertThat(rig.events).hasSize(32);
        assertThat(rig.chip.health().eventsMerged()).isOne();
    }

    @Test
    @DisplayName("T147 R036 without spike output no event leaves, but the counter counts")
    void spikeOutOff() {
        FabricRig rig = new FabricRig().backends(1);
        for (int column = 0; column < 8; column += 2) {
            rig.neuron(1, column, column, false);
        }
        rig.write(43, FabricRig.quadReset(0, 0), 0);
        for (int column = 0; column < 8; column++) {
            rig.read(100, COUNTER_READ + 4 * column);
        }
        rig.run(1000);

        assertThat(rig.events).isEmpty();
        assertThat(rig.values).containsExactly(1, 0, 1, 0, 1, 0, 1, 0);
    }

    @Test
    @DisplayName("R040 quad column 33 of the top half is columns 9, 11, 13, 15")
    void quadColumns() {
        FabricRig rig = new FabricRig().backends(1);
        for (int column = 0; column < 20; column++) {
            rig.neuron(1, column, column, true);
        }

        assertThat(rig.write(43, FabricRig.quadReset(0, 33), 0).run(1000).eventLabels())
                .containsExactly(9, 11, 13, 15);
    }

    @Test
    @DisplayName("T148 the spike counter wraps at 256 with a sticky overflow")
    void spikeCounter() {
        FabricRig rig = new FabricRig().backends(1).neuron(1, 5, 5, true).neuron(1, 6, 6, true);
        long tick = resets(rig, 100, 3);
        rig.read(tick, COUNTER_READ + 20);
        tick = resets(rig, tick, 512);
        rig.read(tick, COUNTER_READ + 20).write(tick + 1, COUNTER_RESET + 20, 0).read(tick + 2, COUNTER_READ + 20);
        rig.run(tick + 1000);

        assertThat(rig.values).containsExactly(3, 256 | 3, 0);
    }

    @Test
    @DisplayName("R035 300 spikes read as 44 with overflow; the reset clears this counter only")
    void threeHundredSpikes() {
        FabricRig rig = new FabricRig().backends(1).neuron(1, 5, 5, true).neuron(1, 6, 6, true);
        rig.write(50, NEURON_RESET + 24, 0);
        long tick = resets(rig, 100, 300);
        rig.read(tick, COUNTER_READ + 20)
                .write(tick + 1, COUNTER_RESET + 20, 0)
                .read(tick + 2, COUNTER_READ + 20)
                .read(tick + 2, COUNTER_READ + 24)
                .run(tick + 1000);

        assertThat(rig.values).containsExactly(256 | 44, 0, 1);
    }

    private static long resets(FabricRig rig, long from, int count) {
        for (int i = 0; i < count; i++) {
            rig.write(from + 100L * i, NEURON_RESET + 20, 0);
        }
        return from + 100L * count;
    }

    @Test
    @DisplayName("T149 without event registers nothing leaves and the neurons are named")
    void missingPrerequisites() {
        FabricRig rig = outputZero()
                .write(2, CommonNeuronBackendConfig.defaults(Side.WEST).withEventRegisters(false))
                .write(43, FabricRig.quadReset(0, 0), 0)
                .run(1000);

        assertThat(rig.events).isEmpty();
        assertThat(rig.chip.health().silentNeurons()).containsExactly(0, 2, 4, 6);
    }

    @Test
    @DisplayName("R039 without enable_fire a reset does nothing")
    void resetNeedsFire() {
        FabricRig rig = new FabricRig()
                .backends(1)
                .neuron(1, 0, 0, true)
                .write(2, NeuronConfig.defaults(AtomicNeuron.of(0)))
                .write(43, NEURON_RESET, 0)
                .read(100, COUNTER_READ)
                .run(1000);

        assertThat(rig.events).isEmpty();
        assertThat(rig.values).containsExactly(0);
    }

    @Test
    @DisplayName("R038 a refractory time below the hold-off is noted with the neuron")
    void refractoryTooShort() {
        AtomicNeuron neuron = AtomicNeuron.of(3);
        FabricRig rig = new FabricRig()
                .backends(1)
                .neuron(1, 3, 3, true)
                .write(
                        2,
                        NeuronBackendConfig.defaults(neuron)
                                .withRefractoryTime(10)
                                .withResetHoldoff(0))
                .write(43, NEURON_RESET + 12, 0)
                .run(1000);

        assertThat(rig.chip.health().notes())
                .anyMatch(note -> note.name().equals("refractory-too-short")
                        && note.text().endsWith("circuits 3"));
    }

    @Test
    @DisplayName("R042 two even neurons of a row on one readout line are noted")
    void readoutShort() {
        FabricRig rig = new FabricRig();
        for (int circuit : new int[] {4, 7, 260, 10}) {
            rig.write(circuit, NeuronConfig.defaults(AtomicNeuron.of(circuit)).withReadout(true));
        }

        List<FabricNote> notes = rig.run(1000).chip.health().notes();

        assertThat(notes).hasSize(1);
        assertThat(notes.get(0).name()).isEqualTo("readout-short");
        assertThat(notes.get(0).text()).contains("4 and 10");
    }

    @ParameterizedTest(name = "T151 a crossing at {0} ns leaves at tick {1}")
    @CsvSource({"1000.0, 127", "1003.9, 127", "1004.0, 128", "1007.9, 128"})
    void uncontendedDelay(double nanoseconds, long tick) {
        FabricRig rig = outputZero().run(40);
        rig.chip.cross(0, (long) Math.floor(nanoseconds / 4));

        assertThat(rig.run(1000).eventTicks()).containsExactly(tick);
    }

    @Test
    @DisplayName("a neuron output waits while a node that passes its event is full; nothing is lost")
    void gatedPresentation() {
        FabricRig rig = outputZero();
        for (int column = 128; column < 160; column++) {
            rig.neuron(1, column, column - 128, true);
        }
        rig.run(40);
        for (int column = 0; column < 32; column++) {
            rig.chip.cross(column, 100);
            rig.chip.cross(128 + column, 100);
        }
        rig.run(1000);

        assertThat(rig.events).hasSize(64);
        assertThat(rig.eventTicks())
                .containsExactlyElementsOf(LongStream.range(52, 116).boxed().toList());
        assertThat(rig.chip.health().crossbarDrops()).isZero();
    }
}
