package firstspike.runtime.calibration.verification;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.Ticks;
import firstspike.runtime.calibration.procedure.TestSynapses;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.SpikeCounts;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.Executed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Whether neurons fire when they should, and only then (calibration.md 7): 30 windows each without input, with input on
 * weights of 0, and with strong input; and whether potentials after single events have the shape of the model. Arrays are
 * the reader's.
 *
 * @param idleSpikes spikes of each neuron without input at the largest weights
 * @param unweightedSpikes spikes of each neuron with input at weights of 0
 * @param firedWindows windows with strong input in which each neuron fired
 * @param misshapen of ten neurons: how far their mean potentials are from the model, as a part of the peak
 */
public record FunctionalChecks(int[] idleSpikes, int[] unweightedSpikes, int[] firedWindows, double[] misshapen) {

    /** Windows of each check. */
    public static final int WINDOWS = 30;
    /** Windows in which a neuron must fire under strong input. */
    public static final int FEWEST_FIRED = 28;

    private static final double WINDOW_US = 180;
    private static final int LARGEST_WEIGHT = 63;
    /** Events of a window on each of the four test rows: 256 in all. */
    private static final int EVENTS_A_ROW = 64;
    /** Share of neurons that must be quiet, and fire: a chip has dead circuits. */
    private static final double SHARE = 0.98;
    /** Neurons whose potentials are looked at. */
    static final int RESPONSIVE = 10;
    /** Largest part of its peak by which a mean potential may differ from the model. */
    private static final double SHAPE = 0.1;
    /** Potentials that may be misshapen: a chip has dead circuits. */
    private static final int MISSHAPEN = 1;

    /**
     * Runs the three checks.
     *
     * @param bench in the state of experiments, with {@link TestSynapses}; the same afterwards
     * @param misshapen of ten neurons, measured before
     * @return what was counted
     */
    public static FunctionalChecks run(Bench bench, double[] misshapen) {
        ChipConfiguration before = bench.configuration();
        bench.neurons(neuron -> neuron.withThresholdComparator(true)
                        .withFire(true)
                        .withMembraneOffset(false)
                        .withSynapticInputExcitatory(true)
                        .withSynapticInputInhibitory(true))
                .backends(backend -> backend.withSpikeOut(false));
        TestSynapses.weights(bench, LARGEST_WEIGHT);
        int[][] idle = windows(bench, false);
        TestSynapses.weights(bench, 0);
        int[][] unweighted = windows(bench, true);
        TestSynapses.weights(bench, LARGEST_WEIGHT);
        int[][] driven = windows(bench, true);
        bench.configure(before);
        return new FunctionalChecks(sums(idle), sums(unweighted), fired(driven), misshapen);
    }

    /** Neurons that fired without input, or through weights of 0. */
    public boolean[] restless() {
        boolean[] restless = new boolean[idleSpikes.length];
        for (int n = 0; n < restless.length; n++) {
            restless[n] = idleSpikes[n] > 0 || unweightedSpikes[n] > 0;
        }
        return restless;
    }

    /** Whether potentials after single events have the shape of the model. */
    public boolean responsive() {
        return DoubleStream.of(misshapen).filter(part -> !(part <= SHAPE)).count() <= MISSHAPEN;
    }

    /** Whether nearly all neurons are quiet without input and fire with it, and respond as the model does. */
    public boolean passed() {
        boolean[] restless = restless();
        long quiet =
                IntStream.range(0, restless.length).filter(n -> !restless[n]).count();
        long firing = IntStream.of(firedWindows)
                .filter(count -> count >= FEWEST_FIRED)
                .count();
        return responsive() && Math.min(quiet, firing) >= SHARE * restless.length;
    }

    /** Spikes by window and neuron, counted on the chip: the trace could not carry those of all neurons at once. */
    private static int[][] windows(Bench bench, boolean input) {
        long window = Ticks.ofMicros(WINDOW_US).value();
        Executed<List<Ticket<int[]>>> done = bench.run(program -> {
            List<Ticket<int[]>> counts = new ArrayList<>();
            for (int w = 0; w < WINDOWS; w++) {
                counts.add(SpikeCounts.over(program, window, input ? FunctionalChecks::drive : idle -> {}));
            }
            return counts;
        });
        return done.tickets().stream().map(done.result()::get).toArray(int[][]::new);
    }

    /** Events on all test rows of both halves, as fast as the buses take them. */
    private static void drive(PlaybackProgramBuilder program) {
        for (int i = 0; i < EVENTS_A_ROW; i++) {
            for (Hemisphere half : Hemisphere.values()) {
                program.spikes(IntStream.range(0, TestSynapses.BUSES)
                        .map(bus -> TestSynapses.label(half, bus, true))
                        .toArray());
            }
        }
    }

    private static int[] sums(int[][] spikes) {
        int[] sums = new int[AtomicNeuron.COUNT];
        for (int[] window : spikes) {
            for (int n = 0; n < sums.length; n++) {
                sums[n] += window[n];
            }
        }
        return sums;
    }

    private static int[] fired(int[][] spikes) {
        int[] fired = new int[AtomicNeuron.COUNT];
        for (int[] window : spikes) {
            for (int n = 0; n < fired.length; n++) {
                fired[n] += window[n] > 0 ? 1 : 0;
            }
        }
        return fired;
    }
}
