package firstspike.emulator.analog;

/**
 * The arithmetic of a group of nodes at one event: loops over columns in which an element depends on the elements of the same
 * index alone, without branches, so that the compiler makes vector instructions of them (a quarter of the time per node). An
 * element is the same with them and without, bit for bit: only + - × / and min, max occur.
 *
 * <p>A time {@code y} in half-ticks stands at {@link #NEVER} or above where nothing is to come.
 */
final class LaneKernel {
    /** No time that a group waits for is as long. */
    static final double NEVER = 1e15;
    /** Makes a time infinite as soon as something is below 0 by the least amount. */
    private static final double HUGE = 1e290;

    private static final double LEAST_SLOPE = 1e-300;
    private static final double ANY_PULSE = 1e30;
    private static final double HALF_TICKS_PER_S = SpikeBounds.EARLIER / Kinetics.HALF_TICK_S;

    private LaneKernel() {}

    /** to = part a of a coefficient times part b of it. */
    static void product(double[] to, double[] a, double[] b, int n) {
        for (int j = 0; j < n; j++) {
            to[j] = a[j] * b[j];
        }
    }

    /** to = response of a coarse time followed by a fine one. */
    static void response(double[] to, double[] coarse, double[] mem, double[] decay, double[] fine, int n) {
        for (int j = 0; j < n; j++) {
            to[j] = coarse[j] * mem[j] + decay[j] * fine[j];
        }
    }

    /** Potentials after a time with these factors of all nodes; gate 0 holds one at 0. */
    static void potentials(
            double[] to,
            double[] u,
            double m,
            double r,
            double[][] q,
            double[] low,
            double[] high,
            double[] gate,
            int n) {
        double[] a = q[0];
        double[] b = q[1];
        double[] c = q[2];
        double[] d = q[3];
        for (int j = 0; j < n; j++) {
            double x = u[j] * m + a[j] * r + b[j] * r + c[j] * r + d[j] * r;
            to[j] = Math.max(low[j], Math.min(high[j], x)) * gate[j];
        }
    }

    /** Potentials after a time with factors of each node. */
    static void potentials(
            double[] to,
            double[] u,
            double[] m,
            double[][] r,
            double[][] q,
            double[] low,
            double[] high,
            double[] gate,
            int n) {
        first(to, u, m, q[0], r[0], q[1], r[1], n);
        second(to, q[2], r[2], q[3], r[3], low, high, gate, n);
    }

    private static void first(
            double[] to, double[] u, double[] m, double[] a, double[] ra, double[] b, double[] rb, int n) {
        for (int j = 0; j < n; j++) {
            to[j] = u[j] * m[j] + a[j] * ra[j] + b[j] * rb[j];
        }
    }

    private static void second(
            double[] to,
            double[] c,
            double[] rc,
            double[] d,
            double[] rd,
            double[] low,
            double[] high,
            double[] gate,
            int n) {
        for (int j = 0; j < n; j++) {
            double x = to[j] + c[j] * rc[j] + d[j] * rd[j];
            to[j] = Math.max(low[j], Math.min(high[j], x)) * gate[j];
        }
    }

    /** Currents after a time with one factor; increment null: none. */
    static void currents(double[] to, double[] c, double d, double[] increment, int n) {
        if (increment == null) {
            for (int j = 0; j < n; j++) {
                to[j] = c[j] * d;
            }
        } else {
            for (int j = 0; j < n; j++) {
                to[j] = c[j] * d + increment[j];
            }
        }
    }

    /** Currents after a time with a factor of each node; increment null: none. */
    static void currents(double[] to, double[] c, double[] d, double[] increment, int n) {
        if (increment == null) {
            product(to, c, d, n);
        } else {
            for (int j = 0; j < n; j++) {
                to[j] = c[j] * d[j] + increment[j];
            }
        }
    }

    /** Limits the currents of lines that a pulse reached, and sets their signed compression (analog.md 13 item 5). */
    static void saturate(
            double[] c, double[] increment, double[] limit, double[] full, double[] sign, double[] factor, int n) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.min(c[j], limit[j]);
        }
        for (int j = 0; j < n; j++) {
            double r = c[j] / full[j];
            double q = r * r;
            double g = Math.min((15.0 + q) / (15.0 + 6.0 * q), 1.0 / r);
            double hit = Math.min(increment[j] * ANY_PULSE, 1.0);
            factor[j] = factor[j] * (1.0 - hit) + sign[j] * g * hit;
        }
    }

    /** How far a bound of each membrane stands above its threshold; net gets the current that lifts it. */
    static void slack(
            double[] to,
            double[] net,
            double[] u,
            double[][] q,
            double[] excess,
            double[] peak,
            double[] chord,
            double[] theta,
            int n) {
        double[] a = q[0];
        double[] b = q[1];
        double[] c = q[2];
        double[] d = q[3];
        for (int j = 0; j < n; j++) {
            net[j] = Math.max((a[j] + c[j]) * excess[j] + (b[j] + d[j]), 0.0);
        }
        for (int j = 0; j < n; j++) {
            to[j] = net[j] * peak[j] + Math.max(u[j], 0.0) * chord[j] - theta[j];
        }
    }

    /** Times before which no membrane crosses its threshold. */
    static void times(
            double[] y,
            double[] u,
            double[] net,
            double[] slack,
            double[] inverseC,
            double[] inverseTau,
            double[] theta,
            double[] shift,
            int n) {
        for (int j = 0; j < n; j++) {
            double slope = Math.max(net[j] * inverseC[j] - u[j] * inverseTau[j], LEAST_SLOPE);
            y[j] = Math.max(theta[j] - u[j], 0.0) / slope;
        }
        for (int j = 0; j < n; j++) {
            double gap = Math.max(theta[j] - u[j], 0.0);
            double barred = Math.max(-slack[j], 0.0) * HUGE * Math.min(gap * HUGE, 1.0);
            y[j] = Math.max(y[j] + shift[j], 0.0) * HALF_TICKS_PER_S + barred;
        }
    }

    /** Where inhibition is faster than excitation the bound holds up to a horizon; what may lie behind it. */
    static void tails(
            double[] y,
            double[] u,
            double[][] q,
            double[] horizon,
            double[] tail,
            double[] tailU,
            double[] theta,
            int n) {
        double[] a = q[0];
        double[] c = q[2];
        for (int j = 0; j < n; j++) {
            double missing = theta[j] - (a[j] + c[j]) * tail[j] - Math.max(u[j], 0.0) * tailU[j];
            y[j] = Math.min(y[j], horizon[j] + Math.max(missing, 0.0) * HUGE);
        }
    }
}
