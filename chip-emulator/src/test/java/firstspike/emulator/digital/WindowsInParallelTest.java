package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.BackgroundSource;
import firstspike.driver.register.BackgroundSpikeSource;
import firstspike.emulator.analog.Fidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of one program on several threads (analog.md 9). */
class WindowsInParallelTest {
    private static final int WINDOWS = 20;
    private static final long SEED = 11;

    private record Run(List<FabricRig.Event> events, FabricHealth health, List<Integer> counters, WindowedChip chip) {}

    private static Run run(Fidelity fidelity, int threads, boolean lateSpike, boolean resets) {
        return run(new SampleNetwork(fidelity, SEED), threads, lateSpike, resets);
    }

    private static Run run(SampleNetwork network, int threads, boolean lateSpike, boolean resets) {
        WindowedChip chip = new WindowedChip(network.rig.chip, threads, 20);
        ChipEffects effects = new ChipEffects();
        for (int w = 0; w < WINDOWS; w++) {
            if (resets) {
                effects.add(network.tick, ChipEffects.Kind.TIMER_RESET, 0);
            }
            network.sample(effects);
            if (lateSpike && w == 9) {
                // Two time constants before the end of the window: the next one does not begin at rest.
                for (int input = 0; input < SampleNetwork.INPUTS; input++) {
                    network.spike(effects, network.tick - 1500 + input, input);
                }
            }
        }
        chip.advance(effects, network.tick, network.rig);
        network.rig.read(network.tick, 0x0012_2800).read(network.tick, 0x0013_0079);
        for (int column = 0; column < 246; column += 2) {
            network.rig.read(network.tick, (column < 128 ? 0x0012_2800 : 0x0012_A800) + 4 * (column & 127));
        }
        network.rig.run(network.tick + 1);
        return new Run(network.rig.events, chip.health(), network.rig.values, chip);
    }

    @ParameterizedTest(name = "A-24 T266 20 windows give the same events with 1, 2 and 8 threads, {0}")
    @EnumSource(
            value = Fidelity.class,
            names = {"NOMINAL", "VARIED_RESIDUAL"})
    void sameEvents(Fidelity fidelity) {
        Run serial = run(fidelity, 1, false, false);
        assertThat(serial.events).hasSizeGreaterThan(WINDOWS);
        for (int threads : new int[] {2, 8}) {
            Run parallel = run(fidelity, threads, false, false);

            assertThat(parallel.events).isEqualTo(serial.events);
            assertThat(parallel.counters).isEqualTo(serial.counters);
            assertThat(parallel.health).usingRecursiveComparison().isEqualTo(serial.health);
            assertThat(parallel.chip.windowsJoined()).isGreaterThanOrEqualTo(3);
        }
    }

    @ParameterizedTest(name = "A-24 T266 a spike late in a window gives the same events, {0}")
    @EnumSource(
            value = Fidelity.class,
            names = {"NOMINAL", "VARIED_RESIDUAL"})
    void lateSpike(Fidelity fidelity) {
        Run serial = run(fidelity, 1, true, false);
        Run parallel = run(fidelity, 8, true, false);

        assertThat(parallel.events).isEqualTo(serial.events);
        assertThat(parallel.counters).isEqualTo(serial.counters);
    }

    @Test
    @DisplayName("A-24 T266 a window whose seam does not hold is run again, same events")
    void seamThatFails() {
        Run serial = slowNode(1);
        Run parallel = slowNode(8);

        assertThat(parallel.events).isEqualTo(serial.events);
        assertThat(parallel.counters).isEqualTo(serial.counters);
        assertThat(parallel.chip.windowsJoined()).isZero();
        assertThat(parallel.chip.windowsRepeated()).isGreaterThanOrEqualTo(3);
    }

    /** With a passive node whose rest takes longer than a window, so that no window begins at rest. */
    private static Run slowNode(int threads) {
        SampleNetwork network = new SampleNetwork(Fidelity.VARIED_RESIDUAL, SEED);
        network.slowPassiveNode();
        return run(network, threads, false, false);
    }

