package firstspike.experiments.run;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET;

import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.ChipDescription;
import firstspike.experiments.config.Experiment;
import firstspike.runtime.execution.ChipExecutor;
import firstspike.runtime.execution.MeasuredLayers;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.ChipPlan;
import firstspike.runtime.mapping.RowCopies;
import firstspike.runtime.recording.HealthTotals;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.tap.ProgramLog;
import firstspike.runtime.recording.tap.RecordingTap;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.IdealTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import firstspike.runtime.training.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An executor for an experiment with what is known of its target. Closing it gives the chips back. */
final class OpenedExecutor implements AutoCloseable {

    private final Target target;
    private final NetworkExecutor executor;
    private final Optional<ChipDescription> chip;
    private final Optional<ChipMapping> mapping;
    private final ChosenCalibrations calibrations;
    /** Constants of neurons that a study draws, where its rule knows them. */
    private final Optional<MeasuredLayers> drawn;

    private final Optional<RecordingTap> tap;

    private OpenedExecutor(
            Target target,
            NetworkExecutor executor,
            Optional<ChipDescription> chip,
            Optional<ChipMapping> mapping,
            ChosenCalibrations calibrations,
            Optional<MeasuredLayers> drawn,
            Optional<RecordingTap> tap) {
        this.target = target;
        this.executor = executor;
        this.chip = chip;
        this.mapping = mapping;
        this.calibrations = calibrations;
        this.drawn = drawn;
        this.tap = tap;
    }

    /**
     * Maps first, then opens: a network that does not fit is refused before anything is written to a chip.
     *
     * @param experiment what is run
     * @param settings patience and threads
     * @param copies of the weight rows on a chip
     * @param from checkpoint that is gone on from, which says the ordinal of the first program and what the chip held
     * @return the executor
     */
    static OpenedExecutor open(
            Experiment experiment, RunSettings settings, RowCopies copies, Optional<Checkpoint> from) {
        return open(experiment, settings, copies, from, Optional.empty());
    }

