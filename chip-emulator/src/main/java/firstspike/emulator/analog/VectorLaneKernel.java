package firstspike.emulator.analog;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel of vectors, for processors with at least four doubles in one; the only class here that names the Vector API, so
 * it may be loaded only where {@link LaneKernels} found that module.
 *
 * <p>Loops are small, call nothing but the Vector API on the way that is taken often, and keep no vector in a variable over a
 * branch: else the compiler of Java 17 makes objects of vectors, and a loop takes ten times as long.
 */
final class VectorLaneKernel implements LaneKernel {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();
    private static final double LEAST_SLOPE = 1e-300;
    private static final double HALF_TICKS_PER_S = SpikeBounds.EARLIER / Kinetics.HALF_TICK_S;
    /** Up to this current in units of the full scale the rational compression lies below 1/r, which then needs no division. */
    private static final double SURELY_RATIONAL = 2.0;

    private final double[] scratch = new double[LANES];

    @Override
    public LaneKernel copy() {
        return new VectorLaneKernel();
    }

    @Override
    public boolean suits() {
        return LANES >= 4 && LANES <= BLOCK;
    }

    @Override
    public void moveAlike(LaneColumns at, LaneRows pulses, double membrane, double decay, double response, int n) {
        double[] u = at.u;
        double[] a = at.c[0];
        double[] b = at.c[1];
        double[] c = at.c[2];
        double[] d = at.c[3];
        double[] pulseA = pulses.column(0);
        double[] pulseB = pulses.column(1);
        double[] pulseC = pulses.column(2);
        double[] pulseD = pulses.column(3);
        double[] moving = pulses.moving;
        double[] together = at.together;
        double[] gate = at.gate;
        double high = at.lowestHigh;
        double low = at.highestLow;
        for (int j = 0; j < n; j += LANES) {
            VectorMask<Double> moves =
                    fromArray(S, moving, j).mul(fromArray(S, together, j)).compare(GT, 0);
            DoubleVector uj = fromArray(S, u, j);
            DoubleVector aj = fromArray(S, a, j);
            DoubleVector bj = fromArray(S, b, j);
            DoubleVector cj = fromArray(S, c, j);
            DoubleVector dj = fromArray(S, d, j);
            DoubleVector x = uj.mul(membrane)
                    .add(aj.mul(response))
                    .add(bj.mul(response))
                    .add(cj.mul(response))
                    .add(dj.mul(response));
            uj.blend(x.mul(fromArray(S, gate, j)), moves).intoArray(u, j);
            aj.blend(aj.mul(decay).add(fromArray(S, pulseA, j)), moves).intoArray(a, j);
            bj.blend(bj.mul(decay).add(fromArray(S, pulseB, j)), moves).intoArray(b, j);
            cj.blend(cj.mul(decay).add(fromArray(S, pulseC, j)), moves).intoArray(c, j);
            dj.blend(dj.mul(decay).add(fromArray(S, pulseD, j)), moves).intoArray(d, j);
            if (x.compare(GT, high).or(x.compare(LT, low)).anyTrue()) {
                clip(at, j);
            }
        }
        boundAlike(at, moving, n);
    }

