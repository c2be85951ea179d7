package firstspike.runtime.training;

import firstspike.runtime.execution.WeightsInForce;
import firstspike.runtime.network.Network;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the metrics of an epoch from its sums and its validation. */
final class EpochReport {
    private EpochReport() {}

    static EpochMetrics of(
            Network network,
            int epoch,
            long step,
            EpochTotals totals,
            Evaluation validation,
            double rate,
            WeightsInForce inForce) {
        boolean trained = totals.batches() > 0;
        SortedMap<String, Double> missing = new TreeMap<>();
        SortedMap<String, Double> bumped = new TreeMap<>();
        SortedMap<String, Number> health = new TreeMap<>(totals.counters());
        int layers = network.layers().size();
        for (int i = 0; i < layers; i++) {
            String name = network.layers().get(i).name();
            double silent = trained ? totals.missing(i) : validation.missing()[i];
            missing.put(name, silent);
            bumped.put(name, trained ? (double) totals.bumps()[i] / totals.batches() : 0.0);
            health.put("spikes.missing." + name, silent);
            if (i == layers - 1) {
                health.put("spikes.missing.label", silent);
            }
        }
        TrainHealth.report(network, health);
        double clipped = inForce.total() == 0 ? 0 : (double) inForce.clipped() / inForce.total();
        health.put("weights.bumped", trained ? (double) totals.bumpSteps() / totals.batches() : 0.0);
        health.put("weights.bump_steps", totals.bumpSteps());
        health.put("weights.bump_saturated", totals.saturated());
        health.put("weights.clipped", clipped);
        health.put("weights.quantisation_rmse", inForce.quantisationRmse());
        health.put("gradient.dropped", totals.gradients().dropped());
        health.put("gradient.floored", totals.gradients().floored());
        health.put("gradient.flat", totals.gradients().flat());
        health.put("gradient.nonfinite", totals.gradients().nonfinite());
        return new EpochMetrics(
                epoch,
                step,
                totals.wallSeconds(),
                totals.chipSeconds(),
                trained ? Optional.of(totals.result()) : Optional.empty(),
                validation.result(),
                rate,
                missing,
                bumped,
                clipped,
                health);
    }
}
