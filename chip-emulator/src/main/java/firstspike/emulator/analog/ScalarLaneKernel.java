package firstspike.emulator.analog;

/** The kernel of plain loops: where there is no Vector API, and as long as a chip has done little. */
final class ScalarLaneKernel implements LaneKernel {
    private static final double LEAST_SLOPE = 1e-300;
    private static final double HALF_TICKS_PER_S = SpikeBounds.EARLIER / Kinetics.HALF_TICK_S;

    @Override
    public LaneKernel copy() {
        return this;
    }

    @Override
    public boolean suits() {
        return true;
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
        for (int j = 0; j < n; j++) {
            if (pulses.moving[j] * at.together[j] > 0) {
                double x = u[j] * membrane + a[j] * response + b[j] * response + c[j] * response + d[j] * response;
                u[j] = clip(at, j, x);
                a[j] = a[j] * decay + pulseA[j];
                b[j] = b[j] * decay + pulseB[j];
                c[j] = c[j] * decay + pulseC[j];
                d[j] = d[j] * decay + pulseD[j];
                bound(at, j, a[j] + c[j], b[j] + d[j]);
            }
        }
    }

    @Override
    public void moveEach(
            LaneColumns at, LaneRows pulses, double[] membrane, double[][] decay, double[][] response, int n) {
        for (int j = 0; j < n; j++) {
            if (pulses.moving[j] * at.together[j] > 0) {
                double x = at.u[j] * membrane[j];
                for (int k = 0; k < LaneColumns.LINES; k++) {
                    double[] c = at.c[k];
                    x += c[j] * response[k][j];
                    c[j] = c[j] * decay[k][j] + pulses.column(k)[j];
                }
                at.u[j] = clip(at, j, x);
                bound(at, j, at.c[0][j] + at.c[2][j], at.c[1][j] + at.c[3][j]);
            }
        }
    }

    @Override
    public void moveSaturating(
            LaneColumns at, LaneRows pulses, double[] membrane, double[][] decay, double[][] response, int n) {
        for (int j = 0; j < n; j++) {
            if (pulses.moving[j] * at.together[j] > 0) {
                double x = at.u[j] * membrane[j];
                for (int k = 0; k < LaneColumns.LINES; k++) {
                    x += at.factor[k][j] * at.c[k][j] * response[k][j];
                    saturate(at, k, j, at.c[k][j] * decay[k][j], pulses.column(k)[j]);
                }
                at.u[j] = clip(at, j, x);
                boundSaturated(at, j);
            }
        }
    }

    @Override
    public int earliest(double[] y, int n) {
        int earliest = -1;
        double least = NEVER;
        for (int j = 0; j < n; j++) {
            if (y[j] < least) {
                least = y[j];
                earliest = j;
            }
        }
        return earliest;
    }

    /** A potential within the rails, 0 where the gate is closed. */
    static double clip(LaneColumns at, int j, double x) {
        double below = at.high[j] < x ? at.high[j] : x;
        return (below < at.low[j] ? at.low[j] : below) * at.gate[j];
    }

    /** Adds a pulse to a current that saturates, and sets its compression. */
    static void saturate(LaneColumns at, int k, int j, double decayed, double pulse) {
        double c = decayed + pulse;
        if (pulse > 0) {
            c = at.limit[k][j] < c ? at.limit[k][j] : c;
            at.factor[k][j] = at.sign[k][j] * CompressionLaw.g(c / at.full[k][j]);
        }
        at.c[k][j] = c;
    }

    static void boundSaturated(LaneColumns at, int j) {
        bound(
                at,
                j,
                at.factor[0][j] * at.c[0][j] + at.factor[2][j] * at.c[2][j],
                at.factor[1][j] * at.c[1][j] + at.factor[3][j] * at.c[3][j]);
    }

    /** Sets the time before which a place with these currents does not cross. */
    static void bound(LaneColumns at, int j, double excitation, double inhibition) {
        double u = at.u[j];
        double theta = at.theta[j];
        double lifting = positive(excitation * at.excess[j] + inhibition);
        double up = positive(u);
        double y = Double.POSITIVE_INFINITY;
        if (lifting * at.peak[j] + up * at.chord[j] - theta >= 0 || u >= theta) {
            double slope = lifting * at.inverseC[j] - u * at.inverseTau[j];
            slope = slope < LEAST_SLOPE ? LEAST_SLOPE : slope;
            y = positive(positive(theta - u) / slope + at.shift[j]) * HALF_TICKS_PER_S;
        }
        if (at.anyFaster && theta - excitation * at.tail[j] - up * at.tailU[j] <= 0) {
            y = at.horizon[j] < y ? at.horizon[j] : y;
        }
        at.y[j] = y;
    }

    private static double positive(double x) {
        return x < 0 ? 0 : x;
    }
}
