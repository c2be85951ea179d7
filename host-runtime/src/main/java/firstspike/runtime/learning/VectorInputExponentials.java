package firstspike.runtime.learning;

import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link InputExponentials} of rows whose number is a multiple of the vector's length, which absent ones make it. */
final class VectorInputExponentials extends InputExponentials {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /**
     * Makes the arrays.
     *
     * @param padded rows with absent ones behind them
     */
    VectorInputExponentials(int padded, double tau) {
        super(padded, tau, new VectorExponential(padded));
    }

    /** Rows with as many absent ones behind them as fill the last vector. */
    static int padded(int rows) {
        return (rows + SPECIES.length() - 1) / SPECIES.length() * SPECIES.length();
    }

    @Override
    void findSpan(double[] times) {
        DoubleVector least = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
        DoubleVector most = least.neg();
        DoubleVector none = most;
        for (int row = 0; row < times.length; row += SPECIES.length()) {
            DoubleVector t = DoubleVector.fromArray(SPECIES, times, row);
            least = least.min(t);
            most = most.max(none.blend(t, t.compare(LT, Double.POSITIVE_INFINITY)));
        }
        first = least.reduceLanes(MIN);
        last = most.reduceLanes(MAX);
    }
}