    /** Bounds places of which all have the same time constants. */
    private static void boundAlike(LaneColumns at, double[] moving, int n) {
        double[] together = at.together;
        double[] u = at.u;
        double[] a = at.c[0];
        double[] b = at.c[1];
        double[] c = at.c[2];
        double[] d = at.c[3];
        double[] y = at.y;
        double[] theta = at.theta;
        double[] gate = at.gate;
        double[] shift = at.shift;
        double peak = at.alikePeak;
        double chord = at.alikeChord;
        double inverseC = at.alikeInverseC;
        double inverseTau = at.alikeInverseTau;
        for (int j = 0; j < n; j += LANES) {
            VectorMask<Double> moves =
                    fromArray(S, moving, j).mul(fromArray(S, together, j)).compare(GT, 0);
            DoubleVector uj = fromArray(S, u, j);
            DoubleVector gj = fromArray(S, gate, j);
            DoubleVector net = fromArray(S, a, j)
                    .add(fromArray(S, c, j))
                    .add(fromArray(S, b, j).add(fromArray(S, d, j)));
            DoubleVector lifting = net.blend(0.0, net.compare(LT, 0.0));
            DoubleVector up = uj.blend(0.0, uj.compare(LT, 0.0));
            DoubleVector missing = fromArray(S, theta, j).sub(uj);
            DoubleVector slack = lifting.mul(peak).add(up.mul(gj.mul(chord))).sub(fromArray(S, theta, j));
            VectorMask<Double> may =
                    slack.compare(GE, 0.0).or(missing.compare(LE, 0.0)).and(moves);
            DoubleVector never = fromArray(S, y, j).blend(Double.POSITIVE_INFINITY, moves);
            never.intoArray(y, j);
            if (may.anyTrue()) {
                DoubleVector slope = lifting.mul(inverseC).sub(uj.mul(gj.mul(inverseTau)));
                DoubleVector rise = slope.blend(LEAST_SLOPE, slope.compare(LT, LEAST_SLOPE));
                DoubleVector time =
                        missing.blend(0.0, missing.compare(LT, 0.0)).div(rise).add(fromArray(S, shift, j));
                never.blend(time.blend(0.0, time.compare(LT, 0.0)).mul(HALF_TICKS_PER_S), may)
                        .intoArray(y, j);
            }
        }
    }

    @Override
    public void moveEach(
            LaneColumns at, LaneRows pulses, double[] membrane, double[][] decay, double[][] response, int n) {
        move(at, pulses, membrane, response, n);
        for (int k = 0; k < LaneColumns.LINES; k++) {
            decay(at, at.c[k], decay[k], pulses.column(k), pulses.moving, n);
        }
        bound(at, pulses.moving, n);
    }

    @Override
    public void moveSaturating(
            LaneColumns at, LaneRows pulses, double[] membrane, double[][] decay, double[][] response, int n) {
        moveCompressed(at, pulses, membrane, response, n);
        for (int k = 0; k < LaneColumns.LINES; k++) {
            if (pulses.increment[k] == null) {
                decay(at, at.c[k], decay[k], pulses.column(k), pulses.moving, n);
            } else {
                saturate(at, k, decay[k], pulses.increment[k], pulses.moving, n);
            }
        }
        boundCompressed(at, pulses.moving, n);
    }

    /** Moves the potentials. */
    private static void move(LaneColumns at, LaneRows pulses, double[] membrane, double[][] response, int n) {
        double[] moving = pulses.moving;
        double[] together = at.together;
        double[] gate = at.gate;
        double[] u = at.u;
        double[] a = at.c[0];
        double[] b = at.c[1];
        double[] c = at.c[2];
        double[] d = at.c[3];
        double[] ra = response[0];
        double[] rb = response[1];
        double[] rc = response[2];
        double[] rd = response[3];
        double high = at.lowestHigh;
        double low = at.highestLow;
        for (int j = 0; j < n; j += LANES) {
            VectorMask<Double> moves =
                    fromArray(S, moving, j).mul(fromArray(S, together, j)).compare(GT, 0);
            DoubleVector uj = fromArray(S, u, j);
            DoubleVector x = uj.mul(fromArray(S, membrane, j))
                    .add(fromArray(S, a, j).mul(fromArray(S, ra, j)))
                    .add(fromArray(S, b, j).mul(fromArray(S, rb, j)))
                    .add(fromArray(S, c, j).mul(fromArray(S, rc, j)))
                    .add(fromArray(S, d, j).mul(fromArray(S, rd, j)));
            uj.blend(x.mul(fromArray(S, gate, j)), moves).intoArray(u, j);
            if (x.compare(GT, high).or(x.compare(LT, low)).anyTrue()) {
                clip(at, j);
            }
        }
    }

