package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.emulator.analog.Fidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The planned way gives what the general way gives, wherever it begins and ends. */
class PlannedWayTest {
    private static final int SAMPLES = 12;

    /** How a chip goes: always generally, planned where it can, or now one and now the other. */
    enum Way {
        GENERAL,
        PLANNED,
        SWITCHING
    }

    record Run(List<FabricRig.Event> events, List<Integer> values, FabricHealth health, double watt) {}

    @Test
    @DisplayName("samples go the planned way, with the events and counters of the general way")
    void samples() {
        Run general = samples(Way.GENERAL, 3);
        Run planned = samples(Way.PLANNED, 3);

        assertThat(general.events).hasSizeGreaterThan(10 * SAMPLES);
        assertEqual(planned, general, "samples");
    }

    @ParameterizedTest(name = "random programs, seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void randomPrograms(long seed) {
        for (int k = 0; k < 4; k++) {
            long program = 1000 * seed + k;
            Run general = random(Way.GENERAL, program);
            assertEqual(random(Way.PLANNED, program), general, "planned, program " + program);
            assertEqual(random(Way.SWITCHING, program), general, "switching, program " + program);
        }
    }

    static void assertEqual(Run run, Run general, String what) {
        int same = 0;
        while (same < Math.min(run.events.size(), general.events.size())
                && run.events.get(same).equals(general.events.get(same))) {
            same++;
        }
        assertThat(run.events.subList(same, run.events.size()))
                .as("%s: events from number %d of %d on", what, same, general.events.size())
                .isEqualTo(general.events.subList(same, general.events.size()));
        assertThat(run.values).as(what).isEqualTo(general.values);
        assertThat(run.health).as(what).usingRecursiveComparison().isEqualTo(general.health);
        assertThat(run.watt).as(what).isEqualTo(general.watt);
    }

    private static Run samples(Way way, long seed) {
        SampleNetwork network = SampleNetwork.withInstantResets(Fidelity.NOMINAL, seed);
        network.rig.chip.plan(way != Way.GENERAL);
        ChipEffects effects = new ChipEffects();
        for (int k = 0; k < SAMPLES; k++) {
            network.sample(effects);
        }
        network.rig.chip.advance(effects, network.tick, network.rig);
        return run(network);
    }

    private static Run run(SampleNetwork network) {
        return new Run(
                new ArrayList<>(network.rig.events),
                new ArrayList<>(network.rig.values),
                network.rig.chip.health(),
                network.rig.chip.watt(1_000_000));
    }

    /** Spikes at any distance, and between them whatever a program may do. */
    static Run random(Way way, long seed) {
        SampleNetwork network = SampleNetwork.withInstantResets(Fidelity.NOMINAL, 1 + seed % 3);
        FabricRig rig = network.rig;
        rig.chip.plan(way != Way.GENERAL);
        SplittableRandom random = new SplittableRandom(seed);
        Random switches = new Random(seed);
        RandomEffects program = new RandomEffects(network, random);
        for (int stretch = 0; stretch < 6; stretch++) {
            ChipEffects effects = new ChipEffects();
            long until = program.stretch(effects);
            if (way == Way.SWITCHING) {
                advanceSwitching(rig, effects, until, switches);
            } else {
                rig.chip.advance(effects, until, rig);
            }
        }
        return run(network);
    }

    private static void advanceSwitching(FabricRig rig, ChipEffects effects, long until, Random switches) {
        int i = 0;
        while (i < effects.size()) {
            int to = Math.min(effects.size(), i + 1 + switches.nextInt(40));
            while (to < effects.size() && effects.tick(to) == effects.tick(to - 1)) {
                to++;
            }
            ChipEffects part = new ChipEffects();
            for (int k = i; k < to; k++) {
                if (effects.kind(k) == ChipEffects.Kind.READ || effects.kind(k) == ChipEffects.Kind.WRITE) {
                    part.add(
                            effects.tick(k),
                            effects.kind(k),
                            effects.address(k),
                            (long) effects.byteEnables(k) << 32 | effects.word(k) & 0xFFFF_FFFFL);
                } else {
                    part.add(effects.tick(k), effects.kind(k), 0, effects.value(k));
                }
            }
            long stop = to < effects.size() ? effects.tick(to) : until;
            long from = effects.tick(to - 1) + 1;
            rig.chip.advance(part, Math.min(stop, from + switches.nextInt(200)), rig);
            rig.chip.plan(switches.nextBoolean());
            rig.chip.advance(new ChipEffects(), stop, rig);
            rig.chip.plan(switches.nextBoolean());
            i = to;
        }
    }
}
