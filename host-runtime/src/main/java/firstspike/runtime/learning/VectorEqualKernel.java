package firstspike.runtime.learning;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link EqualKernel} with a vector of neurons at a time, its sums in registers; the same operations in the same order, so the same
 * bits. A neuron whose interval is found is parked at sums of minus and plus infinity, whose comparisons are all false. Crossings
 * near the branch point, and those that turn out to be none, are left to {@link EqualSample#settle}.
 */
final class VectorEqualKernel implements FirstSpikeKernel {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Up to so many inputs all is done for each of them; among more an input that a neuron may cross after is rare. */
    private static final int FEW = 16;

    private final EqualSample sample;
    private final GeneralKernel wideKernel;
    private final Exponential powers;
    private final NearBranch near;
    private boolean wide;

    /** By neuron: input before the crossing, bounds of its time, sums, and what follows from them. */
    private final double[] inputOf;

    private final double[] rise;
    private final double[] earliest;
    private final double[] latest;
    private final double[] aOf;
    private final double[] bOf;
    private final double[] ratio;
    private final double[] exponent;
    private final double[] power;
    private final double[] time;
    /** Not 0 where a crossing is left to the search by itself. */
    private final double[] left;

    private double[] single = new double[0];

    VectorEqualKernel(NeuronConstants neuron, int rows, int neurons) {
        int padded = (neurons + LANES - 1) / LANES * LANES;
        powers = new VectorExponential(Math.max(rows, padded));
        sample = new EqualSample(neuron, rows, powers);
        wideKernel = new GeneralKernel(neuron, rows);
        near = new NearBranch(neurons);
        inputOf = new double[padded];
        earliest = new double[padded];
        latest = new double[padded];
        aOf = new double[padded];
        bOf = new double[padded];
        ratio = new double[padded];
        exponent = new double[padded];
        power = new double[padded];
        rise = new double[padded];
        time = new double[padded];
        left = new double[padded];
    }

    @Override
    public Kind kind() {
        return Kind.EQUAL;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void prepare(SortedInputs sorted) {
        wide = !sample.prepare(sorted);
        if (wide) {
            wideKernel.prepare(sorted);
        }
    }

    @Override
    public void solve(double[] weights, int offset, int rows, double[] times, int to, int neurons) {
        if (wide) {
            solveWide(weights, offset, rows, times, to, neurons);
            return;
        }
        int padded = (neurons + LANES - 1) / LANES * LANES;
        boolean few = sample.inputs.count <= FEW;
        for (int n = 0; n < padded; n += LANES) {
            if (few) {
                searchFew(weights, offset + n * rows, n);
            } else {
                searchMany(weights, offset + n * rows, n);
            }
        }
        solveCrossings(padded);
        boolean some = false;
        for (int n = 0; n < padded; n += LANES) {
            some |= finish(n);
        }
        if (some) {
            settleLeft(weights, offset, rows, neurons);
        }
        System.arraycopy(time, 0, times, to, neurons);
    }

    /** Crossings near the branch point, and the few that turn out to be none. */
    private void settleLeft(double[] weights, int offset, int rows, int neurons) {
        near.count = 0;
        for (int n = 0; n < neurons; n++) {
            if (left[n] != 0) {
                near.add(n, aOf[n], ratio[n]);
            }
        }
        near.solve(sample.drive);
        for (int i = 0; i < near.count; i++) {
            int n = near.neuron[i];
            int k = (int) inputOf[n];
            if (aOf[n] > 0 && power[n] >= LambertW.STEEP && near.value[i] >= 0) {
                time[n] = sample.time(k, ratio[n], near.value[i]);
            } else {
                sample.a = aOf[n];
                sample.b = bOf[n];
                int lane = n % LANES;
                time[n] = sample.settle(weights, offset + (n - lane) * rows + lane, LANES, k);
            }
        }
    }

    /** Finds the interval of a vector of neurons whose weights begin at an index, and notes it for the neurons from n on. */
    private void searchFew(double[] weights, int from, int n) {
        int[] row = sample.inputs.row;
        double[] inputTime = sample.inputs.time;
        double[] s = sample.s;
        double[] e = sample.e;
        double[] se = sample.se;
        double[] ce = sample.ce;
        int last = sample.inputs.count - 1;
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = a;
        DoubleVector aAt = DoubleVector.broadcast(SPECIES, 1);
        DoubleVector bAt = a;
        DoubleVector at = DoubleVector.broadcast(SPECIES, EqualSample.NONE);
        DoubleVector low = a;
        DoubleVector high = a;
        for (int k = 0; k < last; k++) {
            DoubleVector w = DoubleVector.fromArray(SPECIES, weights, from + row[k] * LANES);
            a = a.add(w.mul(e[k]));
            b = b.add(w.mul(se[k]));
            double end = s[k + 1];
            double length = end - s[k];
            // an interval of no length has no end
            double level = length == 0 ? Double.POSITIVE_INFINITY : ce[k + 1];
            DoubleVector f = a.mul(end).sub(b).sub(level);
            DoubleVector slack = DoubleVector.broadcast(SPECIES, ce[k + 1]).sub(a);
            VectorMask<Double> found = f.add(slack.abs().mul(length))
                    .compare(GE, 0)
                    .and(f.compare(GE, 0).or(slack.compare(GT, 0).and(a.compare(GT, ce[k]))))
                    .and(at.compare(LT, 0));
            aAt = aAt.blend(a, found);
            bAt = bAt.blend(b, found);
            at = at.blend(k, found);
            low = low.blend(inputTime[k], found);
            high = high.blend(inputTime[k + 1], found);
        }
        if (last >= 0) {
            DoubleVector w = DoubleVector.fromArray(SPECIES, weights, from + row[last] * LANES);
            a = a.add(w.mul(e[last]));
            b = b.add(w.mul(se[last]));
            VectorMask<Double> found = a.compare(GT, ce[last]).and(at.compare(LT, 0));
            aAt = aAt.blend(a, found);
            bAt = bAt.blend(b, found);
            at = at.blend(last, found);
            low = low.blend(inputTime[last], found);
            high = high.blend(Double.POSITIVE_INFINITY, found);
        }
        aAt.intoArray(aOf, n);
        bAt.intoArray(bOf, n);
        at.intoArray(inputOf, n);
        low.intoArray(earliest, n);
        high.intoArray(latest, n);
    }

    /** The same, looking closer only after inputs that a bound does not clear. */
    private void searchMany(double[] weights, int from, int n) {
        int[] row = sample.inputs.row;
        double[] inputTime = sample.inputs.time;
        double[] s = sample.s;
        double[] e = sample.e;
        double[] se = sample.se;
        double[] ce = sample.ce;
        int last = sample.inputs.count - 1;
        DoubleVector parked = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
        DoubleVector a = DoubleVector.zero(SPECIES);
        DoubleVector b = a;
        DoubleVector.broadcast(SPECIES, EqualSample.NONE).intoArray(inputOf, n);
        DoubleVector.broadcast(SPECIES, 1).intoArray(aOf, n);
        b.intoArray(bOf, n);
        for (int k = 0; k < last; k++) {
            DoubleVector w = DoubleVector.fromArray(SPECIES, weights, from + row[k] * LANES);
            a = a.add(w.mul(e[k]));
            b = b.add(w.mul(se[k]));
            double end = s[k + 1];
            double length = end - s[k];
            if (length == 0) {
                continue;
            }
            DoubleVector f = a.mul(end).sub(b).sub(ce[k + 1]);
            DoubleVector slack = DoubleVector.broadcast(SPECIES, ce[k + 1]).sub(a);
            VectorMask<Double> pass = f.add(slack.abs().mul(length)).compare(GE, 0);
            if (pass.anyTrue()) {
                VectorMask<Double> found =
                        pass.and(f.compare(GE, 0).or(slack.compare(GT, 0).and(a.compare(GT, ce[k]))));
                note(n, a, b, k, inputTime[k], inputTime[k + 1], found);
                a = a.blend(parked, found);
                b = b.blend(parked.neg(), found);
                if (!a.compare(GT, parked).anyTrue()) {
                    return;
                }
            }
        }
        DoubleVector w = DoubleVector.fromArray(SPECIES, weights, from + row[last] * LANES);
        a = a.add(w.mul(e[last]));
        b = b.add(w.mul(se[last]));
        note(n, a, b, last, inputTime[last], Double.POSITIVE_INFINITY, a.compare(GT, ce[last]));
    }

    /** In arrays: the compiler keeps vectors that a rare branch changes in memory of their own. */
    private void note(int n, DoubleVector a, DoubleVector b, int k, double low, double high, VectorMask<Double> found) {
        DoubleVector.fromArray(SPECIES, aOf, n).blend(a, found).intoArray(aOf, n);
        DoubleVector.fromArray(SPECIES, bOf, n).blend(b, found).intoArray(bOf, n);
        DoubleVector.fromArray(SPECIES, inputOf, n).blend(k, found).intoArray(inputOf, n);
        DoubleVector.fromArray(SPECIES, earliest, n).blend(low, found).intoArray(earliest, n);
        DoubleVector.fromArray(SPECIES, latest, n).blend(high, found).intoArray(latest, n);
    }

    /** 1 + W0 of all crossings; short loops, so that the chains of several vectors overlap. */
    private void solveCrossings(int padded) {
        for (int n = 0; n < padded; n += LANES) {
            DoubleVector r = DoubleVector.fromArray(SPECIES, bOf, n).div(DoubleVector.fromArray(SPECIES, aOf, n));
            r.intoArray(ratio, n);
            r.add(1).intoArray(exponent, n);
        }
        powers.of(exponent, padded, power);
        DoubleVector drive = DoubleVector.broadcast(SPECIES, sample.drive);
        for (int n = 0; n < padded; n += LANES) {
            DoubleVector.fromArray(SPECIES, power, n)
                    .mul(drive.div(DoubleVector.fromArray(SPECIES, aOf, n)))
                    .intoArray(power, n);
        }
        VectorLambertW.onePlus(power, padded, rise);
    }

    /**
     * The times of a vector of crossings.
     *
     * @return whether one of them is left
     */
    private boolean finish(int n) {
        DoubleVector a = DoubleVector.fromArray(SPECIES, aOf, n);
        DoubleVector steepness = DoubleVector.fromArray(SPECIES, power, n);
        DoubleVector r = DoubleVector.fromArray(SPECIES, ratio, n);
        DoubleVector at = DoubleVector.fromArray(SPECIES, inputOf, n);
        VectorMask<Double> sound = a.compare(GT, 0)
                .and(DoubleVector.fromArray(SPECIES, exponent, n).abs().compare(LT, Exponential.LIMIT));
        VectorMask<Double> far = sound.and(steepness.compare(LT, LambertW.STEEP));
        DoubleVector infinite = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
        DoubleVector solved = r.add(1)
                .sub(DoubleVector.fromArray(SPECIES, rise, n))
                .mul(sample.tau)
                .add(sample.inputs.count > 0 ? sample.inputs.time[0] : 0)
                .max(DoubleVector.fromArray(SPECIES, earliest, n))
                .min(DoubleVector.fromArray(SPECIES, latest, n));
        VectorMask<Double> crossing = at.compare(GE, 0);
        infinite.blend(solved, far.and(crossing)).intoArray(time, n);
        // behind the last input there is nothing to search
        VectorMask<Double> never =
                at.compare(EQ, sample.inputs.count - 1).and(sound.and(steepness.compare(GT, LambertW.BELOW)));
        VectorMask<Double> open = crossing.and(far.or(never).not());
        DoubleVector.zero(SPECIES).blend(1, open).intoArray(left, n);
        return open.anyTrue();
    }

    /** Samples of tens of time constants are rare: their weights are brought into the order of the other kernel each time. */
    private void solveWide(double[] weights, int offset, int rows, double[] times, int to, int neurons) {
        if (single.length < rows) {
            single = new double[rows];
        }
        for (int n = 0; n < neurons; n++) {
            int lane = n % LANES;
            for (int row = 0; row < rows; row++) {
                single[row] = weights[offset + (n - lane) * rows + row * LANES + lane];
            }
            wideKernel.solve(single, 0, rows, times, to + n, 1);
        }
    }
}
