package firstspike.runtime.exchange.nir;

import firstspike.runtime.error.FormatException;
import java.util.Arrays;

/**
 * What linear nodes between a source and a layer make of the source's spikes: a matrix (source channel, neuron), built from
 * the layer back to the source. Mutable, one owner thread.
 */
final class SourceMap {

    private static final long MOST = 1L << 27;

    private final String file;
    private final int neurons;
    private int rows;
    private double[] matrix;
    private double[] factors;

    /** The identity on the neurons of a layer. */
    SourceMap(String file, int neurons) {
        this.file = file;
        this.neurons = neurons;
        this.rows = neurons;
        this.factors = new double[neurons];
        Arrays.fill(factors, 1);
    }

    /** Channels that this map takes. */
    int rows() {
        return rows;
    }

    /** Puts a factor for each channel in front. */
    void scale(NirNode.Scale node) {
        double[] scale = node.scale();
        if (scale.length != rows && scale.length != 1) {
            throw mismatch(node, scale.length + " factors", rows + " channels");
        }
        for (int i = 0; i < rows; i++) {
            double factor = scale[scale.length == 1 ? 0 : i];
            if (matrix == null) {
                factors[i] *= factor;
            } else {
                for (int j = 0; j < neurons; j++) {
                    matrix[i * neurons + j] *= factor;
                }
            }
        }
    }

    /** Puts a weight matrix (out, in) in front. */
    void linear(NirNode.Linear node) {
        int out = node.weight().shape()[0];
        int in = node.weight().shape()[1];
        if (out != rows) {
            throw mismatch(node, "weight of shape (" + out + ", " + in + ")", rows + " outputs");
        }
        double[] next = new double[size(node.name(), in)];
        double[] weight = node.weight().values();
        for (int i = 0; i < in; i++) {
            for (int k = 0; k < out; k++) {
                double w = weight[k * in + i];
                if (matrix == null) {
                    next[i * neurons + k] = factors[k] * w;
                } else if (w != 0) {
                    for (int j = 0; j < neurons; j++) {
                        next[i * neurons + j] += w * matrix[k * neurons + j];
                    }
                }
            }
        }
        matrix = next;
        rows = in;
    }

    /** What a constant at the outputs of a node becomes at the neurons. */
    double[] through(double[] constant) {
        double[] sum = new double[neurons];
        for (int k = 0; k < constant.length; k++) {
            for (int j = 0; j < neurons; j++) {
                sum[j] += matrix == null
                        ? (j == k ? factors[k] * constant[k] : 0)
                        : matrix[k * neurons + j] * constant[k];
            }
        }
        return sum;
    }

    /** The matrix (source channel, neuron). */
    double[] matrix(String source) {
        if (matrix == null) {
            matrix = new double[size(source, neurons)];
            for (int j = 0; j < neurons; j++) {
                matrix[j * neurons + j] = factors[j];
            }
        }
        return matrix;
    }

    private int size(String name, int in) {
        long elements = (long) in * neurons;
        if (elements > MOST) {
            throw new FormatException(
                    FormatException.Code.ARRAY_TOO_LARGE,
                    file + " node " + name,
                    elements + " weights",
                    MOST,
                    "import a smaller network");
        }
        return (int) elements;
    }

    private FormatException mismatch(NirNode node, String value, String limit) {
        return NirFailure.malformed(file, "node " + node.name() + " (" + node.type() + ")", value, limit);
    }
}
