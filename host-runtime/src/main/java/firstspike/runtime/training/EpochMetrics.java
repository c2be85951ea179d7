package firstspike.runtime.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metrics after an epoch; epoch 0 is the state before training and has validation only ({@code formats.md} section 11.2).
 *
 * @param epoch epochs done
 * @param step optimiser updates so far
 * @param wallSeconds time spent in this epoch, validation included
 * @param chipSeconds time that the chip was busy in it
 * @param train loss and accuracy of the training batches, empty before training
 * @param validation loss and accuracy of the validation set
 * @param learningRate rate of the last batch
 * @param missing silent fraction per layer name
 * @param bumped fraction of batches that rescued each layer, by layer name
 * @param clipped fraction of weights at their limit
 * @param health counters and fractions by the keys of {@code formats.md} section 3.3
 */
public record EpochMetrics(
        int epoch,
        long step,
        double wallSeconds,
        double chipSeconds,
        Optional<SplitResult> train,
        SplitResult validation,
        double learningRate,
        SortedMap<String, Double> missing,
        SortedMap<String, Double> bumped,
        double clipped,
        SortedMap<String, Number> health) {
    /** Copies the maps. */
    public EpochMetrics {
        missing = Collections.unmodifiableSortedMap(new TreeMap<>(missing));
        bumped = Collections.unmodifiableSortedMap(new TreeMap<>(bumped));
        health = Collections.unmodifiableSortedMap(new TreeMap<>(health));
    }

    /** The same with further health counters. */
    EpochMetrics with(SortedMap<String, Number> further) {
        SortedMap<String, Number> all = new TreeMap<>(health);
        all.putAll(further);
        return new EpochMetrics(
                epoch, step, wallSeconds, chipSeconds, train, validation, learningRate, missing, bumped, clipped, all);
    }

    /**
     * The line of {@code metrics.jsonl}.
     *
     * @param time when the epoch ended
     * @return one JSON object; a loss that was not measured is null
     */
    public ObjectNode toJson(Instant time) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("epoch", epoch).put("step", step).put("time", time.toString());
        line.put("wall_s", wallSeconds).put("chip_s", chipSeconds);
        ObjectNode split = line.putObject("split");
        train.ifPresent(result -> put(split.putObject("train"), result));
        put(split.putObject("validation"), validation);
        line.put("learning_rate", learningRate);
        missing.forEach(line.putObject("missing")::put);
        bumped.forEach(line.putObject("bumped")::put);
        line.put("clipped", clipped);
        ObjectNode counters = line.putObject("health");
        health.forEach((key, value) -> {
            if (value instanceof Long count) {
                counters.put(key, count);
            } else {
                counters.put(key, value.doubleValue());
            }
        });
        return line;
    }

    private static void put(ObjectNode node, SplitResult result) {
        if (Double.isFinite(result.loss())) {
            node.put("loss", result.loss());
        } else {
            node.putNull("loss");
        }
        node.put("accuracy", result.accuracy());
    }
}
