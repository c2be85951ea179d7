package firstspike.runtime.mapping;

import firstspike.runtime.network.Network;
import java.util.List;

/**
 * An event that the host sends in every sample, or whenever an input spikes.
 *
 * @param index its number among all external rows, which orders events of one tick
 * @param layer that it drives
 * @param weightRow row of that layer's weights
 * @param input external input that it copies, or -1 for a bias
 * @param biasTime time of a bias in units of tau; not-a-number for an input
 * @param label 16-bit spike label
 */
record ExternalRow(int index, int layer, int weightRow, int input, double biasTime, int label) {

    /**
     * The event of a weight row.
     *
     * @param network whose row it is
     */
    static ExternalRow of(Network network, int index, int layer, int weightRow, int label) {
        int bias = weightRow - network.inputRows(layer);
        List<Double> times = network.layers().get(layer).biasTimes();
        return bias < 0
                ? new ExternalRow(index, layer, weightRow, weightRow % network.inputs(), Double.NaN, label)
                : new ExternalRow(index, layer, weightRow, -1, times.get(bias % times.size()), label);
    }

    boolean isBias() {
        return input < 0;
    }
}