    /** Moves the potentials under compressed currents. */
    private static void moveCompressed(LaneColumns at, LaneRows pulses, double[] membrane, double[][] response, int n) {
        double[] moving = pulses.moving;
        double[] together = at.together;
        double[] gate = at.gate;
        double[] u = at.u;
        double[] a = at.c[0];
        double[] b = at.c[1];
        double[] c = at.c[2];
        double[] d = at.c[3];
        double[] fa = at.factor[0];
        double[] fb = at.factor[1];
        double[] fc = at.factor[2];
        double[] fd = at.factor[3];
        double[] ra = response[0];
        double[] rb = response[1];
        double[] rc = response[2];
        double[] rd = response[3];
        double high = at.lowestHigh;
        double low = at.highestLow;
        for (int j = 0; j < n; j += LANES) {
            VectorMask<Double> moves =
                    fromArray(S, moving, j).mul(fromArray(S, together, j)).compare(GT, 0);
            DoubleVector uj = fromArray(S, u, j);
            DoubleVector x = uj.mul(fromArray(S, membrane, j))
                    .add(fromArray(S, fa, j).mul(fromArray(S, a, j)).mul(fromArray(S, ra, j)))
                    .add(fromArray(S, fb, j).mul(fromArray(S, b, j)).mul(fromArray(S, rb, j)))
                    .add(fromArray(S, fc, j).mul(fromArray(S, c, j)).mul(fromArray(S, rc, j)))
                    .add(fromArray(S, fd, j).mul(fromArray(S, d, j)).mul(fromArray(S, rd, j)));
            uj.blend(x.mul(fromArray(S, gate, j)), moves).intoArray(u, j);
            if (x.compare(GT, high).or(x.compare(LT, low)).anyTrue()) {
                clip(at, j);
            }
        }
    }

    /** Keeps potentials of one vector within the rails; those within them stay as they are. */
    private static void clip(LaneColumns at, int j) {
        for (int i = j; i < j + LANES; i++) {
            at.u[i] = ScalarLaneKernel.clip(at, i, at.u[i]);
        }
    }

    /** Moves currents that do not saturate. */
    private static void decay(LaneColumns at, double[] c, double[] decay, double[] pulse, double[] moving, int n) {
        double[] together = at.together;
        for (int j = 0; j < n; j += LANES) {
            VectorMask<Double> moves =
                    fromArray(S, moving, j).mul(fromArray(S, together, j)).compare(GT, 0);
            DoubleVector cj = fromArray(S, c, j);
            cj.blend(cj.mul(fromArray(S, decay, j)).add(fromArray(S, pulse, j)), moves)
                    .intoArray(c, j);
        }
    }

    /** Moves currents that saturate, and sets their compression where a pulse comes. */
    private static void saturate(LaneColumns at, int k, double[] decay, double[] pulse, double[] moving, int n) {
        double[] together = at.together;
        double[] c = at.c[k];
        double[] limit = at.limit[k];
        double[] full = at.full[k];
        double[] sign = at.sign[k];
        double[] factor = at.factor[k];
        for (int j = 0; j < n; j += LANES) {
            DoubleVector going = fromArray(S, moving, j).mul(fromArray(S, together, j));
            VectorMask<Double> moves = going.compare(GT, 0);
            DoubleVector pj = fromArray(S, pulse, j);
            DoubleVector before = fromArray(S, c, j);
            DoubleVector decayed = before.blend(before.mul(fromArray(S, decay, j)), moves);
            decayed.intoArray(c, j);
            VectorMask<Double> hit = going.mul(pj).compare(GT, 0);
            if (hit.anyTrue()) {
                DoubleVector sum = decayed.add(pj);
                DoubleVector lj = fromArray(S, limit, j);
                DoubleVector cj = sum.blend(lj, lj.compare(LT, sum));
                cj.blend(decayed, hit.not()).intoArray(c, j);
                DoubleVector r = cj.div(fromArray(S, full, j));
                DoubleVector q = r.mul(r);
                DoubleVector g = q.add(15.0).div(q.mul(6.0).add(15.0));
                DoubleVector signed =
                        fromArray(S, factor, j).blend(fromArray(S, sign, j).mul(g), hit);
                signed.intoArray(factor, j);
                if (r.compare(GT, SURELY_RATIONAL).and(hit).anyTrue()) {
                    compress(at, k, j, pulse, moving);
                }
            }
        }
    }

    private static void compress(LaneColumns at, int k, int j, double[] pulse, double[] moving) {
        for (int i = j; i < j + LANES; i++) {
            if (moving[i] * at.together[i] * pulse[i] > 0) {
                at.factor[k][i] = at.sign[k][i] * CompressionLaw.g(at.c[k][i] / at.full[k][i]);
            }
        }
    }

