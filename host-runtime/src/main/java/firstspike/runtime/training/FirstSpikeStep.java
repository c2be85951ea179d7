package firstspike.runtime.training;

import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.LayerModels;
import firstspike.runtime.learning.Learner;
import firstspike.runtime.learning.StepOutcome;
import firstspike.runtime.learning.WeightState;
import firstspike.runtime.network.Network;
import java.util.Collections;
import java.util.SortedMap;

/** Learning from first spikes. */
record FirstSpikeStep(Network network, Learner learner) implements LearningStep {
    @Override
    public WeightState state() {
        return learner;
    }

    @Override
    public StepOutcome learn(SampleSet batch, FirstSpikes spikes, double rateFactor) {
        double[] rows = new double[batch.size() * network.inputRows(0)];
        LayerModels.spread(network, batch.spikes(), rows);
        return learner.step(batch.size(), rows, spikes.layers(), batch.labels(), rateFactor);
    }

    @Override
    public SortedMap<String, Long> counters() {
        return Collections.emptySortedMap();
    }
}
