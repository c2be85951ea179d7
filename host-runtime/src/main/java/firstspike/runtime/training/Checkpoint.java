package firstspike.runtime.training;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.network.LayerRows;
import java.util.List;
import java.util.SortedMap;

/**
 * The whole state of a training between two batches ({@code formats.md} section 4).
 *
 * @param meta names, positions and sums
 * @param weights float weights per layer (presynaptic, postsynaptic)
 * @param chipWeights integer weights last in force per layer, null where weights are no integers
 * @param rows how the weight rows lie on the chip, a layer; empty where there is none
 * @param firstMoments of the optimiser, per layer
 * @param secondMoments of the optimiser, per layer
 * @param optimizerStep updates so far
 * @param streams state of each random stream by name
 * @param history series of metrics by name
 * @param bump bump value of each neuron per layer, 0 where the latest batch did not rescue the layer
 * @param order samples that remain of the present epoch, empty between epochs
 */
public record Checkpoint(
        CheckpointMeta meta,
        double[][] weights,
        short[][] chipWeights,
        List<LayerRows> rows,
        double[][] firstMoments,
        double[][] secondMoments,
        long optimizerStep,
        SortedMap<String, long[]> streams,
        SortedMap<String, double[]> history,
        double[][] bump,
        int[] order) {

    /** A random stream as it was. */
    RandomStream stream(String name) {
        long[] state = streams.get(name);
        if (state == null) {
            throw new FormatException(
                    FormatException.Code.MALFORMED_HEADER,
                    "checkpoint",
                    "random streams " + streams.keySet(),
                    "rng/" + name,
                    "take a checkpoint of a training");
        }
        return RandomStream.ofState(state);
    }
}
