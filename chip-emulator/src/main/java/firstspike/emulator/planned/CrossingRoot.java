package firstspike.emulator.planned;

/**
 * When a membrane with one current crosses its threshold (analog.md 9 step 4): to 1e-9 in the last step of a quadratically
 * converging iteration, far below 1e-9 tau. Near crossings, which are most, go by a Taylor polynomial of degree 7 without
 * exponential; others by Newton's method from the left, which never passes the root while the membrane is concave.
 */
final class CrossingRoot {
    /** Taylor reaches this far, in tau_s: the first term left out is then below 1e-13 of the excursion. */
    private static final double NEAR = 0.08;
    /** The parabola must have its vertex this clearly behind the crossing for the polynomial to be used. */
    private static final double CLEAR = 0.04;

    private static final double CONVERGED = 1e-9;
    private static final int MOST_STEPS = 80;
    private static final int MOST_NEAR_STEPS = 8;
    private static final double FARTHEST_TAU = 60;

    private final MembraneResponse response;
    private final double inverseTauM;
    private final double inverseTauS;
    private final double farthest;

    CrossingRoot(MembraneResponse response) {
        this.response = response;
        inverseTauM = response.inverseTauM;
        inverseTauS = response.inverseTauS;
        farthest = FARTHEST_TAU / Math.min(inverseTauM, inverseTauS);
    }

    /**
     * Seconds until the membrane crosses, infinite if never.
     *
     * @param x potential from rest
     * @param j current over capacitance, V/s
     * @param theta threshold from rest, above 0
     */
    double seconds(double x, double j, double theta) {
        if (x >= theta) {
            return 0;
        }
        double slope = j - x * inverseTauM;
        if (!(slope > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double missing = theta - x;
        double bend = -j * inverseTauS - slope * inverseTauM;
        double discriminant = slope * slope + 2 * bend * missing;
        double guess = discriminant > 0 ? 2 * missing / (slope + Math.sqrt(discriminant)) : 0;
        if (discriminant > CLEAR * slope * slope && guess * inverseTauS < NEAR && guess * inverseTauM < NEAR) {
            double near = near(j, slope, missing, guess);
            if (near >= 0) {
                return near;
            }
        }
        return newton(x, j, theta, slope, guess);
    }

    /** By the Taylor polynomial of U: f' = J - f/tau_m, J' = -J/tau_s; -1 where it does not converge. */
    private double near(double j, double c1, double missing, double guess) {
        double im = inverseTauM;
        double is = inverseTauS;
        double d = j * -is;
        double c2 = (d - c1 * im) * 0.5;
        d = d * (-0.5 * is);
        double c3 = (d - c2 * im) * (1.0 / 3);
        d = d * (-is * (1.0 / 3));
        double c4 = (d - c3 * im) * 0.25;
        d = d * (-0.25 * is);
        double c5 = (d - c4 * im) * 0.2;
        d = d * (-0.2 * is);
        double c6 = (d - c5 * im) * (1.0 / 6);
        d = d * (-is * (1.0 / 6));
        double c7 = (d - c6 * im) * (1.0 / 7);
        double s = guess;
        for (int i = 0; i < MOST_NEAR_STEPS; i++) {
            double f = ((((((c7 * s + c6) * s + c5) * s + c4) * s + c3) * s + c2) * s + c1) * s - missing;
            double g = (((((7 * c7 * s + 6 * c6) * s + 5 * c5) * s + 4 * c4) * s + 3 * c3) * s + 2 * c2) * s + c1;
            double step = f / g;
            s -= step;
            if (Math.abs(step) <= CONVERGED * s) {
                return s;
            }
        }
        return -1;
    }

    private double newton(double x, double j, double theta, double slopeAtStart, double guess) {
        double s = 0;
        double f = x;
        double g = slopeAtStart;
        if (guess > 0) {
            double there = response.potential(x, j, guess);
            double slope = j * response.line - there * inverseTauM;
            if (slope > 0) {
                s = guess;
                f = there;
                g = slope;
            }
        }
        for (int i = 0; i < MOST_STEPS; i++) {
            double step = (theta - f) / g;
            s += step;
            if (Math.abs(step) <= CONVERGED * s) {
                return s;
            }
            f = response.potential(x, j, s);
            g = j * response.line - f * inverseTauM;
            if (!(g > 0) || s > farthest) {
                // concave while it rises: the iteration ends where the slope does only if there is no crossing
                return Double.POSITIVE_INFINITY;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
