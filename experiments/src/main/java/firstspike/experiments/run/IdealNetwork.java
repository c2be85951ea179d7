package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.runtime.distortion.DistortedForward;
import firstspike.runtime.distortion.Distortion;
import firstspike.runtime.distortion.StudyPoint;
import firstspike.runtime.execution.LayerModels;
import firstspike.runtime.execution.MeasuredLayers;
import firstspike.runtime.execution.NetworkExecutor;
import firstspike.runtime.execution.SolverExecutor;
import firstspike.runtime.execution.TrainExecutor;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.learning.eventprop.TrainSettings;
import firstspike.runtime.training.Checkpoint;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A network in exact arithmetic: as the model says, or with the imperfections of a point of the robustness study. */
final class IdealNetwork {

    private IdealNetwork() {}

    /**
     * An executor.
     *
     * @param experiment what is run
     * @param threads to use
     * @param from checkpoint that is gone on from, which says which numbers were drawn
     */
    static NetworkExecutor executor(Experiment experiment, int threads, Optional<Checkpoint> from) {
        List<WeightGrid> grids =
                Collections.nCopies(experiment.network().layers().size(), experiment.grid());
        Optional<TrainSettings> trains = experiment.training().trains();
        if (trains.isPresent() && experiment.training().gradients().rule().manySpikes()) {
            return new TrainExecutor(
                    experiment.network(),
                    grids,
                    trains.get().tEnd(),
                    trains.get().spikeLimit(),
                    threads);
        }
        Distortion distortion = experiment.study().map(StudyPoint::distortion).orElse(Distortion.NONE);
        if (distortion.equals(Distortion.NONE)) {
            return new SolverExecutor(experiment.network(), grids, threads);
        }
        long firstRun = from.map(checkpoint -> checkpoint.meta().nextProgram()).orElse(0L);
        return new SolverExecutor(
                experiment.network(),
                grids,
                threads,
                shards -> new DistortedForward(
                        LayerModels.of(experiment.network()),
                        distortion,
                        experiment.training().noiseSeed(),
                        firstRun,
                        shards));
    }

    /** Constants of neurons that a study draws; empty where its rule does not know them. */
    static Optional<MeasuredLayers> measured(Experiment experiment) {
        return experiment
                .study()
                .filter(StudyPoint::measured)
                .map(point -> new MeasuredLayers(
                        DistortedForward.measured(
                                LayerModels.of(experiment.network()),
                                point.distortion(),
                                experiment.training().noiseSeed()),
                        0));
    }
}
