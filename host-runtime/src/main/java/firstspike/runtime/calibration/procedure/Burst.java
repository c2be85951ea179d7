package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.session.Executed;
import java.util.ArrayList;
import java.util.List;

/**
 * A burst of test events, 1 µs apart, on one input of all neurons, and how far it moves their potentials: reading after minus
 * reading before, the mean of five bursts (calibration.md 4.7). The bench has {@link TestSynapses} and comparators off.
 *
 * @param input that the events reach
 * @param events of a burst, 1 or more
 */
public record Burst(SynapticInput input, int events) {

    private static final int RUNS = 5;
    private static final int INTERVAL_TICKS = 125;
    /** From the last event to the reading: the events arrive and the current has flown. */
    private static final int READ_AFTER_TICKS = 300;
    /** Six time constants of 60 µs. */
    private static final long REST_TICKS = 45_000;

    private record Pair(Hemisphere half, Ticket<double[]> before, Ticket<double[]> after) {}

    /**
     * @param bench of the chip
     * @return amplitude of each neuron in LSB, positive in the direction of the input
     */
    public double[] amplitudes(Bench bench) {
        Executed<List<Pair>> done = bench.run(program -> {
            List<Pair> pairs = new ArrayList<>();
            program.pause(REST_TICKS);
            for (int run = 0; run < RUNS; run++) {
                for (Hemisphere half : Hemisphere.values()) {
                    pairs.add(append(program, half));
                }
                program.pause(REST_TICKS);
            }
            return pairs;
        });
        double sign = input == SynapticInput.EXCITATORY ? 1 : -1;
        double[] amplitudes = new double[AtomicNeuron.COUNT];
        for (Pair pair : done.tickets()) {
            double[] before = done.result().get(pair.before());
            double[] after = done.result().get(pair.after());
            for (int column = 0; column < before.length; column++) {
                int neuron = NeuronColumn.of(column).neuron(pair.half()).index();
                amplitudes[neuron] += sign * (after[column] - before[column]) / RUNS;
            }
        }
        return amplitudes;
    }

    private Pair append(PlaybackProgramBuilder program, Hemisphere half) {
        Ticket<double[]> before = CadcPotentials.read(program, half);
        program.barrier(Barrier.OMNIBUS).timerReset();
        int label = TestSynapses.label(half, 0, input == SynapticInput.EXCITATORY);
        for (int event = 1; event <= events; event++) {
            program.waitUntil((long) event * INTERVAL_TICKS).spike(label);
        }
        program.waitUntil((long) events * INTERVAL_TICKS + READ_AFTER_TICKS);
        return new Pair(half, before, CadcPotentials.read(program, half));
    }
}
