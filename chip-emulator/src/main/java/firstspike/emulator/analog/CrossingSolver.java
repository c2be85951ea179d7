package firstspike.emulator.analog;

/**
 * The next upward threshold crossing of a membrane between two instants (analog.md 9, inloop.md 5): exact, for any number
 * of synaptic currents with time constants of their own. Scratch arrays inside: one owner thread.
 *
 * <p>Membrane: U(s) = U0 e^(-s/tm) + Σ J_k K_k(s), measured from the resting potential, J = current over capacitance,
 * threshold θ measured likewise. Usage: {@link #begin}, {@link #add} per current, {@link #solve}, {@link #slope}.
 */
final class CrossingSolver {
    private static final double SMALL = 1e-8;
    private static final double FINEST_S = 1e-15;
    private static final int MOST_ITERATIONS = 100;
    private static final int DIRECT_ITERATIONS = 8;
    /** Newton converges quadratically: after a step this small relative to s the rest is below 1 ulp. */
    private static final double CONVERGED = 1e-10;

    private final double horizonTaus;
    private final double[] tau;
    private final double[] j;
    private final double[] inverseTau;
    private final double[] difference;
    private final double[] rate;
    private final double[] coefficient;
    /** By number of terms: what {@link #zeros} works on, made when first needed. */
    private final Terms[] terms;

    private int currents;
    private double u0;
    private double potentialNow;
    private double slopeNow;
    private double bendNow;
    private double rootSlope;
    private double tauM;
    private double inverseTauM;

    CrossingSolver(double horizonTaus, int mostCurrents) {
        this.horizonTaus = horizonTaus;
        tau = new double[mostCurrents];
        j = new double[mostCurrents];
        inverseTau = new double[mostCurrents];
        difference = new double[mostCurrents];
        rate = new double[mostCurrents];
        coefficient = new double[mostCurrents];
        terms = new Terms[mostCurrents + 1];
    }

    /** Coefficients and rates of a sum, and the zeros of one with as many terms. */
    private record Terms(double[] c, double[] lambda, double[] zeros) {
        Terms(int count) {
            this(new double[count], new double[count], new double[2 * count + 2]);
        }
    }

    private Terms terms(int count) {
        if (terms[count] == null) {
            terms[count] = new Terms(count);
        }
        return terms[count];
    }

    /** Starts a new membrane: potential from rest, membrane time constant in seconds. */
    void begin(double u, double membraneTau) {
        u0 = u;
        tauM = membraneTau;
        inverseTauM = 1 / membraneTau;
        currents = 0;
    }

    /** Adds a current over capacitance in V/s with its time constant; equal time constants join. */
    void add(double currentOverC, double synapticTau) {
        if (currentOverC == 0) {
            return;
        }
        for (int k = 0; k < currents; k++) {
            if (tau[k] == synapticTau) {
                j[k] += currentOverC;
                return;
            }
        }
        tau[currents] = synapticTau;
        inverseTau[currents] = 1 / synapticTau;
        difference[currents] = -Math.abs(1 / synapticTau - inverseTauM);
        j[currents++] = currentOverC;
    }

    /** Potential from rest after s seconds. */
    double potential(double s) {
        double u = u0 * Kinetics.decay(s, tauM);
        for (int k = 0; k < currents; k++) {
            u += j[k] * Kinetics.rise(s, tauM, tau[k]);
        }
        return u;
    }

    /** Slope dU/ds in V/s after s seconds. */
    double slope(double s) {
        double net = 0;
        for (int k = 0; k < currents; k++) {
            net += j[k] * Kinetics.decay(s, tau[k]);
        }
        return net - potential(s) / tauM;
    }

    /**
     * Seconds until U first rises through theta, at most {@code until}; NaN if it does not. U0 is below theta.
     */
    double solve(double theta, double until) {
        if (currents == 0) {
            double s = theta < 0 && u0 < theta ? tauM * StrictMath.log(u0 / theta) : Double.NaN;
            rootSlope = -theta / tauM;
            return s <= until ? s : Double.NaN;
        }
        double direct = risingRoot(theta);
        if (direct > 0) {
            return direct <= until ? direct : Double.NaN;
        }
        if (currents == 1 && theta > 0) {
            return solveSingle(theta, until);
        }
        return solveGeneral(theta, until);
    }

    /** Slope in V/s at the crossing that {@link #solve} found last. */
    double rootSlope() {
        return rootSlope;
    }