    /**
     * The same on links that are recorded: {@link #startLogs} or {@link #startLog} gives them their logs.
     *
     * @param recording what is kept; empty: nothing
     */
    static OpenedExecutor open(
            Experiment experiment,
            RunSettings settings,
            RowCopies copies,
            Optional<Checkpoint> from,
            Optional<RecordingPlan> recording) {
        Target target = Targets.installed().resolve(experiment.target(), settings.link());
        try {
            return switch (target.kind()) {
                case IDEAL -> {
                    if (recording.isPresent()) {
                        throw new UnsupportedOnTargetException(
                                UNSUPPORTED_ON_TARGET,
                                "recording on target " + target.uri(),
                                "no spikes on a chip",
                                "a chip, real or emulated",
                                "name another target, or leave record out");
                    }
                    yield new OpenedExecutor(
                            target,
                            IdealNetwork.executor(experiment, settings.link().threads(), from),
                            Optional.empty(),
                            Optional.empty(),
                            ChosenCalibrations.none("exact arithmetic has no chip"),
                            IdealNetwork.measured(experiment),
                            Optional.empty());
                }
                case CHIP -> openChip(experiment, settings, copies, from, (ChipTarget) target, recording);
            };
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    private static OpenedExecutor openChip(
            Experiment experiment,
            RunSettings settings,
            RowCopies copies,
            Optional<Checkpoint> from,
            ChipTarget target,
            Optional<RecordingPlan> recording) {
        ChosenCalibrations calibrations = ChosenCalibrations.of(
                experiment,
                target.chips(),
                settings.calibrations(),
                from.map(checkpoint -> ChosenCalibrations.ids(checkpoint.meta().calibrationId()))
                        .filter(ids -> !ids.isEmpty()));
        ChipMapping mapping = Mappings.map(experiment, target, calibrations, copies);
        ChipDescription chip = target.chips().get(0);
        long firstProgram =
                from.map(checkpoint -> checkpoint.meta().nextProgram()).orElse(0L);
        recording.ifPresent(plan -> plan.check().accept(mapping));
        Optional<RecordingTap> tap =
                recording.map(plan -> new RecordingTap(target.chips().size(), plan.options()));
        ChipExecutor executor =
                ChipExecutor.open(mapping, tap.map(target::tapped).orElse(target), firstProgram);
        try {
            executor.limitWeights(experiment.grid().limit());
            executor.allow(RunKeeper.allowed(experiment, settings));
            from.map(Checkpoint::chipWeights).ifPresent(executor::restore);
        } catch (RuntimeException e) {
            executor.close();
            throw e;
        }
        return new OpenedExecutor(
                target, executor, Optional.of(chip), Optional.of(mapping), calibrations, Optional.empty(), tap);
    }

    NetworkExecutor executor() {
        return tap.isPresent() && executor instanceof ChipExecutor chips
                ? new RecordedExecutor(chips, tap.get().logs())
                : executor;
    }

    /** The chips themselves; empty on exact arithmetic. */
    Optional<ChipExecutor> chips() {
        return executor instanceof ChipExecutor chips ? Optional.of(chips) : Optional.empty();
    }

    /** Begins or goes on with the spike logs of a run, when its links are recorded. */
    void startLogs(Path folder, Experiment experiment, String runId, String version) {
        if (tap.isPresent()) {
            for (int i = 0; i < tap.get().logs().size(); i++) {
                tap.get().attach(i, SpikeLogs.inFolder(folder, i, header(i, experiment, runId, version)));
            }
        }
    }

    /** What the log of a chip says of itself. */
    LogHeader header(int index, Experiment experiment, String runId, String version) {
        return SpikeLogs.header(
                experiment,
                mapping.orElseThrow(),
                ((ChipTarget) target).chips().get(index),
                uri(),
                runId,
                calibrations.ids(),
                version);
    }

    /** Logs of the chips; none when nothing is recorded. */
    List<ProgramLog> logs() {
        return tap.map(RecordingTap::logs).orElse(List.of());
    }

    /**
     * Ends the logs, so that they have their footers.
     *
     * @param falsified whether what they hold is worthless
     */
    void endLogs(boolean falsified) {
        tap.ifPresent(recorded -> {
            if (falsified) {
                recorded.logs().forEach(ProgramLog::falsify);
            }
            recorded.close();
        });
    }

    /** Where everything lies; only on a chip. */
    Optional<ChipMapping> mapping() {
        return mapping;
    }

    String uri() {
        return target.uri();
    }

    String fidelity() {
        return chip.map(ChipDescription::fidelity).orElse(IdealTarget.NAME);
    }

    String chipId() {
        return chip.map(description -> description.chipId().value()).orElse(IdealTarget.NAME);
    }

    /** What is used of the store. */
    ChosenCalibrations calibrations() {
        return calibrations;
    }

    /** Takes down how well the chip is calibrated for this network. */
    void judge(Experiment experiment, HealthTotals health) {
        if (calibrations.isEmpty()) {
            if (chip.map(ChipDescription::needsCalibration).orElse(false)) {
                health.add(Map.of("calibration.absent", 1L));
            }
            return;
        }
        health.degradeAbove("calibration.age_s", experiment.calibrationMaxAge().toSeconds());
        health.add(Map.of(
                "calibration.age_s", calibrations.age().orElseThrow().toSeconds(), "calibration.bad_neurons", (long)
                        mapping.orElseThrow().report().avoided()));
    }

    /** Looks at the calibrations of the chips; empty without any. */
    Optional<DriftChecks> driftChecks(Experiment experiment, Screen screen) {
        return calibrations.isEmpty() || !(executor instanceof ChipExecutor chips)
                ? Optional.empty()
                : Optional.of(new DriftChecks(
                        DriftChecks.between(chips),
                        calibrations.results(),
                        experiment.driftCheckEpochs().orElse(DriftChecks.USUAL),
                        screen));
    }

    /** What the calibrations know of each neuron; empty without any. */
    Optional<MeasuredLayers> measured() {
        return calibrations.isEmpty() ? drawn : mapping.map(chip -> MeasuredLayers.of(chip, calibrations.results()));
    }

    /** What people should know of the mapping. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(calibrations.notes());
        mapping.ifPresent(chip -> warnings.addAll(chip.report().warnings()));
        return warnings;
    }

    /** Where the network lies; empty without a chip. */
    Optional<ChipPlan> plan() {
        return mapping.map(ChipMapping::plan);
    }

    /** What the target says of itself, for target.json. */
    Map<String, Object> description() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("uri", uri());
        tree.put("fidelity", fidelity());
        tree.put("chip_id", chipId());
        tree.put("protocol", "firstspike.chip.v1");
        tree.put("lease_id", null);
        chip.ifPresent(description -> {
            tree.put("kind", description.kind().name().toLowerCase(java.util.Locale.ROOT));
            tree.put("chip_revision", description.chipRevision());
            tree.put("needs_calibration", description.needsCalibration());
            tree.put("software_version", description.softwareVersion());
            tree.put("tick_ps", description.tickPicoseconds());
            tree.put(
                    "input_latency_ticks",
                    description.inputLatencyTicks().isPresent()
                            ? description.inputLatencyTicks().getAsLong()
                            : null);
            tree.put(
                    "output_latency_ticks",
                    description.outputLatencyTicks().isPresent()
                            ? description.outputLatencyTicks().getAsLong()
                            : null);
            tree.put("max_instructions", description.maxInstructions());
            tree.put("properties", new TreeMap<>(description.properties()));
        });
        return tree;
    }

    @Override
    public void close() {
        try {
            executor.close();
            tap.ifPresent(RecordingTap::close);
        } finally {
            target.close();
        }
    }
}