    @Test
    @DisplayName("A-24 timer resets in front of the samples key the draws of all windows")
    void timerResets() {
        Run serial = run(Fidelity.VARIED_RESIDUAL, 1, false, true);
        Run parallel = run(Fidelity.VARIED_RESIDUAL, 8, false, true);

        assertThat(parallel.events).isEqualTo(serial.events);
        assertThat(serial.events).isNotEqualTo(run(Fidelity.VARIED_RESIDUAL, 1, false, false).events);
    }

    @ParameterizedTest(name = "A-24 random gaps and late spikes in several stretches, seed {0}")
    @ValueSource(longs = {101, 107})
    void randomGaps(long seed) {
        WindowedChip chip = null;
        List<List<FabricRig.Event>> events = new ArrayList<>();
        for (int threads : new int[] {1, 5}) {
            SampleNetwork network = new SampleNetwork(Fidelity.VARIED_RESIDUAL, seed);
            chip = new WindowedChip(network.rig.chip, threads, 20);
            Random random = new Random(seed);
            for (int stretch = 0; stretch < 3; stretch++) {
                ChipEffects effects = new ChipEffects();
                for (int w = 0; w < 30; w++) {
                    disturbedSample(network, effects, random);
                }
                chip.advance(effects, network.tick, network.rig);
            }
            events.add(network.rig.events);
        }

        assertThat(events.get(1)).as("seed %d", seed).isEqualTo(events.get(0));
        assertThat(chip.windowsJoined()).as("seed %d", seed).isPositive();
        assertThat(chip.windowsRepeated()).as("seed %d", seed).isPositive();
    }

    @ParameterizedTest(
            name = "where seams failed, windows of the next stretch begin with a lead and hold, same events, {0}")
    @EnumSource(
            value = Fidelity.class,
            names = {"NOMINAL", "VARIED_RESIDUAL"})
    void leads(Fidelity fidelity) {
        List<List<FabricRig.Event>> events = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
            SampleNetwork network = new SampleNetwork(fidelity, SEED);
            WindowedChip chip = new WindowedChip(network.rig.chip, threads, 20);
            for (int stretch = 0; stretch < 4; stretch++) {
                long repeatedBefore = chip.windowsRepeated();
                long joinedBefore = chip.windowsJoined();
                ChipEffects effects = new ChipEffects();
                for (int w = 0; w < WINDOWS; w++) {
                    network.sample(effects);
                    // in front of each wished cut, at the quarters, the input ends in time and the membranes do not
                    if (w % 5 == 4) {
                        long last = network.tick - network.rig.chip.restTicks() - 1;
                        for (int input = 0; input < SampleNetwork.INPUTS; input++) {
                            network.spike(effects, last - SampleNetwork.INPUTS + input, input);
                        }
                    }
                }
                chip.advance(effects, network.tick, network.rig);
                if (threads > 1) {
                    long repeated = chip.windowsRepeated() - repeatedBefore;
                    assertThat(repeated > 0)
                            .as("repeated in stretch %d", stretch)
                            .isEqualTo(stretch == 0);
                    assertThat(chip.windowsJoined() - joinedBefore > 0)
                            .as("joined in stretch %d", stretch)
                            .isEqualTo(stretch > 0);
                }
            }
            events.add(network.rig.events);
        }