    /**
     * The crossing by Newton's method alone, NaN where it does not prove itself. With at most two currents the slope scaled by
     * e^(s/tm) is monotone up to its turning point, so a slope above 0 both at the start and at a root before that point is
     * above 0 between them: the root is the first crossing. This settles nearly every case without a search for the maximum.
     */
    private double risingRoot(double theta) {
        double startSlope = -u0 * inverseTauM;
        for (int k = 0; k < currents; k++) {
            startSlope += j[k];
        }
        if (!(startSlope > 0)) {
            return Double.NaN;
        }
        double s = firstGuess(theta, startSlope);
        for (int i = 0; i < DIRECT_ITERATIONS && s > 0; i++) {
            evaluate(s);
            if (!(slopeNow > 0)) {
                return Double.NaN;
            }
            double newton = (potentialNow - theta) / slopeNow;
            s -= newton;
            if (s < Double.POSITIVE_INFINITY && Math.abs(newton) <= CONVERGED * s) {
                rootSlope = slopeNow;
                boolean proved = currents <= 2 ? s <= turningPoint() : risesUpTo(s, theta);
                return proved ? s : Double.NaN;
            }
        }
        return Double.NaN;
    }

    /**
     * Whether the membrane rises from the start to s wherever it stands below theta: excitation is at least what it is at s,
     * inhibition at most what it is at the start, and the leak at most that at theta. Then a root there is the first one.
     */
    private boolean risesUpTo(double s, double theta) {
        double least = -Math.max(theta, 0) * inverseTauM;
        for (int k = 0; k < currents; k++) {
            least += j[k] > 0 ? j[k] * Kinetics.decay(s, tau[k]) : j[k];
        }
        return least > 0;
    }

