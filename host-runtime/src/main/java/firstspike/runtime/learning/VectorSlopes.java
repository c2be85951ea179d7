package firstspike.runtime.learning;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Errors, spikes and slopes of the neurons of a layer for one sample, a vector at a time; a neuron that takes no part has error 0.
 * Mutable scratch of one owner thread.
 */
final class VectorSlopes {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** dL/dT, 0 where a neuron takes no part. */
    final double[] error;
    /** Spike time. */
    final double[] spike;
    /** Sums of the causal inputs, set by the caller. */
    final double[] a;

    final double[] b;
    /** -1/(a (1 + W0)), by which all derivatives of a neuron are multiplied. */
    final double[] factor;

    private final NearBranch near;
    private final int padded;
    private final double drive;
    private final double minSlope;
    private final GradientTally tally;
    private final Exponential powers;
    private final double[] ratio;
    private final double[] power;
    private final double[] slope;

    VectorSlopes(int padded, double drive, double minSlope, GradientTally tally) {
        this.padded = padded;
        this.drive = drive;
        this.minSlope = minSlope;
        this.tally = tally;
        powers = new VectorExponential(padded);
        near = new NearBranch(padded);
        error = new double[padded];
        spike = new double[padded];
        a = new double[padded];
        b = new double[padded];
        factor = new double[padded];
        ratio = new double[padded];
        power = new double[padded];
        slope = new double[padded];
    }

    /**
     * Takes errors and spikes of the neurons that take part.
     *
     * @param somewhere a time for the others
     * @return whether one does
     */
    boolean select(double[] out, int from, double[] errors, int size, double somewhere) {
        System.arraycopy(out, from, spike, 0, size);
        System.arraycopy(errors, 0, error, 0, size);
        Arrays.fill(error, size, padded, 0);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        boolean any = false;
        for (int n = 0; n < padded; n += LANES) {
            DoubleVector e = DoubleVector.fromArray(SPECIES, error, n);
            DoubleVector t = DoubleVector.fromArray(SPECIES, spike, n);
            VectorMask<Double> bad = e.compare(NE, e);
            if (bad.anyTrue()) {
                tally.nonfinite += bad.trueCount();
            }
            VectorMask<Double> part = bad.not().and(e.compare(NE, 0)).and(t.compare(LT, Double.POSITIVE_INFINITY));
            zero.blend(e, part).intoArray(error, n);
            DoubleVector.broadcast(SPECIES, somewhere).blend(t, part).intoArray(spike, n);
            any |= part.anyTrue();
        }
        return any;
    }

    /** The slopes 1 + W0(z) of all sums, and the factors. */
    void solve() {
        for (int n = 0; n < padded; n += LANES) {
            DoubleVector r = DoubleVector.fromArray(SPECIES, b, n).div(DoubleVector.fromArray(SPECIES, a, n));
            r.intoArray(ratio, n);
            r.add(1).intoArray(slope, n);
        }
        powers.of(slope, padded, power);
        DoubleVector threshold = DoubleVector.broadcast(SPECIES, drive);
        for (int n = 0; n < padded; n += LANES) {
            DoubleVector.fromArray(SPECIES, power, n)
                    .mul(threshold.div(DoubleVector.fromArray(SPECIES, a, n)))
                    .intoArray(power, n);
        }
        VectorLambertW.onePlus(power, padded, slope);
        settleNear();
        for (int n = 0; n < padded; n += LANES) {
            judge(n);
        }
    }

    /** Slopes near the branch point, and those of sums that give no crossing. */
    private void settleNear() {
        near.count = 0;
        for (int n = 0; n < padded; n += LANES) {
            VectorMask<Double> far = DoubleVector.fromArray(SPECIES, a, n)
                    .compare(GT, 0)
                    .and(DoubleVector.fromArray(SPECIES, power, n).compare(LT, LambertW.STEEP))
                    .and(DoubleVector.fromArray(SPECIES, ratio, n).add(1).abs().compare(LT, Exponential.LIMIT));
            if (far.not()
                    .and(DoubleVector.fromArray(SPECIES, error, n).compare(NE, 0))
                    .anyTrue()) {
                for (int lane = n; lane < n + LANES; lane++) {
                    if (error[lane] != 0 && !LambertW.isFar(a[lane], ratio[lane], power[lane])) {
                        near.add(lane, a[lane], ratio[lane]);
                    }
                }
            }
        }
        near.solve(drive);
        for (int i = 0; i < near.count; i++) {
            int n = near.neuron[i];
            boolean solved = a[n] > 0 && power[n] >= LambertW.STEEP && near.value[i] >= 0;
            slope[n] = solved ? near.value[i] : EqualDerivative.slope(a[n], ratio[n], drive);
        }
    }

    /** Steep and flat slopes, and the factors of a vector. */
    private void judge(int n) {
        DoubleVector sum = DoubleVector.fromArray(SPECIES, a, n);
        DoubleVector e = DoubleVector.fromArray(SPECIES, error, n);
        VectorMask<Double> part = e.compare(NE, 0);
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        DoubleVector own = DoubleVector.fromArray(SPECIES, slope, n);
        part = part.and(own.compare(EQ, own));
        VectorMask<Double> low = part.and(own.compare(LT, minSlope));
        if (low.anyTrue()) {
            tally.floored += low.trueCount();
            own = own.blend(minSlope, low);
        }
        VectorMask<Double> flat = part.and(own.compare(EQ, 0));
        if (flat.anyTrue()) {
            tally.flat += flat.trueCount();
            part = part.and(flat.not());
        }
        DoubleVector.zero(SPECIES).blend(e, part).intoArray(error, n);
        sum = one.blend(sum, part);
        own = one.blend(own, part);
        one.neg().div(sum.mul(own)).intoArray(factor, n);
    }
}
