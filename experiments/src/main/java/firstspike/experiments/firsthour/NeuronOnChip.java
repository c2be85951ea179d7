package firstspike.experiments.firsthour;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_MISSING;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgramBuilder.Marker;
import firstspike.driver.playback.Ticket;
import firstspike.driver.playback.Ticks;
import firstspike.driver.readout.CadcTrace;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.runtime.calibration.procedure.BaseState;
import firstspike.runtime.calibration.procedure.SynapticInput;
import firstspike.runtime.calibration.procedure.TestSynapses;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.measurement.MadcTrace;
import firstspike.runtime.measurement.MadcTraces;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.session.Executed;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One neuron of a chip, set up for an experiment: with the codes of a calibration, or those that a nominal chip needs for
 * the same values. Mutable; one owner thread; closing it gives the chip back.
 */
public final class NeuronOnChip implements AutoCloseable {

    private static final double TICK_US = 8e-3;
    /** Distance of the readings of the column converter. */
    static final double READING_US = CadcTrace.SHORTEST_PERIOD * TICK_US;

    private static final double MADC_SAMPLES_PER_US = 500.0 / 17;
    private static final int CAPACITANCE_CODE = 63;
    private static final int DAC_BIAS = 1000;
    private static final int STRENGTH = 700;

    private final ChipTarget target;
    private final ChipSession session;
    private final Bench bench;
    private final AtomicNeuron neuron;
    private final Optional<CalibrationResult> calibration;

    private NeuronOnChip(
            ChipTarget target,
            ChipSession session,
            Bench bench,
            AtomicNeuron neuron,
            Optional<CalibrationResult> calibration) {
        this.target = target;
        this.session = session;
        this.bench = bench;
        this.neuron = neuron;
        this.calibration = calibration;
    }