    /** Where the scaled slope of at most two currents turns, infinity where it is monotone. */
    private double turningPoint() {
        if (currents < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double s = StrictMath.log(-(j[0] / tau[0]) / (j[1] / tau[1])) / (1 / tau[0] - 1 / tau[1]);
        return s > 0 ? s : Double.POSITIVE_INFINITY;
    }

    /** Potential, slope and its derivative after s seconds, with the exponentials that they share computed once. */
    private void evaluate(double s) {
        double membrane = Kinetics.decay(s, tauM);
        double u = u0 * membrane;
        double net = 0;
        double bend = 0;
        for (int k = 0; k < currents; k++) {
            double line = Kinetics.decay(s, tau[k]);
            double slower = tau[k] > tauM ? line : membrane;
            u += j[k] * (s * slower * Kinetics.phi(difference[k] * s));
            net += j[k] * line;
            bend -= j[k] * line * inverseTau[k];
        }
        potentialNow = u;
        slopeNow = net - u * inverseTauM;
        bendNow = bend - slopeNow * inverseTauM;
    }

    private double solveSingle(double theta, double until) {
        double tauS = tau[0];
        double jj = j[0];
        if (jj * tauM <= u0) {
            return Double.NaN;
        }
        double delta = 1 / tauS - 1 / tauM;
        double den = u0 * delta + jj;
        double peak = Double.POSITIVE_INFINITY;
        if (den > 0) {
            double y = (jj * tauM - u0) / den;
            double x = delta * y;
            if (Math.abs(x) < SMALL) {
                peak = y * (1 - x / 2);
            } else if (x > -1) {
                peak = y * (StrictMath.log1p(x) / x);
            }
        }
        double end = Math.min(peak, until);
        if (Double.isInfinite(end) || !(potential(end) >= theta)) {
            return Double.NaN;
        }
        return root(theta, 0, end);
    }

    private double solveGeneral(double theta, double until) {
        double longest = tauM;
        for (int k = 0; k < currents; k++) {
            longest = Math.max(longest, tau[k]);
        }
        double horizon = Math.min(until, horizonTaus * longest);
        for (int k = 0; k < currents; k++) {
            rate[k] = 1 / tau[k];
            coefficient[k] = -j[k] / tau[k];
        }
        double[] turning = terms(currents).zeros;
        int turnings = zeros(coefficient, rate, currents, horizon, turning);
        double from = 0;
        double low = u0;
        evaluate(0);
        double slopeFrom = slopeNow;
        for (int k = 0; k <= turnings; k++) {
            double to = k < turnings ? turning[k] : horizon;
            evaluate(to);
            double slopeTo = slopeNow;
            double atTo = potentialNow;
            // the slope has at most one zero between two turning points of its scaled form
            if (slopeFrom != 0 && slopeTo != 0 && slopeFrom > 0 != slopeTo > 0) {
                double extremum = slopeZero(from, to, slopeFrom > 0);
                double high = potential(extremum);
                if (low < theta && high >= theta) {
                    return root(theta, from, extremum);
                }
                from = extremum;
                low = high;
            }
            double high = atTo;
            if (low < theta && high >= theta) {
                return root(theta, from, to);
            }
            from = to;
            low = high;
            slopeFrom = slopeTo;
        }
        return Double.NaN;
    }

    /**
     * Zeros of Σ c_k e^(-λ_k s) in (0, end), ascending: scaled by e^(λ_0 s) the sum is monotone between the zeros of its
     * derivative, which is a sum of the same form with one term less.
     */
    private int zeros(double[] c, double[] lambda, int count, double end, double[] out) {
        if (count < 2) {
            return 0;
        }
        if (count == 2) {
            double s = StrictMath.log(-c[0] / c[1]) / (lambda[0] - lambda[1]);
            if (s > 0 && s < end) {
                out[0] = s;
                return 1;
            }
            return 0;
        }
        Terms below = terms(count - 1);
        for (int k = 1; k < count; k++) {
            below.c[k - 1] = c[k] * (lambda[0] - lambda[k]);
            below.lambda[k - 1] = lambda[k];
        }
        double[] inner = below.zeros;
        int inners = zeros(below.c, below.lambda, count - 1, end, inner);
        int found = 0;
        double from = 0;
        double before = scaledSum(c, lambda, count, 0);
        for (int k = 0; k <= inners; k++) {
            double to = k < inners ? inner[k] : end;
            double after = scaledSum(c, lambda, count, to);
            if (before != 0 && after != 0 && before > 0 != after > 0) {
                out[found++] = bisectSum(c, lambda, count, from, to, before > 0);
            }
            from = to;
            before = after;
        }
        return found;
    }

    private static double scaledSum(double[] c, double[] lambda, int terms, double s) {
        double sum = 0;
        for (int k = 0; k < terms; k++) {
            sum += c[k] * StrictMath.exp(-lambda[k] * s);
        }
        return sum;
    }

    private static double bisectSum(double[] c, double[] lambda, int terms, double from, double to, boolean falling) {
        double lo = from;
        double hi = to;
        for (int i = 0; i < MOST_ITERATIONS && hi - lo > FINEST_S; i++) {
            double mid = lo + (hi - lo) / 2;
            if (scaledSum(c, lambda, terms, mid) > 0 == falling) {
                lo = mid;
            } else {
                hi = mid;
            }
        }
        return lo + (hi - lo) / 2;
    }

    /** The one zero of the slope in (from, to): Newton, bisection where Newton leaves the bracket. */
    private double slopeZero(double from, double to, boolean falling) {
        double lo = from;
        double hi = to;
        double s = lo + (hi - lo) / 2;
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            evaluate(s);
            if (slopeNow > 0 == falling) {
                lo = s;
            } else {
                hi = s;
            }
            double newton = slopeNow / bendNow;
            double next = s - newton;
            if (Math.abs(newton) <= CONVERGED * s || hi - lo <= 2 * Math.ulp(hi)) {
                return s;
            }
            s = next > lo && next < hi ? next : lo + (hi - lo) / 2;
        }
        return s;
    }

    /** The one upward crossing in (from, to], to 2 ulp: Newton, bisection where Newton leaves the bracket. */
    private double root(double theta, double from, double to) {
        double lo = from;
        double hi = to;
        double s = from + (to - from) / 2;
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            evaluate(s);
            double f = potentialNow - theta;
            if (f >= 0) {
                hi = s;
            } else {
                lo = s;
            }
            double derivative = slopeNow;
            rootSlope = derivative;
            double newton = f / derivative;
            double next = s - newton;
            if (f == 0) {
                return s;
            }
            if (derivative > 0 && Math.abs(newton) <= CONVERGED * s && next >= lo && next <= hi) {
                return next;
            }
            if (!(derivative > 0) || !(next > lo && next < hi)) {
                next = lo + (hi - lo) / 2;
                if (hi - lo <= 2 * Math.ulp(hi)) {
                    return hi;
                }
            }
            s = next;
        }
        return s;
    }

    // the parabola of the first two derivatives lies close to the membrane: two steps fewer on average
    private double firstGuess(double theta, double slope) {
        double bend = -slope * inverseTauM;
        for (int k = 0; k < currents; k++) {
            bend -= j[k] * inverseTau[k];
        }
        double gap = theta - u0;
        double discriminant = slope * slope + 2 * bend * gap;
        return discriminant > 0 ? 2 * gap / (slope + Math.sqrt(discriminant)) : gap / slope;
    }
}
