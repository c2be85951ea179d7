package firstspike.runtime.learning;

/**
 * 1 + W0(z) of the few crossings of a sample that lie near the branch point, solved together in short loops, so that their long
 * chains of operations overlap. Mutable scratch of one owner thread.
 */
final class NearBranch {
    /** Neurons, and their values after {@link #solve}: NaN where q is not below 0, which {@link LambertW} decides. */
    final int[] neuron;

    final double[] value;
    /** How many. */
    int count;

    private final double[] a;
    private final double[] ratio;

    NearBranch(int neurons) {
        neuron = new int[neurons];
        value = new double[neurons];
        a = new double[neurons];
        ratio = new double[neurons];
    }

    /**
     * Takes one.
     *
     * @param sum above 0
     * @param quotient b / a
     */
    void add(int which, double sum, double quotient) {
        neuron[count] = which;
        a[count] = sum;
        ratio[count++] = quotient;
    }

    void solve(double drive) {
        double[] q = value;
        for (int i = 0; i < count; i++) {
            q[i] = 1 + ratio[i] - Logarithm.log(a[i] / drive);
        }
        for (int i = 0; i < count; i++) {
            q[i] = q[i] < 0 ? -2 * Exponential.minusOne(q[i]) : Double.NaN;
        }
        for (int i = 0; i < count; i++) {
            value[i] = LambertW.onePlus(Math.sqrt(q[i]));
        }
    }
}
