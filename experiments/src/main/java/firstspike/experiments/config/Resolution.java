package firstspike.experiments.config;

import java.util.List;
import java.util.Optional;

/**
 * What became of an experiment file.
 *
 * @param problems all mistakes; empty when it is valid
 * @param experiment present when it is valid
 * @param targetOrigin who named the target
 */
public record Resolution(List<Problem> problems, Optional<Experiment> experiment, TargetOrigin targetOrigin) {

    static Resolution valid(Experiment experiment, TargetOrigin origin) {
        return new Resolution(List.of(), Optional.of(experiment), origin);
    }

    static Resolution invalid(List<Problem> problems) {
        return new Resolution(problems, Optional.empty(), TargetOrigin.NONE);
    }

    /**
     * @return the experiment
     * @throws InvalidExperimentException with every mistake
     */
    public Experiment orThrow() {
        return experiment.orElseThrow(() -> new InvalidExperimentException(problems));
    }
}
