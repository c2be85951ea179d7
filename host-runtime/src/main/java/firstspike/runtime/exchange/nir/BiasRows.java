package firstspike.runtime.exchange.nir;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Which channels of an input are biases, by what our files say in their metadata; none in files of others. */
final class BiasRows {

    private static final int DATA = -1;

    private final int[] layerOf;
    private final List<List<Integer>> channels = new ArrayList<>();
    private final List<List<Double>> spread = new ArrayList<>();
    private final List<Integer> copies = new ArrayList<>();
    private final int[] data;

    private BiasRows(int channelCount, int layers) {
        layerOf = new int[channelCount];
        java.util.Arrays.fill(layerOf, DATA);
        for (int i = 0; i < layers; i++) {
            channels.add(new ArrayList<>());
            spread.add(new ArrayList<>());
            copies.add(1);
        }
        data = new int[channelCount];
    }

    static BiasRows of(String file, NirGraph graph, int channelCount, int layers, double tau) {
        BiasRows rows = new BiasRows(channelCount, layers);
        SortedMap<String, double[]> numbers = graph.numbers();
        double[] which = numbers.getOrDefault(NirKeys.BIAS_CHANNELS, new double[0]);
        double[] times = numbers.getOrDefault(NirKeys.BIAS_TIMES, new double[0]);
        double[] of = numbers.getOrDefault(NirKeys.BIAS_LAYERS, new double[0]);
        if (which.length != times.length || which.length != of.length) {
            throw NirFailure.malformed(
                    file, NirKeys.BIAS_CHANNELS, which.length + ", " + times.length + ", " + of.length, "as many each");
        }
        for (int i = 0; i < which.length; i++) {
            int channel = integer(file, which[i], channelCount);
            int layer = integer(file, of[i], layers);
            if (rows.layerOf[channel] != DATA || !(times[i] >= 0) || Double.isInfinite(times[i])) {
                throw NirFailure.malformed(
                        file, NirKeys.BIAS_TIMES, "channel " + channel + " at " + times[i], "once, at 0 or later");
            }
            rows.layerOf[channel] = layer;
            rows.channels.get(layer).add(channel);
            rows.spread.get(layer).add(NirImport.tidy(times[i] / tau));
        }
        double[] copied = numbers.getOrDefault(NirKeys.BIAS_COPIES, new double[0]);
        for (int i = 0; i < Math.min(layers, copied.length); i++) {
            rows.setCopies(i, copied[i]);
        }
        int next = 0;
        for (int channel = 0; channel < channelCount; channel++) {
            if (rows.layerOf[channel] == DATA) {
                rows.data[next++] = channel;
            }
        }
        return rows;
    }

    private void setCopies(int layer, double count) {
        List<Double> times = spread.get(layer);
        boolean whole = count >= 1 && count <= 64 && count == Math.rint(count) && times.size() % (int) count == 0;
        if (!whole) {
            return;
        }
        int period = times.size() / (int) count;
        for (int i = period; i < times.size(); i++) {
            if (!times.get(i).equals(times.get(i - period))) {
                return; // no copies then, but times of their own
            }
        }
        copies.set(layer, (int) count);
    }

    private static int integer(String file, double value, int limit) {
        if (value != Math.rint(value) || value < 0 || value >= limit) {
            throw NirFailure.malformed(file, NirKeys.BIAS_CHANNELS, value, "0 to " + (limit - 1));
        }
        return (int) value;
    }

    /** Number of channels that are biases. */
    int count() {
        return channels.stream().mapToInt(List::size).sum();
    }

    /** Channel of a row that is data. */
    int dataChannel(int row) {
        return data[row];
    }

    /** Layer of a channel that is a bias, below 0 for data. */
    int layerOf(int channel) {
        return layerOf[channel];
    }

    /** Channels of the biases of a layer, in the order of its rows. */
    List<Integer> channels(int layer) {
        return channels.get(layer);
    }

    /** Copies of the bias times of a layer. */
    int copies(int layer) {
        return copies.get(layer);
    }

    /** Bias times of a layer in units of tau, each once. */
    List<Double> times(int layer) {
        return spread.get(layer).subList(0, spread.get(layer).size() / copies.get(layer));
    }

    /** Bias times of a layer, each as often as it has copies. */
    List<Double> spreadTimes(int layer) {
        return new ArrayList<>(spread.get(layer));
    }
}
