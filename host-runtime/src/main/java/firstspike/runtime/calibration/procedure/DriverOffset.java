package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.coordinate.SpikeLabel;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.Ticks;
import firstspike.driver.register.CapMemCellValue;
import firstspike.driver.register.Container;
import firstspike.driver.register.SynapseDriverConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.driver.register.SynapseLabelQuad;
import firstspike.driver.register.SynapseWeightQuad;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.search.BinarySearch;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.calibration.search.SearchTask;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.CadcPotentials;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.Executed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Offsets of the synapse drivers that make their pulses with short-term plasticity alike within each quadrant (calibration.md 1, 5
 * step 16). A driver is seen by what one event through it does to all neurons of its half, in the median; both voltages of
 * the plasticity are equal meanwhile, so that events do not depend on those before. In which direction an offset acts is
 * measured. The offset is stored, the plasticity stays off. Immutable.
 *
 * <p>What the bench must have: excitatory inputs that are calibrated, leaks in the lower half of the range.
 */
public final class DriverOffset implements Procedure {

    private static final SearchRange RANGE = new SearchRange(0, 15);
    private static final int MIDDLE = 7;
    private static final int LABEL = 1;
    /** Weight whose events move membranes by some forty LSB. */
    private static final int WEIGHT = 40;
    /** With division: a membrane that is slower than its inputs. */
    private static final int WEAK_LEAK = 120;

    private static final double REST_US = 400;
    private static final double INPUT_TAUS = 3;

    private final double tauSynUs;
    private final int voltage;
    private final int ramp;
    private final int[] drivers;

    /** Both hemispheres are read before and after an event. */
    private record Pulse(int driver, Ticket<double[]> before, Ticket<double[]> after) {}

    /**
     * @param tauSynUs longest time constant of the excitatory inputs, microseconds
     * @param voltage code of both voltages during the search, 0 to 1022
     * @param ramp code of the ramp current, which stays
     */
    public DriverOffset(double tauSynUs, int voltage, int ramp) {
        this(tauSynUs, voltage, ramp, IntStream.range(0, SynapseDriver.COUNT).toArray());
    }

    /**
     * @param targets that ask for it
     * @return the procedure for all drivers
     */
    public static DriverOffset of(TargetSet targets) {
        return new DriverOffset(
                targets.get(TargetKey.TAU_SYN_EXC).most(),
                (int) Math.round(targets.get(TargetKey.STP_VOLTAGE).of(0)),
                (int) Math.round(targets.get(TargetKey.STP_RAMP).of(0)));
    }

    /** Of some drivers only; others keep what they have. */
    DriverOffset(double tauSynUs, int voltage, int ramp, int[] drivers) {
        this.tauSynUs = tauSynUs;
        this.voltage = voltage;
        this.ramp = ramp;
        this.drivers = drivers.clone();
    }

    @Override
    public String id() {
        return "stp.offset";
    }

    @Override
    public Finding run(Bench bench) {
        ChipConfiguration before = bench.configuration();
        prepare(bench);
        double[] low = measure(offsets(bench, RANGE.low()));
        double[] high = measure(offsets(bench, RANGE.high()));
        double[] middle = measure(offsets(bench, MIDDLE));
        double[] targets = targets(middle);
        boolean inverted = Statistics.median(high) < Statistics.median(low);
        SearchOutcome outcome = BinarySearch.plain()
                .search(new SearchTask(RANGE, targets, inverted), codes -> measure(offsets(bench, codes)));
        bench.configure(before);
        keep(bench);
        ChipConfiguration.Builder chip = bench.configuration().change();
        for (int i = 0; i < drivers.length; i++) {
            SynapseDriver driver = SynapseDriver.of(drivers[i]);
            chip.set(withOffset(driver(bench, driver), outcome.codes()[i]));
        }
        bench.configure(chip.build());
        return new Finding(
                Optional.empty(), targets, outcome.results(), outcome.failures(), outcome.steps() + 3, List.of());
    }

    /**
     * Measures as it is.
     *
     * @param bench of the chip; its configuration is the same afterwards
     * @return what an event through each driver does to the neurons of its half, LSB
     */
    public double[] strengths(Bench bench) {
        ChipConfiguration before = bench.configuration();
        prepare(bench);
        double[] strengths = measure(bench);
        bench.configure(before);
        return strengths;
    }

