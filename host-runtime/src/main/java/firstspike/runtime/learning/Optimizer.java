package firstspike.runtime.learning;

/** Moments and step counter of an optimiser over the weights of one network. Mutable, one owner thread. */
public final class Optimizer {
    private final OptimizerSettings settings;
    private final double[][] first;
    private final double[][] second;
    private long step;

    /**
     * An optimiser that has seen no gradient.
     *
     * @param settings algorithm and constants
     * @param sizes number of weights per layer
     */
    public Optimizer(OptimizerSettings settings, int... sizes) {
        this.settings = settings;
        first = new double[sizes.length][];
        second = new double[sizes.length][];
        for (int layer = 0; layer < sizes.length; layer++) {
            first[layer] = new double[sizes[layer]];
            second[layer] = new double[sizes[layer]];
        }
    }

    /**
     * Moves the weights against the gradient.
     *
     * @param weights changed in place
     * @param gradient same shapes
     * @param rates learning rate per layer; a layer of rate 0 keeps its weights
     */
    public void step(double[][] weights, double[][] gradient, double[] rates) {
        step++;
        for (int layer = 0; layer < weights.length; layer++) {
            switch (settings.kind()) {
                case ADAM -> adam(weights[layer], gradient[layer], first[layer], second[layer], rates[layer]);
                case SGD -> descend(weights[layer], gradient[layer], first[layer], rates[layer]);
            }
        }
    }

    /**
     * Number of updates so far.
     *
     * @return 0 at the beginning
     */
    public long steps() {
        return step;
    }

    /**
     * First moments (Adam) or buffers (gradient descent) per layer.
     *
     * @return the live arrays, to be stored
     */
    public double[][] firstMoments() {
        return first;
    }

    /**
     * Second moments per layer, all 0 for gradient descent.
     *
     * @return the live arrays, to be stored
     */
    public double[][] secondMoments() {
        return second;
    }

    /**
     * Continues from a stored state.
     *
     * @param steps number of updates
     * @param firstMoments per layer; copied
     * @param secondMoments per layer; copied
     */
    public void restore(long steps, double[][] firstMoments, double[][] secondMoments) {
        for (int layer = 0; layer < first.length; layer++) {
            if (firstMoments[layer].length != first[layer].length
                    || secondMoments[layer].length != second[layer].length) {
                throw new IllegalArgumentException("stored moments of layer " + layer + " have "
                        + firstMoments[layer].length + " and " + secondMoments[layer].length + " values (expected: "
                        + first[layer].length + ")");
            }
            System.arraycopy(firstMoments[layer], 0, first[layer], 0, first[layer].length);
            System.arraycopy(secondMoments[layer], 0, second[layer], 0, second[layer].length);
        }
        step = steps;
    }

    private void adam(double[] w, double[] g, double[] m, double[] v, double rate) {
        double beta1 = settings.beta1();
        double beta2 = settings.beta2();
        double correction1 = 1 - StrictMath.pow(beta1, step);
        double correction2 = 1 - StrictMath.pow(beta2, step);
        for (int i = 0; i < w.length; i++) {
            m[i] = beta1 * m[i] + (1 - beta1) * g[i];
            v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
            w[i] -= rate * (m[i] / correction1) / (Math.sqrt(v[i] / correction2) + settings.epsilon());
        }
    }

    private void descend(double[] w, double[] g, double[] buffer, double rate) {
        for (int i = 0; i < w.length; i++) {
            buffer[i] = step == 1 ? g[i] : settings.momentum() * buffer[i] + g[i];
            w[i] -= rate * buffer[i];
        }
    }
}
