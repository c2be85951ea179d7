package firstspike.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.playback.Ticket;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.mapping.Networks;
import firstspike.runtime.mapping.WeightWords;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.session.WordPatch;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Networks on the emulator: everything that goes down and comes back passes words, registers and labels. */
class EmulatedChipTest {

    private static final double TICK = 1 / 750.0;

    @Test
    @DisplayName("I-23 events of weight w move the membrane by w/s of what the experiment says, within 1 %")
    void strengthOfAWeight() {
        Network network = Networks.plain(1, 1);
        try (ChipTarget target = target("emu:nominal?seed=1");
                ChipExecutor chip = open(network, target, 0)) {
            for (int integer = 40; integer <= 63; integer += 3) {
                double weight = integer / 30.0;
                chip.load(new LayerWeights(new double[][] {{weight}}));

                // four events a tick apart, for one of the largest weight does not reach the threshold
                double time = chip.run(burst(4), RunIntent.EVALUATE).layers()[0][0];

                double early = exactTime(4 * weight * 1.01, 0.2 + 1.5 * TICK);
                double late = exactTime(4 * weight * 0.99, 0.2 + 1.5 * TICK);
                assertThat(time).as("weight %d", integer).isBetween(early - 2 * TICK, late + 2 * TICK);
            }
            for (double weight : new double[] {1.52 * Math.E / 4 * 0.99, -2.1}) {
                chip.load(new LayerWeights(new double[][] {{weight}}));
                assertThat(chip.run(burst(4), RunIntent.EVALUATE).layers()[0][0])
                        .isInfinite();
            }
        }
    }

    @Test
    @DisplayName(
            "I-16 spike times of two layers on the nominal emulator are those of exact arithmetic with the integer weights")
    void agreesWithExactArithmetic() {
        Network network = new Network(
                3,
                2,
                Networks.neuron(),
                List.of(new Layer("hidden", 12, List.of(0.9), 2), new Layer("label", 3, List.of(), 1)));
        Random random = new Random(16);
        LayerWeights shadow = new LayerWeights(new double[][] {random(random, 8 * 12, 1), random(random, 12 * 3, 0.7)});
        int samples = 20;
        double[] inputs = new double[3 * samples];
        Arrays.setAll(inputs, i -> 0.15 + 1.85 * random.nextDouble());
        InputSpikes batch = InputSpikes.ofDense(inputs, 3);
        try (ChipTarget target = target("emu:nominal?seed=1");
                ChipExecutor chip = open(network, target, 0);
                SolverExecutor solver =
                        new SolverExecutor(network, Collections.nCopies(2, new WeightGrid(1 / 30.0, 2.1)), 1)) {
            chip.load(shadow);
            solver.load(shadow);

            FirstSpikes measured = chip.run(batch, RunIntent.EVALUATE);
            FirstSpikes exact = solver.run(batch, RunIntent.EVALUATE);

            int spikes = 0;
            for (int l = 0; l < 2; l++) {
                for (int i = 0; i < exact.layers()[l].length; i++) {
                    double a = measured.layers()[l][i];
                    double b = exact.layers()[l][i];
                    spikes += Double.isInfinite(b) ? 0 : 1;
                    assertThat(a == b || Math.abs(a - b) <= 4 * TICK)
                            .as("layer %d, spike %d: %s instead of %s", l, i, a, b)
                            .isTrue();
                }
            }
            assertThat(spikes).isGreaterThan(100);
            assertThat(measured.counters())
                    .containsEntry("events.unmapped_label", 0L)
                    .containsEntry("events.outside_window", 0L)
                    .containsEntry("program.repeats", 0L)
                    .containsEntry(HealthKeys.EVENTS_SENT, 8L * samples);
            assertThat(measured.counters().keySet())
                    .noneMatch(
                            key -> key.startsWith("crossbar.") || key.startsWith("trace.") || key.startsWith("emu."));
        }
    }

