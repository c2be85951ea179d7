package firstspike.experiments.run;

import firstspike.driver.playback.PlaybackProgram;
import firstspike.experiments.config.Experiment;
import firstspike.runtime.execution.ChipExecutor;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.recording.replay.ReplayChip;
import firstspike.runtime.recording.replay.Spikes;
import firstspike.runtime.recording.tap.StimulusProgram;
import firstspike.runtime.session.Executed;
import firstspike.runtime.target.ChipTarget;
import java.util.Optional;

/** A chip that is configured for a network, for logs that do not say how theirs was. One owner thread. */
final class MappedChip implements ReplayChip {

    private final ChipMapping mapping;
    private final ChipTarget target;
    private final double[][] weights;
    private ChipExecutor executor;
    private long next;

    /**
     * @param experiment the network
     * @param settings which calibrations may be used
     * @param target stays open
     * @param weights of all layers
     */
    MappedChip(Experiment experiment, RunSettings settings, ChipTarget target, double[][] weights) {
        ChosenCalibrations calibrations =
                ChosenCalibrations.of(experiment, target.chips(), settings.calibrations(), Optional.empty());
        this.mapping = Mappings.map(experiment, target, calibrations, Mappings.rows(experiment, weights));
        this.target = target;
        this.weights = weights;
    }

    @Override
    public void setUp(PlaybackProgram program) {
        // the network is put onto the chip instead
    }

    @Override
    public Spikes run(long ordinal, StimulusProgram program) {
        if (executor == null || ordinal != next) {
            close();
            executor = ChipExecutor.open(mapping, target, ordinal);
            executor.restore(executor.load(new LayerWeights(weights)).integers());
        }
        Executed<StimulusProgram.Window> run = executor.run(0, program);
        next = ordinal + 1;
        return Spikes.of(
                run.result().spikes(), run.result().fpgaTime(run.tickets().begin()));
    }

    @Override
    public void close() {
        if (executor != null) {
            executor.close();
            executor = null;
        }
    }
}
