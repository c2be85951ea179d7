package firstspike.runtime.execution;

/**
 * What an executor really set for given float weights.
 *
 * @param layers weights in force a layer, in units of the network, row-major (row, neuron)
 * @param integers integer weights a layer, or null where weights are no integers
 * @param clipped number of weights at or beyond the limit
 * @param total number of weights
 * @param quantisationRmse root mean square of the difference to the float weights, in LSB; 0 without integers
 */
public record WeightsInForce(
        double[][] layers, short[][] integers, long clipped, long total, double quantisationRmse) {}
