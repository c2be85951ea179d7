package firstspike.runtime.training;

import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.learning.StepOutcome;
import firstspike.runtime.learning.WeightState;
import java.util.SortedMap;

/** What a trainer asks of its learner, be it one of first spikes or one of trains. */
interface LearningStep {
    /** What goes into a checkpoint. */
    WeightState state();

    /**
     * Learns from one batch.
     *
     * @param batch its samples, noise included
     * @param spikes of the forward pass
     * @param rateFactor factor of the schedule on the learning rate
     * @return what was done
     */
    StepOutcome learn(SampleSet batch, FirstSpikes spikes, double rateFactor);

    /** Counters of the latest batch beyond those of the outcome. */
    SortedMap<String, Long> counters();
}
