package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.Side;
import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.coordinate.SynapseRow;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.Ticks;
import firstspike.driver.register.CadcRowRead;
import firstspike.driver.register.ColumnCorrelationQuad;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.Container;
import firstspike.driver.register.RegisterView;
import firstspike.runtime.calibration.fit.CorrelationFit;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.Executed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs of an event at the excitatory {@link TestSynapses} and a post pulse of their neurons, and what they take off the readings of
 * the correlation sensors: medians of the quadrants over four rows of sixteen columns each (calibration.md 4.11). Both are set
 * off by registers, whose delays are alike. Immutable.
 *
 * @param delaysUs distances of the two events, microseconds; each is measured causally (the synapse first) and acausally
 * @param pairs whose effect is summed
 */
record EventPairs(double[] delaysUs, int pairs) {

    private static final double SPACING_US = 500;
    /** After resets of sensors and before the first pair. */
    private static final long SETTLE_TICKS = 125_000;
    /** Summed effect that is told from noise of the converter, LSB. */
    private static final double FLOOR = 2;

    /** Four columns of so many are looked at: sixteen of a quadrant, spread over it. */
    private static final int COLUMN_STEP = 32;

    private static final int SEEN = 4;

    private static final int ALL_BUSES = (1 << TestSynapses.BUSES) - 1;

    private record Readings(boolean causal, List<Ticket<short[]>> before, List<Ticket<short[]>> after) {}

    /**
     * Connects sensors with converters, pulses of the host with neurons and events of the host with buses.
     *
     * @param bench holds it afterwards
     */
    static void prepare(Bench bench) {
        bench.neurons(neuron -> Switches.inputs(neuron.withThresholdComparator(false), false, false));
        bench.backends(
                backend -> backend.withPostOverwrite(isSeen(backend.neuron().column())));
        // sensors see events whatever the weights
        TestSynapses.weights(bench, 0);
        ChipConfiguration.Builder chip = bench.configuration().change();
        for (Hemisphere half : Hemisphere.values()) {
            chip.set(CommonPadiBusConfig.defaults(half).withAllSpl1(false));
        }
        for (int q = 0; q < SynapseQuadColumn.COUNT * Hemisphere.COUNT; q++) {
            ColumnCorrelationQuad switches = new ColumnCorrelationQuad(
                    ColumnQuad.of(q), bench.configuration().values(Container.COLUMN_CORRELATION_QUAD, q));
            for (int entry = 0; entry < SynapseQuadColumn.ENTRIES; entry++) {
                switches = switches.withInternal(entry, true).withNeuronReadout(entry, false);
            }
            chip.set(switches);
        }
        bench.configure(chip.build());
    }

    /**
     * @param bench that is prepared
     * @return amplitude and time constant of each quadrant, of a pair, in LSB and microseconds: means of both orders
     */
    CorrelationFit[] measure(Bench bench) {
        Executed<List<Readings>> done = bench.run(program -> {
            List<Readings> all = new ArrayList<>();
            for (boolean causal : new boolean[] {true, false}) {
                for (double delay : delaysUs) {
                    all.add(append(program, causal, Ticks.ofMicros(delay).value()));
                }
            }
            return all;
        });
        CorrelationFit[] fits = new CorrelationFit[Quadrant.COUNT];
        Arrays.setAll(fits, q -> {
            CorrelationFit causal = fit(done.result(), done.tickets().subList(0, delaysUs.length), q);
            CorrelationFit acausal =
                    fit(done.result(), done.tickets().subList(delaysUs.length, 2 * delaysUs.length), q);
            return new CorrelationFit(
                    (causal.amplitude() + acausal.amplitude()) / 2, (causal.tauUs() + acausal.tauUs()) / 2);
        });
        return fits;
    }

    private CorrelationFit fit(RunResult result, List<Readings> readings, int quadrant) {
        double[] medians = readings.stream()
                .mapToDouble(each -> median(result, each, Quadrant.of(quadrant)) / pairs)
                .toArray();
        return CorrelationFit.of(delaysUs, medians, FLOOR / pairs);
    }

    /** Median over the synapses of a quadrant. */
    private static double median(RunResult result, Readings readings, Quadrant quadrant) {
        int rows = TestSynapses.BUSES;
        double[] differences = new double[rows * NeuronColumn.COUNT / COLUMN_STEP * SEEN / Side.COUNT];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            int at = rows * quadrant.hemisphere().index() + i;
            short[] before = result.get(readings.before().get(at));
            short[] after = result.get(readings.after().get(at));
            for (int column = 0; column < NeuronColumn.COUNT; column++) {
                NeuronColumn place = NeuronColumn.of(column);
                if (isSeen(place) && place.neuron(quadrant.hemisphere()).quadrant() == quadrant) {
                    int channel = readings.causal() ? column : column + NeuronColumn.COUNT;
                    differences[count++] = before[channel] - after[channel];
                }
            }
        }
        return Statistics.median(differences);
    }

    private static boolean isSeen(NeuronColumn column) {
        return column.index() % COLUMN_STEP < SEEN;
    }

    private Readings append(PlaybackProgramBuilder program, boolean causal, long delay) {
        // sensors remember the last event before a reset: it is the one that comes second
        pulse(program, !causal);
        for (Hemisphere half : Hemisphere.values()) {
            for (int bus = 0; bus < TestSynapses.BUSES; bus++) {
                reset(program, half, TestSynapses.excitatoryRow(half, bus));
            }
        }
        program.barrier(Barrier.OMNIBUS).pause(SETTLE_TICKS);
        List<Ticket<short[]>> before = read(program);
        program.barrier(Barrier.OMNIBUS).timerReset();
        long spacing = Ticks.ofMicros(SPACING_US).value();
        for (int pair = 1; pair <= pairs; pair++) {
            pulse(program.waitUntil(pair * spacing), causal);
            pulse(program.waitUntil(pair * spacing + delay), !causal);
        }
        program.barrier(Barrier.OMNIBUS).waitUntil((pairs + 1) * spacing);
        return new Readings(causal, before, read(program));
    }

    private static void pulse(PlaybackProgramBuilder program, boolean pre) {
        if (pre) {
            for (Hemisphere half : Hemisphere.values()) {
                write(program, TestSynapses.excitatoryEvent(half, ALL_BUSES));
            }
        } else {
            for (Side side : Side.values()) {
                program.write(Container.BLOCK_POST_PULSE.layout().writeAddresses(side.index())[0], 0);
            }
        }
    }

    private static void write(PlaybackProgramBuilder program, RegisterView view) {
        program.write(view.writeAddresses(), view.words());
    }

    private static void reset(PlaybackProgramBuilder program, Hemisphere half, SynapseRow row) {
        for (int column = 0; column < SynapseQuadColumn.COUNT; column++) {
            int quad = SynapseQuad.index(half.index(), row.index(), column);
            program.write(Container.CORRELATION_RESET.layout().writeAddresses(quad)[0], 0);
        }
    }

    /** Reads the sensors of all test synapses: half by half, row by row. */
    private static List<Ticket<short[]>> read(PlaybackProgramBuilder program) {
        List<Ticket<short[]>> tickets = new ArrayList<>();
        for (Hemisphere half : Hemisphere.values()) {
            for (int bus = 0; bus < TestSynapses.BUSES; bus++) {
                tickets.add(program.read(
                        CadcRowRead.addresses(half, TestSynapses.excitatoryRow(half, bus)), CadcRowRead::samples));
            }
        }
        return tickets;
    }
}
