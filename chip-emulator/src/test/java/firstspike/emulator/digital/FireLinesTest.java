package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.emulator.analog.NeuronArray;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Fire lines between back-ends (registers.md 6.2). */
class FireLinesTest {
    private static final int NEURON_RESET = 0x0012_2000;
    private static final int COUNTER_READ = 0x0012_2800;
    private static final int SLAVE = 0x01;
    private static final int BOTTOM = 0x02;
    private static final int FROM_RIGHT = 0x04;
    private static final int TO_RIGHT = 0x08;
    private static final int MASTER = 0x20;

    private static FireLines lines(int[]... circuitsAndBits) {
        RegisterFile registers = new RegisterFile(OptionalLong.empty());
        for (int[] entry : circuitsAndBits) {
            registers.backends[4 * entry[0] + 3] = entry[1];
        }
        return new FireLines(registers);
    }

    @Test
    @DisplayName("a master drives the slaves on its line: to the right, over the column, not back")
    void reaches() {
        FireLines lines = lines(
                new int[] {10, MASTER | TO_RIGHT},
                new int[] {11, SLAVE | TO_RIGHT | BOTTOM},
                new int[] {12, SLAVE},
                new int[] {9, SLAVE},
                new int[] {256 + 11, SLAVE},
                new int[] {256 + 10, SLAVE});

        assertThat(lines.slaves(10)).containsExactly(11, 12, 256 + 11);
        assertThat(lines.slaves(11)).isEmpty();
    }

    @Test
    @DisplayName("either row's switch joins the lines of a column; who is no slave does not listen")
    void column() {
        assertThat(lines(new int[] {7, MASTER}, new int[] {256 + 7, SLAVE | BOTTOM})
                        .slaves(7))
                .containsExactly(256 + 7);
        assertThat(lines(new int[] {256 + 7, MASTER | BOTTOM}, new int[] {7, 0}).slaves(256 + 7))
                .isEmpty();
        assertThat(lines(new int[] {7, BOTTOM}, new int[] {256 + 7, SLAVE}).slaves(7))
                .as("no master")
                .isEmpty();
    }

    @Test
    @DisplayName("lines end at columns 127 and 255, and the broken switch does nothing")
    void ends() {
        assertThat(lines(new int[] {127, MASTER | TO_RIGHT}, new int[] {128, SLAVE})
                        .slaves(127))
                .isEmpty();
        assertThat(lines(new int[] {255, MASTER | TO_RIGHT}, new int[] {256, SLAVE})
                        .slaves(255))
                .isEmpty();
        assertThat(lines(new int[] {5, MASTER}, new int[] {4, SLAVE | FROM_RIGHT})
                        .slaves(5))
                .isEmpty();
    }

    private static NeuronBackendConfig backend(int circuit, int address) {
        return NeuronBackendConfig.defaults(AtomicNeuron.of(circuit))
                .withAddressOut(address)
                .withRefractoryTime(50);
    }

    /** Circuit 4 is master of 5; both are counted, and only the slave sends. */
    private static FabricRig pair() {
        return new FabricRig()
                .backends(1)
                .neuron(1, 4, 4, false)
                .neuron(1, 5, 5, true)
                .write(2, backend(4, 4).withNeuronMaster(true).withConnectFireToRight(true))
                .write(2, backend(5, 5).withSpikeOut(true).withNeuronSlave(true));
    }

    @Test
    @DisplayName("the fire of a master leaves over its slave's output at the same time and counts in both")
    void slaveSends() {
        FabricRig rig = pair().write(43, NEURON_RESET + 4 * 4, 0)
                .read(100, COUNTER_READ + 4 * 4)
                .read(100, COUNTER_READ + 4 * 5)
                .run(1000);

        assertThat(rig.events).containsExactly(new FabricRig.Event(45, 5, 90));
        assertThat(rig.values).containsExactly(1, 1);
        assertThat(rig.chip.health().silentNeurons()).isEmpty();
    }

    @Test
    @DisplayName("the fire of a slave stays its own")
    void slaveAlone() {
        FabricRig rig = pair().write(43, NEURON_RESET + 4 * 5, 0)
                .read(100, COUNTER_READ + 4 * 4)
                .read(100, COUNTER_READ + 4 * 5)
                .run(1000);

        assertThat(rig.eventLabels()).containsExactly(5);
        assertThat(rig.values).containsExactly(0, 1);
    }

    @Test
    @DisplayName("a later write of a connection acts on the next fire, also on a copy")
    void rewired() {
        FabricRig rig = pair().write(43, NEURON_RESET + 4 * 4, 0)
                .write(500, backend(5, 5).withSpikeOut(true))
                .write(600, NEURON_RESET + 4 * 4, 0)
                .run(550);
        FabricRig copy = rig.copy();
        copy.write(552, backend(5, 5).withSpikeOut(true).withNeuronSlave(true))
                .write(600, NEURON_RESET + 4 * 4, 0)
                .run(1000);
        rig.write(600, NEURON_RESET + 4 * 4, 0).run(1000);

        assertThat(rig.events).hasSize(1);
        assertThat(copy.events).hasSize(2);
    }

    @Test
    @DisplayName("a slave with a membrane of its own is reset by its master's fire")
    void slaveMembrane() {
        FabricRig rig = new FabricRig();
        WorkingPoint.of(rig).neuron(4, 4).neuron(6, 6).neuron(5, 5).code(5, 1, 400);
        long start = WorkingPoint.SETTLED;
        rig.write(4, backend(4, 4).withNeuronMaster(true).withConnectFireToRight(true))
                .write(
                        4,
                        backend(5, 5).withFastClock(true).withRefractoryTime(70).withNeuronSlave(true))
                .run(start);
        NeuronArray neurons = rig.chip.neurons();
        double leak = neurons.membrane(5, 2 * start);
        rig.write(start, NEURON_RESET + 4 * 4, 0).run(start + 100);

        double reset = neurons.membrane(5, 2 * start + 200);
        assertThat(leak - reset).isGreaterThan(0.05);
        // The artificial fire of h is processed at h + 1; the slave is clamped to its own reset potential.
        assertThat(neurons.membrane(6, 2 * start + 200)).isCloseTo(leak, within(1e-6));
        rig.run(start + 100_000);
        assertThat(neurons.membrane(5, 2 * (start + 100_000))).isCloseTo(leak, within(1e-6));
    }
}