    /** The median of the drivers of a quadrant is the target of each of them: more cannot be compensated. */
    private double[] targets(double[] strengths) {
        double[] medians = new double[Quadrant.COUNT];
        Arrays.setAll(
                medians,
                q -> Statistics.median(IntStream.range(0, drivers.length)
                        .filter(i -> SynapseDriver.of(drivers[i]).capMemBlock().index() == q)
                        .mapToDouble(i -> strengths[i])
                        .toArray()));
        return IntStream.of(drivers)
                .mapToDouble(d -> medians[SynapseDriver.of(d).capMemBlock().index()])
                .toArray();
    }

    /** Cells of the plasticity that stay as they are. */
    private void keep(Bench bench) {
        bench.set(QuadrantParameter.STP_I_RAMP, ramp)
                .set(QuadrantParameter.STP_I_CALIB, ramp)
                .set(QuadrantParameter.STP_I_BIAS_COMPARATOR, CapMemCellValue.MAXIMUM);
    }

    private void prepare(Bench bench) {
        keep(bench);
        bench.set(QuadrantParameter.STP_V_CHARGE_0, voltage)
                .set(QuadrantParameter.STP_V_RECOVER_0, voltage)
                .set(NeuronParameter.I_BIAS_LEAK, WEAK_LEAK)
                .neurons(neuron -> Switches.inputs(neuron.withThresholdComparator(false), true, false)
                        .withMembraneOffset(false)
                        .withLeakDivision(true)
                        .withLeakMultiplication(false));
        ChipConfiguration.Builder chip = bench.configuration().change();
        for (int d = 0; d < SynapseDriver.COUNT; d++) {
            SynapseDriver driver = SynapseDriver.of(d);
            SynapseDriverConfig config =
                    driver(bench, driver).withReceiver(true).withRowModes(RowMode.DISABLED, RowMode.EXCITATORY);
            chip.set(new SynapseDriverConfig(
                    driver, config.values().with("enable_stp", true).with("utilization", 0)));
        }
        for (int d : drivers) {
            SynapseDriver driver = SynapseDriver.of(d);
            for (int column = 0; column < SynapseQuadColumn.COUNT; column++) {
                SynapseQuad quad = SynapseQuad.of(SynapseQuad.index(
                        driver.hemisphere().index(), driver.bottomRow().index(), column));
                chip.set(new SynapseLabelQuad(quad, LABEL, LABEL, LABEL, LABEL));
                chip.set(new SynapseWeightQuad(quad, WEIGHT, WEIGHT, WEIGHT, WEIGHT));
            }
        }
        bench.configure(chip.build());
    }

    private Bench offsets(Bench bench, int offset) {
        int[] offsets = new int[drivers.length];
        Arrays.fill(offsets, offset);
        return offsets(bench, offsets);
    }

    private Bench offsets(Bench bench, int[] offsets) {
        ChipConfiguration.Builder chip = bench.configuration().change();
        for (int i = 0; i < drivers.length; i++) {
            chip.set(withOffset(driver(bench, SynapseDriver.of(drivers[i])), offsets[i]));
        }
        return bench.configure(chip.build());
    }

    private static SynapseDriverConfig driver(Bench bench, SynapseDriver driver) {
        return new SynapseDriverConfig(
                driver, bench.configuration().values(Container.SYNAPSE_DRIVER_CONFIG, driver.index()));
    }

    private static SynapseDriverConfig withOffset(SynapseDriverConfig config, int offset) {
        return new SynapseDriverConfig(config.driver(), config.values().with("offset", offset));
    }

    private double[] measure(Bench bench) {
        Executed<List<Pulse>> done = bench.run(program -> {
            List<Pulse> pulses = new ArrayList<>();
            for (int d : drivers) {
                pulses.add(append(program, SynapseDriver.of(d)));
            }
            return pulses;
        });
        return done.tickets().stream()
                .mapToDouble(pulse -> {
                    double[] before = done.result().get(pulse.before());
                    double[] after = done.result().get(pulse.after());
                    double[] moved = new double[before.length];
                    Arrays.setAll(moved, column -> after[column] - before[column]);
                    return Statistics.median(moved);
                })
                .toArray();
    }

    private Pulse append(PlaybackProgramBuilder program, SynapseDriver driver) {
        Hemisphere half = driver.hemisphere();
        program.pause(Ticks.ofMicros(REST_US).value());
        Ticket<double[]> before = CadcPotentials.read(program, half);
        program.barrier(Barrier.OMNIBUS).timerReset();
        program.spike(SpikeLabel.of(0)
                .withSpl1Address(driver.padiBus().onBlock())
                .withRowSelectAddress(driver.onPadiBus())
                .withSynapseLabel(LABEL)
                .value());
        program.waitUntil(Ticks.ofMicros(INPUT_TAUS * tauSynUs).value());
        return new Pulse(driver.index(), before, CadcPotentials.read(program, half));
    }
}
