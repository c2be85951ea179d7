package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.SpikeLabel;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.Ticks;
import firstspike.runtime.calibration.fit.PspFit;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.Executed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * How much later than computed spikes of the first layer are recorded (calibration.md 4.13): neurons that rest a little below
 * their threshold are driven so strongly that they cross it within a fraction of a microsecond, and the median over 32 of
 * them of measured minus computed time is what lies outside of the neurons. Few neurons fire at a time, for those of one
 * output wait for each other.
 */
public final class TimeOffset {

    private static final int NEURONS = 32;
    private static final int REPEATS = 20;
    /** Packs of events, one a tick, each with an event on three of the four test rows. */
    private static final int PACKS = 4;

    private static final int EVENTS_A_PACK = 3;
    private static final int WEIGHT = 63;
    /** How far below its threshold a neuron shall rest, and may, LSB: near, but out of the reach of noise. */
    private static final double DISTANCE = 12;

    private static final double LEAST_DISTANCE = 6;
    private static final double MOST_DISTANCE = 30;
    private static final int PROBE_CODES = 60;
    private static final int LARGEST_CODE = 1022;
    private static final int READS = 16;
    private static final double WINDOW_US = 500;
    private static final long SETTLE_TICKS = 125_000;
    private static final double TICK_US = 0.008;
    private static final int BISECTIONS = 50;

    private TimeOffset() {}

    /**
     * Measures.
     *
     * @param bench in the state of experiments, with {@link TestSynapses}; the same afterwards, but the caller puts analog
     *     codes back with a set-up program
     * @param measured what is known of the neurons
     * @param perStep peak of a potential for one step of the weight, LSB, NaN where unknown
     * @return ticks; empty when no neuron could be driven
     */
    public static OptionalLong measure(Bench bench, NormalisedThreshold.Measured measured, double[] perStep) {
        return bench.someDriven(joined -> measureJoined(joined, measured, perStep));
    }

