package firstspike.runtime.training;

import firstspike.runtime.execution.FirstSpikes;
import firstspike.runtime.execution.LayerModels;
import firstspike.runtime.learning.StepOutcome;
import firstspike.runtime.learning.WeightState;
import firstspike.runtime.learning.eventprop.TrainCounts;
import firstspike.runtime.learning.eventprop.TrainLearner;
import firstspike.runtime.network.Network;
import java.util.SortedMap;
import java.util.TreeMap;

/** Learning from all spikes. */
record TrainStep(Network network, TrainLearner learner) implements LearningStep {
    @Override
    public WeightState state() {
        return learner;
    }

    @Override
    public StepOutcome learn(SampleSet batch, FirstSpikes spikes, double rateFactor) {
        return learner.step(
                LayerModels.trains(network, batch.spikes()), spikes.allTrains(), batch.labels(), rateFactor);
    }

    @Override
    public SortedMap<String, Long> counters() {
        TrainCounts counts = learner.counts();
        SortedMap<String, Long> counters = new TreeMap<>();
        counters.put(TrainHealth.FORCED, TrainCounts.sum(counts.forced()));
        counters.put(TrainHealth.MISSING, counts.missing());
        counters.put(TrainHealth.SURPLUS, counts.surplus());
        for (int layer = 0; layer < counts.excessSpikes().length; layer++) {
            counters.put(TrainHealth.learnt(layer), counts.excessSpikes()[layer]);
            counters.put(TrainHealth.flat(layer), counts.flat()[layer]);
            counters.put(
                    TrainHealth.excess(layer), Math.round(counts.excessSquares()[layer] * TrainHealth.EXCESS_UNIT));
        }
        return counters;
    }
}