    @Test
    @DisplayName("I-25 256 inputs of one instant drop nothing")
    void oneInstant() {
        Network network = Networks.plain(256, 4);
        double[] times = new double[2 * 256];
        Arrays.fill(times, 0.4);
        try (ChipTarget target = target("emu:nominal?seed=1");
                ChipExecutor chip = open(network, target, 0)) {
            double[] weights = new double[4 * 256];
            Arrays.fill(weights, 0.1);
            chip.load(new LayerWeights(new double[][] {weights}));

            FirstSpikes spikes = chip.run(InputSpikes.ofDense(times, 256), RunIntent.EVALUATE);

            assertThat(spikes.counters().getOrDefault(HealthKeys.DROPPED_CROSSBAR, 0L))
                    .isZero();
            assertThat(spikes.counters()).containsEntry("program.repeats", 0L);
            assertThat(Arrays.stream(spikes.layers()[0]).allMatch(Double::isFinite))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("I-21 reading back the chip's weights restores the layer matrices")
    void readBack() {
        Network network = Networks.plain(40, 30, 5);
        ChipMapping mapping = Networks.mapped(network);
        Random random = new Random(21);
        short[][] integers = {new short[40 * 30], new short[30 * 5]};
        for (short[] layer : integers) {
            for (int i = 0; i < layer.length; i++) {
                layer[i] = (short) (random.nextInt(127) - 63);
            }
        }
        try (ChipTarget target = target("emu:nominal?seed=1");
                ChipSession session = ChipSession.open(first -> target.open(0, first), 0, 0)) {
            session.configure(mapping.configuration());
            WeightWords words = mapping.weightWords();
            WordPatch patch = words.set(integers);

            var run = session.run(patch, builder -> {
                List<Ticket<Integer>> tickets = new ArrayList<>();
                for (int place : patch.places()) {
                    tickets.add(builder.read(ChipConfiguration.address(place)));
                }
                return tickets;
            });

            int[] read = run.tickets().stream().mapToInt(run.result()::get).toArray();
            assertThat(words.read(read)).isDeepEqualTo(integers);
        }
    }

    @Test
    @DisplayName(
            "I-14 a chip that is opened again with the ordinal of a checkpoint gives the same times, noise included")
    void resumes() {
        Network network = Networks.plain(4, 8, 2);
        Random random = new Random(14);
        LayerWeights weights = new LayerWeights(new double[][] {random(random, 32, 2), random(random, 16, 1)});
        double[] inputs = new double[4 * 6];
        Arrays.setAll(inputs, i -> 0.15 + 1.85 * random.nextDouble());
        InputSpikes batch = InputSpikes.ofDense(inputs, 4);
        List<FirstSpikes> straight = new ArrayList<>();
        try (ChipTarget target = target("emu:varied?seed=3&mismatch=residual");
                ChipExecutor chip = open(network, target, 0)) {
            chip.load(weights);
            for (int i = 0; i < 3; i++) {
                straight.add(chip.run(batch, RunIntent.TRAIN));
            }
            assertThat(chip.traits().nextProgram()).isEqualTo(3);
        }
        try (ChipTarget target = target("emu:varied?seed=3&mismatch=residual");
                ChipExecutor chip = open(network, target, 2)) {
            chip.load(weights);

            FirstSpikes resumed = chip.run(batch, RunIntent.TRAIN);

            assertThat(resumed.layers()).isDeepEqualTo(straight.get(2).layers());
            assertThat(straight.get(1).layers()[0]).isNotEqualTo(straight.get(2).layers()[0]);
        }
    }

    @Test
    @DisplayName("Equal neurons of one event output cross in one half-tick and leave one tick apart")
    void oneEventOutput() {
        double[] weights = new double[8];
        Arrays.fill(weights, 1.6);
        try (ChipTarget target = target("emu:nominal?seed=1");
                ChipExecutor chip = open(Networks.plain(1, 8), target, 0)) {
            chip.load(new LayerWeights(new double[][] {weights}));

            double[] times = chip.run(burst(4), RunIntent.EVALUATE).layers()[0];

            for (int i = 1; i < times.length; i++) {
                assertThat((times[i] - times[0]) * 750).isCloseTo(i, within(1e-6));
            }
        }
    }

    @Test
    @DisplayName(
            "Pattern factors belong to circuits: swapping two neurons' places changes their factors, and their times")
    void factorsBelongToCircuits() {
        double[] nominal = swappedPlaces("emu:nominal?seed=1");
        // one neuron's event may wait a tick for the other's
        assertThat(nominal[0]).isLessThanOrEqualTo(TICK);
        assertThat(nominal[1]).isLessThanOrEqualTo(TICK);

        double[] varied = swappedPlaces("emu:varied?seed=3&mismatch=residual");
        assertThat(varied[0]).as("after the swap").isGreaterThan(10 * TICK);
        assertThat(varied[1]).as("after the second swap").isLessThan(varied[0] / 5);
    }

    /**
     * Mean times of two neurons that are told apart by their weights; then each takes the other's place, and then they
     * go back.
     *
     * @return largest change of a neuron's time by the swap, and by both swaps together
     */
    private static double[] swappedPlaces(String uri) {
        double[] there = {1.5, 1.9};
        double[] swapped = {1.9, 1.5};
        try (ChipTarget target = target(uri);
                ChipExecutor chip = open(Networks.plain(1, 2), target, 0)) {
            double[] first = meanTimes(chip, there);
            double[] second = meanTimes(chip, swapped);
            double[] third = meanTimes(chip, there);
            return new double[] {
                Math.max(Math.abs(second[1] - first[0]), Math.abs(second[0] - first[1])),
                Math.max(Math.abs(third[0] - first[0]), Math.abs(third[1] - first[1]))
            };
        }
    }

    /** Noise is drawn anew for each program, and within it for each sample. */
    private static double[] meanTimes(ChipExecutor chip, double[] weights) {
        int programs = 20;
        int samples = 20;
        int events = 4;
        int[] first = new int[samples + 1];
        Arrays.setAll(first, i -> i * events);
        double[] times = new double[samples * events];
        Arrays.fill(times, 0.2);
        InputSpikes batch = new InputSpikes(first, new short[times.length], times);
        chip.load(new LayerWeights(new double[][] {weights}));
        double[] mean = new double[2];
        for (int program = 0; program < programs; program++) {
            double[] spikes = chip.run(batch, RunIntent.EVALUATE).layers()[0];
            for (int i = 0; i < spikes.length; i++) {
                mean[i % 2] += spikes[i] / (programs * samples);
            }
        }
        return mean;
    }

    private static ChipTarget target(String uri) {
        return (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
    }

    private static ChipExecutor open(Network network, ChipTarget target, long first) {
        return ChipExecutor.open(
                Mapper.map(network, Networks.SETTINGS, target.chips().get(0), false), target, first);
    }

    private static InputSpikes burst(int events) {
        double[] times = new double[events];
        Arrays.fill(times, 0.2);
        return new InputSpikes(new int[] {0, events}, new short[events], times);
    }

    /** First crossing of w x e^-x/(tau_mem g_leak…) at c, all events at one time: x e^-x = c/w on the rising side. */
    private static double exactTime(double weight, double at) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 100; i++) {
            double x = (low + high) / 2;
            if (weight * x * Math.exp(-x) < 1.52) {
                low = x;
            } else {
                high = x;
            }
        }
        return at + low;
    }

    private static double[] random(Random random, int count, double scale) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Math.min(2, scale * (random.nextGaussian() * 0.5 + 1));
        }
        return weights;
    }
}
