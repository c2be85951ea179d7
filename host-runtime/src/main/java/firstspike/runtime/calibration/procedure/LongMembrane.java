package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.runtime.calibration.search.BinarySearch;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.Executed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Prepares the measurement of synaptic strength: neurons rest in the middle of the converter's range and forget so slowly
 * that they sum up what events bring, 60 µs (calibration.md 4.7). The time constant is the one in which a reset decays to
 * 1/e, by CADC. Codes and switches of leak and reset are those of this state afterwards. Immutable.
 */
public final class LongMembrane implements Procedure {

    private static final double LEAK_LSB = 120;
    private static final double RESET_LSB = 70;
    private static final double TAU_TICKS = 7500;
    private static final int REPETITIONS = 4;
    /** From the resets to the first reading: the longest clamp of {@link BaseState} and a little. */
    private static final long CLAMP_TICKS = 375;

    private static final long REST_TICKS = 60_000;

    private final long seed;

    /** @param seed of the searches */
    public LongMembrane(long seed) {
        this.seed = seed;
    }

    @Override
    public String id() {
        return "neuron.synin-preparation";
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        double[] leak = new double[AtomicNeuron.COUNT];
        double[] reset = new double[AtomicNeuron.COUNT];
        double[] decay = new double[AtomicNeuron.COUNT];
        Arrays.fill(leak, LEAK_LSB);
        Arrays.fill(reset, RESET_LSB);
        Arrays.fill(decay, Math.exp(-1));
        Finding leaks = new Leak(leak, BinarySearch.noisy(seed), false, 1).run(bench);
        Finding resets = new Reset(reset, BinarySearch.noisy(seed + 1), 1).run(bench);
        bench.neurons(neuron -> Switches.inputs(neuron, false, false)
                .withThresholdComparator(false)
                .withFire(true)
                .withLeakDivision(true)
                .withLeakMultiplication(false));
        SearchOutcome outcome = new NeuronSearch(
                        NeuronParameter.I_BIAS_LEAK, SearchRange.CELL, true, BinarySearch.noisy(seed + 2))
                .run(bench, decay, LongMembrane::remaining);
        Switches.restore(bench, before);
        bench.neurons(neuron -> neuron.withLeakDivision(true).withLeakMultiplication(false));
        return new Finding(
                Optional.empty(),
                decay,
                outcome.results(),
                outcome.failures(),
                leaks.steps() + resets.steps() + outcome.steps(),
                List.of());
    }

    private record Decay(Hemisphere half, Ticket<double[]> rest, Ticket<double[]> early, Ticket<double[]> late) {}

    /** Which part of its distance from rest a neuron has 60 µs later; NaN where the reset moved it hardly. */
    private static double[] remaining(Bench bench) {
        Executed<List<Decay>> done = bench.run(program -> {
            List<Decay> decays = new ArrayList<>();
            program.pause(REST_TICKS);
            for (int i = 0; i < REPETITIONS; i++) {
                for (Hemisphere half : Hemisphere.values()) {
                    decays.add(append(program, half));
                    program.pause(REST_TICKS);
                }
            }
            return decays;
        });
        double[] rest = new double[AtomicNeuron.COUNT];
        double[] early = new double[AtomicNeuron.COUNT];
        double[] late = new double[AtomicNeuron.COUNT];
        for (Decay decay : done.tickets()) {
            add(rest, decay.half(), done.result().get(decay.rest()));
            add(early, decay.half(), done.result().get(decay.early()));
            add(late, decay.half(), done.result().get(decay.late()));
        }
        double[] parts = new double[AtomicNeuron.COUNT];
        for (int n = 0; n < parts.length; n++) {
            double distance = rest[n] - early[n];
            // a leak that pulls back at once leaves nothing: that is a number, too, and a small one
            parts[n] = distance > REPETITIONS ? (rest[n] - late[n]) / distance : 0;
        }
        return parts;
    }

    private static Decay append(PlaybackProgramBuilder program, Hemisphere half) {
        Ticket<double[]> rest = CadcPotentials.read(program, half);
        program.barrier(Barrier.OMNIBUS).timerReset();
        Reset.resetAll(program, half);
        program.barrier(Barrier.OMNIBUS).timerReset().waitUntil(CLAMP_TICKS);
        Ticket<double[]> early = CadcPotentials.read(program, half);
        program.waitUntil(CLAMP_TICKS + (long) TAU_TICKS);
        return new Decay(half, rest, early, CadcPotentials.read(program, half));
    }

    private static void add(double[] sums, Hemisphere half, double[] values) {
        for (int column = 0; column < values.length; column++) {
            sums[NeuronColumn.of(column).neuron(half).index()] += values[column];
        }
    }
}
