package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.Ticks;
import firstspike.driver.readout.CadcTrace;
import firstspike.runtime.calibration.fit.PspFit;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.Executed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mean potentials of all neurons after single events, by fast readings of the CADC in the state in which experiments run
 * (calibration.md 4.12): comparators are off, both inputs on, events come in turn through the four rows of
 * {@link TestSynapses}, so that their peak is that of a typical synapse. Arrays belong to the reader.
 *
 * @param input that was driven
 * @param spacingUs distance of two readings, microseconds
 * @param lsb mean readings of each neuron, one reading after the other; the first one is taken with the event
 */
public record PostsynapticPotentials(SynapticInput input, double spacingUs, double[][] lsb) {

    private static final double TAUS = 8;
    private static final int FEWEST_READINGS = 16;
    private static final int MOST_READINGS = 64;
    /** Where the onset is looked for: events and readings have latencies of their own. */
    private static final double EARLIEST_US = -1;

    private static final double LATEST_US = 1;
    private static final double ONSET_STEP_US = 0.02;
    /** Neurons whose traces tell the onset. */
    private static final int SPREAD = 8;

    /**
     * Measures.
     *
     * @param bench in the state of experiments, with {@link TestSynapses}; the same afterwards
     * @param input to drive
     * @param weight of the synapses, 1 to 63
     * @param repeats events whose mean is taken, 1 or more
     * @param longestTauUs longest time constant that is expected
     * @return the potentials
     */
    public static PostsynapticPotentials measure(
            Bench bench, SynapticInput input, int weight, int repeats, double longestTauUs) {
        ChipConfiguration before = bench.configuration();
        TestSynapses.weights(bench, weight);
        bench.neurons(
                neuron -> Switches.inputs(neuron.withThresholdComparator(false).withMembraneOffset(false), true, true));
        double spacing = Ticks.of(CadcTrace.SHORTEST_PERIOD).toMicros();
        int readings =
                (int) Math.max(FEWEST_READINGS, Math.min(MOST_READINGS, Math.ceil(TAUS * longestTauUs / spacing)));
        long rest = Ticks.ofMicros(2 * TAUS * longestTauUs).value();
        double[][] lsb = bench.eachDriven(joined -> potentials(joined, input, repeats, rest, readings));
        bench.configure(before);
        return new PostsynapticPotentials(input, spacing, lsb);
    }

    private static double[][] potentials(Bench bench, SynapticInput input, int repeats, long rest, int readings) {
        Executed<List<List<Ticket<CadcTrace>>>> done = bench.run(program -> {
            List<List<Ticket<CadcTrace>>> tickets = new ArrayList<>();
            for (Hemisphere half : Hemisphere.values()) {
                List<Ticket<CadcTrace>> those = new ArrayList<>();
                for (int r = 0; r < repeats; r++) {
                    program.pause(rest)
                            .spike(TestSynapses.label(half, r % TestSynapses.BUSES, input == SynapticInput.EXCITATORY));
                    those.add(CadcTrace.read(program, half, Ticks.of(CadcTrace.SHORTEST_PERIOD), readings));
                }
                tickets.add(those);
            }
            return tickets;
        });
        return means(done.result(), done.tickets(), readings);
    }

    private static double[][] means(RunResult result, List<List<Ticket<CadcTrace>>> tickets, int readings) {
        double[][] lsb = new double[AtomicNeuron.COUNT][readings];
        for (Hemisphere half : Hemisphere.values()) {
            List<Ticket<CadcTrace>> those = tickets.get(half.index());
            for (Ticket<CadcTrace> ticket : those) {
                CadcTrace trace = result.get(ticket);
                for (int column = 0; column < NeuronColumn.COUNT; column++) {
                    NeuronColumn place = NeuronColumn.of(column);
                    double[] mean = lsb[place.neuron(half).index()];
                    for (int k = 0; k < readings; k++) {
                        mean[k] += trace.value(k, place) / (double) those.size();
                    }
                }
            }
        }
        return lsb;
    }

    /**
     * When the event acts, after which a neuron's time constants explain its readings best: the same for all neurons.
     *
     * @param tauMemUs of each neuron, NaN where unknown
     * @param tauSynUs of each neuron
     * @return time of the event after the first reading, microseconds
     */
    public double onsetUs(double[] tauMemUs, double[] tauSynUs) {
        double best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double onset = EARLIEST_US; onset <= LATEST_US; onset += ONSET_STEP_US) {
            double square = 0;
            for (int n = 0; n < lsb.length; n += SPREAD) {
                double residual = fit(n, onset, tauMemUs[n], tauSynUs[n]).residual();
                square += Double.isNaN(residual) ? 0 : residual * residual;
            }
            if (square < least) {
                least = square;
                best = onset;
            }
        }
        return best;
    }

    /**
     * @param onsetUs of {@link #onsetUs}
     * @param tauMemUs of each neuron, NaN where unknown
     * @param tauSynUs of each neuron
     * @return height of each neuron's potential, positive in the direction of the input, LSB; NaN where unknown
     */
    public double[] peaks(double onsetUs, double[] tauMemUs, double[] tauSynUs) {
        double sign = input == SynapticInput.EXCITATORY ? 1 : -1;
        double[] peaks = new double[lsb.length];
        Arrays.setAll(
                peaks, n -> sign * fit(n, onsetUs, tauMemUs[n], tauSynUs[n]).peak());
        return peaks;
    }

    /**
     * How far mean potentials are from the model with the neuron's own time constants.
     *
     * @param neurons to look at
     * @param onsetUs of {@link #onsetUs}
     * @param tauMemUs of each neuron of the chip, NaN where unknown
     * @param tauSynUs of each neuron of the chip
     * @return root mean square of the difference of each of these neurons, as a part of its peak; NaN where unknown
     */
    public double[] residuals(int[] neurons, double onsetUs, double[] tauMemUs, double[] tauSynUs) {
        return Arrays.stream(neurons)
                .mapToObj(n -> fit(n, onsetUs, tauMemUs[n], tauSynUs[n]))
                .mapToDouble(fit -> fit.residual() / Math.abs(fit.peak()))
                .toArray();
    }

    private PspFit fit(int neuron, double onsetUs, double tauMemUs, double tauSynUs) {
        double[] time = new double[lsb[neuron].length];
        Arrays.setAll(time, k -> k * spacingUs - onsetUs);
        return PspFit.of(time, lsb[neuron], tauMemUs, tauSynUs);
    }
}