    private static OptionalLong measureJoined(Bench bench, NormalisedThreshold.Measured measured, double[] perStep) {
        ChipConfiguration before = bench.configuration();
        double[] rest = approach(bench, measured.threshold());
        int[] chosen = spread();
        boolean[] recorded = new boolean[AtomicNeuron.COUNT];
        for (int n : chosen) {
            recorded[n] = true;
        }
        bench.neurons(neuron -> neuron.withThresholdComparator(
                                recorded[neuron.neuron().index()])
                        .withFire(true))
                .backends(backend -> backend.withSpikeOut(
                                recorded[backend.neuron().index()])
                        .withAddressOut(backend.neuron().defaultAddressOut()));
        TestSynapses.weights(bench, WEIGHT);
        List<List<Double>> latencies = drive(bench);
        bench.configure(before);

        double[] offsets = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            int n = chosen[i];
            double distance = measured.threshold()[n] - rest[n];
            boolean usable = distance >= LEAST_DISTANCE && distance <= MOST_DISTANCE && perStep[n] > 0;
            double computed = usable
                    ? crossing(distance, WEIGHT * perStep[n], measured.tauMemUs()[n], measured.tauSynUs()[n])
                    : Double.NaN;
            double[] times =
                    latencies.get(n).stream().mapToDouble(Double::doubleValue).toArray();
            offsets[i] = Statistics.median(times) - computed;
        }
        double median = Statistics.median(offsets);
        return Double.isNaN(median) ? OptionalLong.empty() : OptionalLong.of(Math.round(median));
    }

    /** Lets all neurons rest near their thresholds; their potentials there, LSB. */
    private static double[] approach(Bench bench, double[] threshold) {
        bench.neurons(neuron -> Switches.inputs(neuron.withThresholdComparator(false), true, true));
        int[] codes = bench.codes(NeuronParameter.V_LEAK);
        double[] low = rest(bench);
        double[] high = rest(bench.set(NeuronParameter.V_LEAK, moved(codes, PROBE_CODES)));
        int[] near = new int[codes.length];
        for (int n = 0; n < near.length; n++) {
            double slope = (high[n] - low[n]) / PROBE_CODES;
            double step = (threshold[n] - DISTANCE - low[n]) / slope;
            near[n] = Double.isFinite(step) ? clip((int) Math.round(codes[n] + step)) : codes[n];
        }
        return rest(bench.set(NeuronParameter.V_LEAK, near));
    }

    private static double[] rest(Bench bench) {
        return bench.read(program -> CadcPotentials.read(program.pause(SETTLE_TICKS), READS));
    }

    private static int[] moved(int[] codes, int by) {
        return IntStream.of(codes).map(code -> clip(code + by)).toArray();
    }

    private static int clip(int code) {
        return Math.max(0, Math.min(LARGEST_CODE, code));
    }

    /** Neurons of all event outputs and both halves. */
    private static int[] spread() {
        int pitch = AtomicNeuron.COUNT / NEURONS;
        return IntStream.range(0, NEURONS).map(i -> i * pitch + i % pitch).toArray();
    }

    /** First spike of each neuron after each volley, ticks after the instruction of its first event. */
    private static List<List<Double>> drive(Bench bench) {
        long window = Ticks.ofMicros(WINDOW_US).value();
        Executed<List<Ticket<Marker>>> done = bench.run(program -> {
            List<Ticket<Marker>> begins = new ArrayList<>();
            program.barrier(Barrier.OMNIBUS).pause(SETTLE_TICKS);
            for (int r = 0; r < REPEATS; r++) {
                for (Hemisphere half : Hemisphere.values()) {
                    int[] labels = IntStream.range(0, EVENTS_A_PACK)
                            .map(bus -> TestSynapses.label(half, bus, true))
                            .toArray();
                    program.timerReset();
                    begins.add(program.marker());
                    for (int p = 0; p < PACKS; p++) {
                        program.spikes(labels);
                    }
                    program.waitUntil(window);
                }
            }
            return begins;
        });
        List<List<Double>> latencies = new ArrayList<>();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            latencies.add(new ArrayList<>());
        }
        SpikeColumns spikes = done.result().spikes();
        int at = 0;
        for (Ticket<Marker> begin : done.tickets()) {
            // the marker is one instruction, hence one tick, ahead of the first event
            long first = done.result().fpgaTime(begin) + 1;
            boolean[] fired = new boolean[AtomicNeuron.COUNT];
            for (; at < spikes.size() && spikes.chipTime(at) < first + window; at++) {
                double latency = spikes.chipTime(at) - first;
                AtomicNeuron.ofDefaultLabel(SpikeLabel.of(spikes.label(at)))
                        .filter(neuron -> latency >= 0 && !fired[neuron.index()])
                        .ifPresent(neuron -> {
                            fired[neuron.index()] = true;
                            latencies.get(neuron.index()).add(latency);
                        });
            }
        }
        return latencies;
    }

    /** When a neuron crosses a distance under the volley, ticks after the first event acts; NaN: never. */
    private static double crossing(double distance, double peak, double tauMemUs, double tauSynUs) {
        double low = 0;
        double high = PspFit.peakTime(tauMemUs, tauSynUs) / TICK_US;
        if (!(potential(high, peak, tauMemUs, tauSynUs) > distance)) {
            return Double.NaN;
        }
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (potential(middle, peak, tauMemUs, tauSynUs) < distance) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double potential(double ticks, double peak, double tauMemUs, double tauSynUs) {
        double sum = 0;
        for (int p = 0; p < PACKS; p++) {
            sum += PspFit.kernel((ticks - p) * TICK_US, tauMemUs, tauSynUs);
        }
        return EVENTS_A_PACK * peak * sum / PspFit.kernelPeak(tauMemUs, tauSynUs);
    }
}