    /** Bounds places without compression. */
    private void bound(LaneColumns at, double[] moving, int n) {
        for (int j = 0; j < n; j++) {
            if (moving[j] * at.together[j] > 0) {
                ScalarLaneKernel.bound(at, j, at.c[0][j] + at.c[2][j], at.c[1][j] + at.c[3][j]);
            }
        }
    }

    /** Bounds places with compressed currents. */
    private static void boundCompressed(LaneColumns at, double[] moving, int n) {
        double[] together = at.together;
        double[] u = at.u;
        double[] a = at.c[0];
        double[] b = at.c[1];
        double[] c = at.c[2];
        double[] d = at.c[3];
        double[] fa = at.factor[0];
        double[] fb = at.factor[1];
        double[] fc = at.factor[2];
        double[] fd = at.factor[3];
        double[] y = at.y;
        double[] theta = at.theta;
        double[] excess = at.excess;
        double[] peak = at.peak;
        double[] chord = at.chord;
        double[] inverseC = at.inverseC;
        double[] inverseTau = at.inverseTau;
        double[] shift = at.shift;
        double[] tail = at.tail;
        double[] tailU = at.tailU;
        double[] horizon = at.horizon;
        for (int j = 0; j < n; j += LANES) {
            VectorMask<Double> moves =
                    fromArray(S, moving, j).mul(fromArray(S, together, j)).compare(GT, 0);
            DoubleVector uj = fromArray(S, u, j);
            DoubleVector excitation = fromArray(S, fa, j)
                    .mul(fromArray(S, a, j))
                    .add(fromArray(S, fc, j).mul(fromArray(S, c, j)));
            DoubleVector inhibition = fromArray(S, fb, j)
                    .mul(fromArray(S, b, j))
                    .add(fromArray(S, fd, j).mul(fromArray(S, d, j)));
            DoubleVector net = excitation.mul(fromArray(S, excess, j)).add(inhibition);
            DoubleVector lifting = net.blend(0.0, net.compare(LT, 0.0));
            DoubleVector up = uj.blend(0.0, uj.compare(LT, 0.0));
            DoubleVector tj = fromArray(S, theta, j);
            DoubleVector missing = tj.sub(uj);
            DoubleVector slack = lifting.mul(fromArray(S, peak, j))
                    .add(up.mul(fromArray(S, chord, j)))
                    .sub(tj);
            VectorMask<Double> may =
                    slack.compare(GE, 0.0).or(missing.compare(LE, 0.0)).and(moves);
            DoubleVector never = fromArray(S, y, j).blend(Double.POSITIVE_INFINITY, moves);
            never.intoArray(y, j);
            if (may.anyTrue()) {
                DoubleVector slope = lifting.mul(fromArray(S, inverseC, j)).sub(uj.mul(fromArray(S, inverseTau, j)));
                DoubleVector rise = slope.blend(LEAST_SLOPE, slope.compare(LT, LEAST_SLOPE));
                DoubleVector time =
                        missing.blend(0.0, missing.compare(LT, 0.0)).div(rise).add(fromArray(S, shift, j));
                never.blend(time.blend(0.0, time.compare(LT, 0.0)).mul(HALF_TICKS_PER_S), may)
                        .intoArray(y, j);
            }
            DoubleVector later = tj.sub(excitation.mul(fromArray(S, tail, j))).sub(up.mul(fromArray(S, tailU, j)));
            VectorMask<Double> near = later.compare(LE, 0.0).and(moves);
            if (near.anyTrue()) {
                DoubleVector hj = fromArray(S, horizon, j);
                DoubleVector yj = fromArray(S, y, j);
                yj.blend(hj, hj.compare(LT, yj).and(near)).intoArray(y, j);
            }
        }
    }

    @Override
    public int earliest(double[] y, int n) {
        DoubleVector least = DoubleVector.broadcast(S, NEVER);
        for (int j = 0; j < n; j += LANES) {
            DoubleVector next = fromArray(S, y, j);
            least = least.blend(next, next.compare(LT, least));
        }
        least.intoArray(scratch, 0);
        double smallest = scratch[0];
        for (int i = 1; i < LANES; i++) {
            smallest = Math.min(smallest, scratch[i]);
        }
        if (!(smallest < NEVER)) {
            return -1;
        }
        for (int j = 0; ; j++) {
            if (y[j] == smallest) {
                return j;
            }
        }
    }
}
