package firstspike.experiments.run;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.RunResult;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.Recording;
import firstspike.experiments.stimulus.PlannedProgram;
import firstspike.experiments.stimulus.StimulusFile;
import firstspike.experiments.stimulus.StimulusPlan;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.csv.SpikeTable;
import firstspike.runtime.execution.ChipExecutor;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.measurement.RecordedMembrane;
import firstspike.runtime.network.Layer;
import firstspike.runtime.recording.HealthTotals;
import firstspike.runtime.recording.StorageFailure;
import firstspike.runtime.recording.Verdict;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.log.SpikeLogWriter;
import firstspike.runtime.recording.tap.ProgramLog;
import firstspike.runtime.recording.tap.RecordingOptions;
import firstspike.runtime.recording.tap.StimulusProgram;
import firstspike.runtime.session.Executed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ObjLongConsumer;

/** Sends a stimulus to a network on a chip, program by program, and records what comes (U12). One use, one thread. */
public final class RecordingRun {

    private static final String LATE = "events.late";
    private static final String LATE_MAX = "events.late_max_ticks";
    private static final String UNMAPPED = "events.unmapped_label";

    private final RunSettings settings;
    private final Request request;
    private final SortedMap<String, Long> perPopulation = new TreeMap<>();
    private StimulusPlan plan;
    private Optional<RecordedMembrane> connected = Optional.empty();
    private String[] populationOfNeuron;
    private long toChip;
    private long samples;
    private long firstTick = Long.MAX_VALUE;
    private long lastTick = Long.MIN_VALUE;

    /**
     * What is recorded.
     *
     * @param stimulus file with events
     * @param durationTicks of each program; empty: a little after its last event
     * @param out the log
     * @param force whether a log that is there is replaced
     * @param allowLate whether events may come later than the late policy allows
     * @param fpgaTime whether the way of each spike through the FPGA is kept
     * @param log when the log is forced to the disk, and whether it may lose events
     * @param weights instead of drawn ones
     */
    public record Request(
            Path stimulus,
            OptionalLong durationTicks,
            Path out,
            boolean force,
            boolean allowLate,
            boolean fpgaTime,
            LogSettings log,
            Optional<InitialWeights> weights) {}

    /**
     * @param settings how it is run
     * @param request what is recorded
     */
    public RecordingRun(RunSettings settings, Request request) {
        this.settings = settings;
        this.request = request;
    }

    /**
     * Runs it. Stimulus, network, mapping and bandwidth are judged before a link is opened.
     *
     * @param experiment network, chip and target
     * @param ended hears of each program how it ended: the log, once all of the program is in it, and the program's number
     * @return what came
     * @throws ExperimentException for a stimulus that the network or the chip cannot take
     * @throws StorageException when the log cannot be written
     */
    public RecordingOutcome record(Experiment experiment, ObjLongConsumer<ProgramLog> ended) {
        SpikeTable table = StimulusFile.read(request.stimulus());
        double[][] weights = request.weights()
                .map(from -> from.read(experiment.network(), settings.screen()))
                .orElseGet(() -> Mappings.drawn(experiment));
        refuseExisting();
        Optional<Recording.Membrane> membrane = membrane(experiment);
        RecordingOptions options = RecordingOptions.spikes()
                .withMadc(membrane.map(each -> each.layer() + "[" + each.neuron() + "].v")
                        .orElse(""))
                .withSetUps(true)
                .withFpgaTime(request.fpgaTime() || experiment.recording().fpgaTime())
                .whileRunning();
        RecordingPlan recording = new RecordingPlan(options, mapping -> plan(mapping, table));
        try (OpenedExecutor opened = OpenedExecutor.open(
                experiment, settings, Mappings.rows(experiment, weights), Optional.empty(), Optional.of(recording))) {
            ChipExecutor chips = opened.chips().orElseThrow();
            if (opened.logs().size() > 1) {
                throw new UnsupportedOnTargetException(
                        UNSUPPORTED_ON_TARGET,
                        "chips of target " + opened.uri(),
                        opened.logs().size(),
                        "1 for a recording",
                        "name one of them");
            }
            connected = membrane.map(each -> connect(chips, each));
            chips.restore(chips.load(new LayerWeights(weights)).integers());
            String runId = UUID.randomUUID().toString();
            removeExisting();
            ProgramLog log = opened.logs().get(0);
            log.attach(SpikeLogWriter.create(
                    request.out(), opened.header(0, experiment, runId, settings.version()), request.log()));
            return run(experiment, opened, chips, log, runId, ended);
        }
    }

