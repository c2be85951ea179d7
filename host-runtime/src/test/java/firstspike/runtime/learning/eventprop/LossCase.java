package firstspike.runtime.learning.eventprop;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.runtime.learning.CrossEntropyLoss;
import firstspike.runtime.learning.MeanSquaredLoss;
import firstspike.runtime.learning.ShiftInvariantLoss;
import firstspike.runtime.vectors.VectorFile;
import java.util.ArrayList;
import java.util.List;

/** The loss of a vector. */
final class LossCase {
    private LossCase() {}

    static TrainLoss of(JsonNode vector) {
        JsonNode p = vector.get("parameters");
        String kind = vector.get("kind").asText();
        return switch (kind) {
            case "spike-count" ->
                new SpikeCountLoss(p.get("decay").doubleValue(), p.get("scale").doubleValue());
            case "target-trains" -> {
                List<double[]> targets = new ArrayList<>();
                vector.get("target").forEach(train -> targets.add(VectorFile.times(train)));
                yield new TargetTrainsLoss(p.get("tau").doubleValue(), new TargetTrains(List.of(targets)));
            }
            case "last-spike" ->
                new LastSpikeLoss(
                        p.get("t_correct").doubleValue(),
                        p.get("t_wrong").doubleValue(),
                        p.get("missing_true_label_loss").doubleValue());
            case "ttfs-cross-entropy" ->
                new FirstSpikeTrainLoss(new CrossEntropyLoss(
                        p.get("xi").doubleValue(),
                        p.get("alpha").doubleValue(),
                        p.get("beta").doubleValue(),
                        p.get("missing_true_label_loss").doubleValue()));
            case "mse" ->
                new FirstSpikeTrainLoss(new MeanSquaredLoss(
                        p.get("t_correct").doubleValue(),
                        p.get("t_wrong").doubleValue(),
                        p.get("missing_true_label_loss").doubleValue()));
            case "shift-invariant-mse" ->
                new FirstSpikeTrainLoss(new ShiftInvariantLoss(
                        p.get("delta_t").doubleValue(),
                        p.get("missing_true_label_loss").doubleValue()));
            default -> throw new IllegalArgumentException("no loss " + kind);
        };
    }
}