        assertThat(events.get(1)).isEqualTo(events.get(0));
    }

    private static void disturbedSample(SampleNetwork network, ChipEffects effects, Random random) {
        network.sample(effects);
        int kind = random.nextInt(5);
        if (kind == 0) {
            long at = network.tick - 100 - random.nextInt(3000);
            for (int i = 0; i < SampleNetwork.INPUTS; i++) {
                network.spike(effects, at + i, random.nextInt(SampleNetwork.INPUTS));
            }
        } else if (kind == 1) {
            network.tick -= random.nextInt(4000);
        }
    }

    @ParameterizedTest(name = "T266 T221 with a background source on, any number of threads gives the same events, {0}")
    @EnumSource(
            value = Fidelity.class,
            names = {"NOMINAL", "VARIED_RESIDUAL"})
    void backgroundSource(Fidelity fidelity) {
        Run serial = withSource(fidelity, 1);
        Run parallel = withSource(fidelity, 8);

        assertThat(serial.events).hasSizeGreaterThan(1000);
        assertThat(parallel.events).isEqualTo(serial.events);
        assertThat(parallel.counters).isEqualTo(serial.counters);
        assertThat(parallel.health).usingRecursiveComparison().isEqualTo(serial.health);
        // Running sources keep the chip serial.
        assertThat(parallel.chip.windowsJoined() + parallel.chip.windowsRepeated())
                .isZero();
    }

    /** With a random source whose labels reach the drivers of bus 1 as well as the host. */
    private static Run withSource(Fidelity fidelity, int threads) {
        SampleNetwork network = new SampleNetwork(fidelity, SEED);
        network.rig.write(
                network.tick,
                BackgroundSpikeSource.regular(BackgroundSource.of(1), 205, 31 << 6 | 63)
                        .withPoisson(100, SEED));
        network.rig.run(network.tick + 1);
        return run(network, threads, false, false);
    }

    @Test
    @DisplayName("T266 with short-term plasticity on a driver, any number of threads gives the same events")
    void plasticity() {
        List<List<FabricRig.Event>> events = new ArrayList<>();
        for (int threads : new int[] {1, 8}) {
            SampleNetwork network = new SampleNetwork(Fidelity.VARIED_RESIDUAL, SEED);
            for (int driver = 0; driver < 128; driver++) {
                network.rig.write(network.tick, 0x0011_0402 + 4 * driver, 0xD0);
                network.rig.write(network.tick, 0x0011_0400 + 4 * driver, 0xBE76);
            }
            network.rig.write(network.tick, 0x0011_0002, 0x19).run(network.tick + 1);
            Run run = run(network, threads, false, false);
            events.add(run.events);
        }

        assertThat(events.get(0)).hasSizeGreaterThan(WINDOWS);
        assertThat(events.get(1)).isEqualTo(events.get(0));
    }

    @Test
    @DisplayName("T221 repetitions with 8 threads are identical")
    void repetitions() {
        Run first = run(Fidelity.VARIED_RESIDUAL, 8, false, false);
        for (int repetition = 0; repetition < 20; repetition++) {
            assertThat(run(Fidelity.VARIED_RESIDUAL, 8, false, false).events).isEqualTo(first.events);
        }
    }

    @Test
    @DisplayName("a run is cut at gaps only, in about equal parts, and never where it shares a tick")
    void plan() {
        ChipEffects effects = new ChipEffects();
        effects.write(5, 0x0280_0000, 1, 15);
        effects.add(5, ChipEffects.Kind.SPIKES, 13L << 56);
        for (int i = 0; i < 40; i++) {
            effects.add(10 + 100L * (i / 4) + i % 4, ChipEffects.Kind.SPIKES, 13L << 56);
        }
        effects.add(913, ChipEffects.Kind.TIMER_RESET, 0);
        effects.write(913, 0x0280_0000, 1, 15);

        WindowPlan run = WindowPlan.longestRun(effects);
        WindowPlan plan = run.cut(effects, 90, 3, 4);

        assertThat(run.first(0)).isEqualTo(2);
        assertThat(run.last(0)).isEqualTo(41);
        assertThat(plan.windows()).isEqualTo(3);
        assertThat(plan.first(1)).isEqualTo(2 + 16);
        assertThat(plan.first(2)).isEqualTo(2 + 32);
        assertThat(run.cut(effects, 98, 3, 4).windows()).isOne();
    }
}
