package firstspike.runtime.learning;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The exponential of many numbers by the Vector API: the operations of {@link Exponential} in the same order, with comparisons where
 * that has factors. Three short loops instead of one, so that the chains of several vectors overlap.
 */
final class VectorExponential extends Exponential {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Plus and minus it a number is rounded to an integer. */
    private static final double ROUND = 0x1p52;

    VectorExponential(int capacity) {
        super(capacity);
    }

    @Override
    void of(double[] x, int n, double[] out) {
        int end = SPECIES.loopBound(n);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int i = 0; i < end; i += LANES) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            DoubleVector magnitude = v.abs();
            DoubleVector scaled = magnitude.mul(INVERSE_LN2).add(0.5);
            DoubleVector rounded = scaled.add(ROUND).sub(ROUND);
            DoubleVector floor = rounded.blend(rounded.sub(1), rounded.compare(GT, scaled));
            DoubleVector count = floor.blend(zero, magnitude.compare(LT, UNREDUCED));
            DoubleVector k = count.blend(count.neg(), v.compare(LT, 0));
            k.intoArray(multiple, i);
            v.sub(k.mul(LN2_HIGH)).intoArray(high, i);
        }
        for (int i = 0; i < end; i += LANES) {
            DoubleVector r = DoubleVector.fromArray(SPECIES, high, i)
                    .sub(DoubleVector.fromArray(SPECIES, multiple, i).mul(LN2_LOW));
            DoubleVector t = r.mul(r);
            DoubleVector p =
                    t.mul(P5).add(P4).mul(t).add(P3).mul(t).add(P2).mul(t).add(P1);
            r.sub(t.mul(p)).intoArray(out, i);
        }
        for (int i = 0; i < end; i += LANES) {
            DoubleVector k = DoubleVector.fromArray(SPECIES, multiple, i);
            DoubleVector h = DoubleVector.fromArray(SPECIES, high, i);
            DoubleVector c = DoubleVector.fromArray(SPECIES, out, i);
            DoubleVector low = k.mul(LN2_LOW);
            DoubleVector quotient =
                    h.sub(low).mul(c).div(DoubleVector.broadcast(SPECIES, 2).sub(c));
            DoubleVector some = zero.blend(
                    quotient, DoubleVector.fromArray(SPECIES, x, i).abs().compare(GE, TINY));
            DoubleVector y =
                    DoubleVector.broadcast(SPECIES, 1).sub(low.sub(some).sub(h));
            y.reinterpretAsLongs()
                    .add(k.add(INTEGER).reinterpretAsLongs().lanewise(LSHL, EXPONENT_SHIFT))
                    .reinterpretAsDoubles()
                    .intoArray(out, i);
        }
        for (int i = end; i < n; i++) {
            out[i] = of(x[i]);
        }
    }
}