    private RecordingOutcome run(
            Experiment experiment,
            OpenedExecutor opened,
            ChipExecutor chips,
            ProgramLog log,
            String runId,
            ObjLongConsumer<ProgramLog> ended) {
        HealthTotals health =
                new HealthTotals(allowed(experiment), experiment.health().limits());
        opened.judge(experiment, health);
        settings.screen().message("calibration " + opened.calibrations().line());
        opened.warnings().forEach(settings.screen()::warn);
        if (plan.cuts() > 0) {
            settings.screen()
                    .warn("the stimulus is too long for one program and is cut " + plan.cuts()
                            + " times where it is silent; the chip rests a millisecond there");
        }
        long programs = 0;
        long begin = System.nanoTime();
        for (PlannedProgram program : plan.programs()) {
            if (settings.cancelled().getAsBoolean()) {
                break;
            }
            if (program.startTick() > 0) {
                log.mark(Mark.Kind.NOTE, 0, "continues at tick " + program.startTick());
            }
            StimulusProgram stimulus =
                    new StimulusProgram(program.ticks(), program.labels(), program.count(), program.endTick());
            Executed<StimulusProgram.Window> executed = chips.run(0, builder -> {
                connected.ifPresent(madc -> madc.start(builder, program.endTick()));
                return stimulus.append(builder);
            });
            log.handOver();
            count(program, executed, health);
            ended.accept(log, programs);
            programs++;
            progress(programs, log, begin);
        }
        double seconds = (System.nanoTime() - begin) * 1e-9;
        health.add(log.ownCounters());
        opened.endLogs(health.judge().verdict() == Verdict.FALSIFIED);
        boolean any = firstTick <= lastTick;
        return new RecordingOutcome(
                experiment,
                runId,
                request.out(),
                opened.uri(),
                opened.fidelity(),
                opened.chipId(),
                opened.calibrations(),
                programs,
                toChip,
                samples,
                perPopulation,
                any ? firstTick : null,
                any ? lastTick : null,
                seconds,
                health,
                programs < plan.programs().size());
    }

    private static Optional<Recording.Membrane> membrane(Experiment experiment) {
        List<Recording.Membrane> membranes = experiment.recording().membranes();
        if (membranes.size() > 1) {
            throw new ExperimentException(
                    ExperimentException.Code.DOES_NOT_FIT,
                    "membranes that are recorded at once",
                    membranes.size() + " needed",
                    "1 available: there is one fast converter",
                    "record them one after another");
        }
        return membranes.stream().findFirst();
    }

    private RecordedMembrane connect(ChipExecutor chips, Recording.Membrane membrane) {
        ChipMapping mapping = chips.mapping();
        List<Layer> layers = mapping.network().layers();
        int layer = 0;
        while (!layers.get(layer).name().equals(membrane.layer())) {
            layer++;
        }
        int circuit = mapping.outputCircuits()[mapping.firstNeuron(layer) + membrane.neuron()];
        long longest = plan.programs().stream()
                .mapToLong(PlannedProgram::endTick)
                .max()
                .orElseThrow();
        RecordedMembrane madc = new RecordedMembrane(AtomicNeuron.of(circuit), longest);
        chips.setUp(0, madc::on, madc::wake);
        return madc;
    }

    private void plan(ChipMapping mapping, SpikeTable table) {
        plan = StimulusPlan.of(table, mapping.labelOwners(), request.durationTicks(), request.allowLate());
        populationOfNeuron = new String[1 << 16];
        mapping.labelOwners().stream().filter(owner -> !owner.toChip()).forEach(owner -> {
            populationOfNeuron[owner.label()] = owner.population();
            perPopulation.put(owner.population(), 0L);
        });
    }

    private void count(PlannedProgram program, Executed<StimulusProgram.Window> executed, HealthTotals health) {
        RunResult result = executed.result();
        long zero = result.fpgaTime(executed.tickets().begin());
        long unmapped = 0;
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < result.spikes().size(); i++) {
            String population = populationOfNeuron[result.spikes().label(i)];
            if (population == null) {
                unmapped++;
            } else {
                counts.merge(population, 1L, Long::sum);
            }
            long tick = result.spikes().chipTime(i) - zero << 21 >> 21;
            firstTick = Math.min(firstTick, tick);
            lastTick = Math.max(lastTick, tick);
        }
        counts.forEach((population, events) -> perPopulation.merge(population, events, Long::sum));
        toChip += program.count();
        samples += result.samples().size();
        health.add(result.health().counters());
        health.add(Map.of(LATE, program.moved(), LATE_MAX, program.largestMove(), UNMAPPED, unmapped));
    }

    private Collection<String> allowed(Experiment experiment) {
        List<String> allowed = new ArrayList<>(RunKeeper.allowed(experiment, settings));
        if (request.allowLate()) {
            allowed.add(LATE_MAX);
        }
        return allowed;
    }

    private void progress(long programs, ProgramLog log, long begin) {
        double seconds = Math.max(1e-9, (System.nanoTime() - begin) * 1e-9);
        long events = toChip
                + perPopulation.values().stream().mapToLong(Long::longValue).sum();
        double left = seconds / programs * (plan.programs().size() - programs);
        settings.screen()
                .progress(String.format(
                        java.util.Locale.ROOT,
                        "program %d/%d, %d events, %.3g events/s, %.0f s left",
                        programs,
                        plan.programs().size(),
                        events,
                        events / seconds,
                        left));
    }

    private void refuseExisting() {
        if (Files.exists(request.out()) && !request.force()) {
            throw new StorageException(
                    StorageException.Code.EXISTS,
                    request.out().toString(),
                    "is there already",
                    "a name that is free",
                    "choose another name, or --force");
        }
    }

    private void removeExisting() {
        try {
            if (request.force()) {
                Files.deleteIfExists(request.out());
            }
        } catch (IOException e) {
            throw StorageFailure.of(request.out(), e);
        }
    }
}
