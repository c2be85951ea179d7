package firstspike.emulator.analog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which nodes move together must not be seen: groups follow from the events that came before. */
class EventLaneTest {

    private static final int NODES = 40;
    private static final int FANS = 12;
    private static final int SAMPLES = 3;
    private static final long WINDOW = 45_000;

    @ParameterizedTest(
            name =
                    "A-05 A-09 {0}: nodes that move together, in two parts or alone fire and stand alike, to the last bit")
    @EnumSource(Fidelity.class)
    void groupsAreNotSeen(Fidelity fidelity) {
        MembraneRig together = rig(fidelity, NODES);
        MembraneRig parts = rig(fidelity, NODES / 2);
        MembraneRig alone = rig(fidelity, 1);
        MembraneRig copied = rig(fidelity, NODES);
        for (long h = 50; h < SAMPLES * WINDOW; h += 1371) {
            copied.at(h, () -> copied.array = copied.array.copy());
        }
        for (MembraneRig rig : new MembraneRig[] {together, parts, alone, copied}) {
            rig.run(SAMPLES * WINDOW - 40_000);
        }

        assertThat(together.firings).hasSizeGreaterThan(NODES);
        for (MembraneRig other : new MembraneRig[] {parts, alone, copied}) {
            assertThat(other.firings).isEqualTo(together.firings);
            assertThat(membranes(other)).isEqualTo(membranes(together));
        }
    }

    private static double[] membranes(MembraneRig rig) {
        return IntStream.range(0, NODES)
                .mapToDouble(node -> rig.array.membrane(2 * node, SAMPLES * WINDOW - 40_000))
                .toArray();
    }

    /** Pairs of circuits and random events, whose fans reach a number of nodes each. */
    private static MembraneRig rig(Fidelity fidelity, int nodesOfFan) {
        CircuitBench bench = new CircuitBench().shared();
        for (int node = 0; node < NODES; node++) {
            bench.published(2 * node);
        }
        MembraneRig rig = new MembraneRig(fidelity, 5, bench);
        SplittableRandom random = new SplittableRandom(5);
        SynapticFan[][] fans = new SynapticFan[FANS][];
        for (int f = 0; f < FANS; f++) {
            int[] weight = IntStream.range(0, NODES)
                    .map(i -> (int) Math.rint(Math.max(-63, Math.min(63, 12 + 20 * random.nextGaussian()))))
                    .toArray();
            fans[f] = new SynapticFan[NODES / nodesOfFan];
            for (int part = 0; part < fans[f].length; part++) {
                fans[f][part] = fan(rig.array, f, weight, part * nodesOfFan, nodesOfFan);
            }
        }
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (int event = 0; event < 3 * FANS; event++) {
                long h = sample * WINDOW + 2 * random.nextInt(1500);
                Arrays.stream(fans[random.nextInt(FANS)]).forEach(fan -> rig.pulse(h, fan));
            }
        }
        return rig;
    }

    /** Even fans reach the even circuits of the pairs, odd ones the odd ones. */
    private static SynapticFan fan(NeuronArray array, int number, int[] weight, int first, int count) {
        int[] circuit = new int[count];
        byte[] line = new byte[count];
        byte[] strength = new byte[count];
        int[] synapse = new int[count];
        for (int i = 0; i < count; i++) {
            int node = first + i;
            circuit[i] = 2 * node + number % 2;
            line[i] = (byte) (weight[node] < 0 ? 1 : 0);
            strength[i] = (byte) Math.abs(weight[node]);
            synapse[i] = 256 * (2 * number + line[i]) + circuit[i];
        }
        return array.fan(circuit, line, strength, synapse);
    }
}
