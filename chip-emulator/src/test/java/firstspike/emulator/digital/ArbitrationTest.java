package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Round robin of the crossbar outputs (playback.md 5.3). */
class ArbitrationTest {
    /** Two neurons of outputs 0 and 4 fire at once; both go to L2 output 0. */
    private static void contend(FabricRig rig, long tick) {
        rig.write(tick, 0x0012_2000, 0).write(tick, 0x0012_A000, 0);
    }

    private static FabricRig rig() {
        FabricRig rig = new FabricRig().backends(1).neuron(1, 0, 1, true).neuron(1, 128, 2, true);
        return rig;
    }

    @Test
    @DisplayName("T262 a new program begins with input 0")
    void newProgram() {
        List<Integer> alone = contentionAfterStart(false);
        List<Integer> afterOther = contentionAfterStart(true);

        assertThat(afterOther).isEqualTo(alone);
    }

    private static List<Integer> contentionAfterStart(boolean before) {
        FabricRig rig = rig();
        if (before) {
            rig.write(900, 0x0012_2000, 0);
        }
        rig.control(1000, ChipEffects.Kind.PROGRAM_STARTED, 0);
        contend(rig, 1001);
        rig.run(3000);
        return rig.events.stream()
                .filter(event -> event.tick() > 1000)
                .map(FabricRig.Event::label)
                .toList();
    }

    @Test
    @DisplayName("T270 511 idle ticks keep the pointer, 512 forget it")
    void forgetsWhenIdle() {
        FabricRig kept = rig();
        FabricRig forgotten = rig();
        for (FabricRig each : List.of(kept, forgotten)) {
            // Input 0 is served last, in the output phase of tick 1001: one half-tick to the crossing, one to present.
            each.write(1000, 0x0012_2000, 0).run(1400);
            assertThat(each.eventTicks()).containsExactly(1002L);
            each.events.clear();
        }
        contend(kept, 1000 + 511);
        kept.run(2000);
        contend(forgotten, 1000 + 512);
        forgotten.run(2000);

        assertThat(kept.eventLabels()).containsExactly(0x0402, 0x0001);
        assertThat(forgotten.eventLabels()).containsExactly(0x0001, 0x0402);
    }
}