    /**
     * Opens a chip.
     *
     * @param uri of the target
     * @param options of its link
     * @param neuron 0 to 511
     * @param calibrations finds the calibration that is in use on a chip
     * @param uncalibrated whether a chip that needs a calibration may run without
     * @return the neuron
     * @throws CalibrationException when the chip needs a calibration and has none
     */
    public static NeuronOnChip open(
            String uri,
            LinkOptions options,
            int neuron,
            Function<ChipDescription, Optional<CalibrationResult>> calibrations,
            boolean uncalibrated) {
        Target resolved = Targets.installed().resolve(uri, options);
        if (!(resolved instanceof ChipTarget target)) {
            resolved.close();
            throw new IllegalArgumentException(
                    "target " + uri + " (limit: a chip); a membrane is recorded on emu:nominal, for example");
        }
        try {
            ChipDescription chip = target.chips().get(0);
            Optional<CalibrationResult> calibration = calibrations.apply(chip);
            if (calibration.isEmpty() && chip.needsCalibration() && !uncalibrated) {
                throw new CalibrationException(
                        CALIBRATION_MISSING,
                        "calibration of chip " + chip.chipId(),
                        "none in use",
                        "one of this chip",
                        "make one: firstspike calibrate run --target '" + uri
                                + "' --targets fast-and-deep --activate; or say --allow-uncalibrated");
            }
            ChipSession session = ChipSession.open(first -> target.open(0, first), 0, 0);
            NeuronOnChip on = new NeuronOnChip(
                    target, session, bench(session, calibration), AtomicNeuron.of(neuron), calibration);
            on.quiet();
            return on;
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    private static Bench bench(ChipSession session, Optional<CalibrationResult> calibration) {
        int[] capacitance = new int[AtomicNeuron.COUNT];
        Arrays.fill(capacitance, CAPACITANCE_CODE);
        Bench bench = new Bench(session, BaseState.of(capacitance, DAC_BIAS));
        if (calibration.isPresent()) {
            return bench.configure(calibration.get().codes().onto(bench.configuration()));
        }
        bench.set(NeuronParameter.V_LEAK, 466)
                .set(NeuronParameter.V_RESET, 498)
                .set(NeuronParameter.V_THRESHOLD, 279)
                .set(NeuronParameter.I_BIAS_LEAK, 153)
                .set(QuadrantParameter.CADC_V_RAMP_OFFSET, 70)
                .set(QuadrantParameter.CADC_I_RAMP_SLOPE, 300);
        for (SynapticInput input : SynapticInput.values()) {
            bench.set(input.tau(), 512)
                    .set(input.strength(), STRENGTH)
                    .neurons(each -> input.withHighResistance(input.withInput(each, true), true));
        }
        return bench;
    }

    /** All comparators off but the one of the neuron, so that every spike of a result is its own. */
    private void quiet() {
        bench.neurons(each -> each.withThresholdComparator(each.neuron().equals(neuron)));
        bench.backends(each -> each.neuron().equals(neuron) ? each.withSpikeOut(true) : each);
    }

    /** What the chip says of itself. */
    public ChipDescription describe() {
        return session.describe();
    }

    /** The calibration whose codes are in force. */
    public Optional<CalibrationResult> calibration() {
        return calibration;
    }

    /** The neuron's number. */
    public int neuron() {
        return neuron.index();
    }

    /** What can be set. */
    Bench bench() {
        return bench;
    }

    AtomicNeuron coordinate() {
        return neuron;
    }

    /** What the neuron should do: with the targets of its calibration, else what nominal codes give (analog.md 18). */
    NeuronModel model() {
        ContainerValues backend = bench.backend(neuron).values();
        CommonNeuronBackendConfig common = new CommonNeuronBackendConfig(
                neuron.side(),
                bench.configuration()
                        .values(
                                Container.COMMON_NEURON_BACKEND_CONFIG,
                                neuron.side().index()));
        boolean fast = backend.value("select_input_clock") == 1;
        long scale = common.values().value(fast ? "clock_scale_fast" : "clock_scale_slow");
        double periodUs = Math.pow(2, scale + 1) / 250;
        return new NeuronModel(
                target(TargetKey.LEAK, 79.85),
                target(TargetKey.RESET, 79.90),
                target(TargetKey.THRESHOLD, 149.91),
                target(TargetKey.TAU_MEM, 6.013),
                target(TargetKey.TAU_SYN_EXC, 5.996),
                backend.value("refractory_time") * periodUs,
                (backend.value("refractory_time") - heldOff(backend.value("reset_holdoff"))) * periodUs,
                2.3,
                3.567e-6 * target(TargetKey.SYNIN_GM_EXC, STRENGTH) * target(TargetKey.SYNAPSE_DAC_BIAS, DAC_BIAS));
    }

    /** Clocks in which the membrane is free before it may spike again. */
    private static long heldOff(long resetHoldoff) {
        return 2 * (15 - resetHoldoff) + 1;
    }

    private double target(TargetKey key, double otherwise) {
        return calibration
                .map(result -> result.targets().get(key).of(neuron.index()))
                .orElse(otherwise);
    }

    /** Adds instructions while the neuron is recorded. */
    @FunctionalInterface
    interface Stimulus {
        /** Nothing happens. */
        Stimulus NONE = recording -> {};

        /** Adds what happens; its times count from the timer reset that begins the recording. */
        void add(MadcTraces.Recording recording);
    }

    /**
     * Records the neuron with the fast converter, and its spikes, again and again.
     *
     * @param us how long, microseconds
     * @param times how often
     * @param stimulus of each recording, after its begin
     * @return the recordings
     */
    List<MembraneRecording> record(double us, int times, Stimulus stimulus) {
        int[] neurons = new int[times];
        Arrays.fill(neurons, neuron.index());
        int samples = (int) Math.min(MadcTraces.MOST_SAMPLES, Math.ceil(us * MADC_SAMPLES_PER_US));
        List<Ticket<Marker>> begins = new ArrayList<>();
        Executed<MadcTraces> done = bench.run(program -> {
            program.timerReset();
            return MadcTraces.record(bench, program, neurons, samples, (recording, any) -> {
                recording.start();
                begins.add(recording.program().marker());
                stimulus.add(recording);
            });
        });
        List<MembraneRecording> recordings = new ArrayList<>();
        List<MadcTrace> traces = done.tickets().of(done.result());
        for (int i = 0; i < times; i++) {
            long begin = done.result().fpgaTime(begins.get(i));
            recordings.add(recording(traces.get(i), spikes(done.result(), begin, us), new double[0], new double[0]));
        }
        return recordings;
    }

    /**
     * Records the neuron with both converters at once, and its spikes.
     *
     * @param us how long, microseconds
     * @return the recording
     */
    MembraneRecording recordBoth(double us) {
        int samples = (int) Math.min(MadcTraces.MOST_SAMPLES, Math.ceil(us * MADC_SAMPLES_PER_US));
        int readings = (int) Math.ceil(us / READING_US);
        List<Ticket<Marker>> begins = new ArrayList<>();
        List<Ticket<CadcTrace>> columns = new ArrayList<>();
        Executed<MadcTraces> done = bench.run(
                program -> MadcTraces.record(bench, program, new int[] {neuron.index()}, samples, (recording, any) -> {
                    recording.start();
                    begins.add(program.marker());
                    columns.add(CadcTrace.read(
                            program, neuron.hemisphere(), Ticks.of(CadcTrace.SHORTEST_PERIOD), readings));
                }));
        long begin = done.result().fpgaTime(begins.get(0));
        CadcTrace column = done.result().get(columns.get(0));
        double[] times = new double[column.size()];
        double[] values = new double[times.length];
        for (int k = 0; k < times.length; k++) {
            times[k] = k * READING_US;
            values[k] = column.value(k, neuron.column());
        }
        return recording(done.tickets().of(done.result()).get(0), spikes(done.result(), begin, us), times, values);
    }

    /**
     * Readings of the column converter from an event on, mean of several.
     *
     * @param excitatory whether the event raises the membrane
     * @param times how often
     * @param us how long, microseconds
     * @return readings in LSB, {@link #READING_US} apart; the first one is taken with the event
     */
    double[] columnAfterEvent(boolean excitatory, int times, double us) {
        int readings = (int) Math.ceil(us / READING_US);
        Executed<List<Ticket<CadcTrace>>> done = bench.run(program -> {
            List<Ticket<CadcTrace>> tickets = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                program.pause(Ticks.ofMicros(2 * us).value())
                        .spike(TestSynapses.label(neuron.hemisphere(), 0, excitatory));
                tickets.add(
                        CadcTrace.read(program, neuron.hemisphere(), Ticks.of(CadcTrace.SHORTEST_PERIOD), readings));
            }
            return tickets;
        });
        double[] mean = new double[readings];
        for (Ticket<CadcTrace> ticket : done.tickets()) {
            CadcTrace trace = done.result().get(ticket);
            for (int k = 0; k < readings; k++) {
                mean[k] += trace.value(k, neuron.column()) / (double) times;
            }
        }
        return mean;
    }

    private static MembraneRecording recording(MadcTrace trace, double[] spikes, double[] cadcUs, double[] cadc) {
        double[] times = new double[trace.values().length];
        double[] values = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = trace.ticks()[i] * TICK_US;
            values[i] = NeuronModel.ofMadc(trace.values()[i]);
        }
        return new MembraneRecording(times, values, cadcUs, cadc, spikes);
    }

    private static double[] spikes(RunResult result, long begin, double us) {
        return Arrays.stream(result.spikes().chipTimes())
                .mapToDouble(tick -> (tick - begin) * TICK_US)
                .filter(time -> time >= 0 && time <= us)
                .sorted()
                .toArray();
    }

    @Override
    public void close() {
        try {
            session.close();
        } finally {
            target.close();
        }
    }
}
