package firstspike.runtime.learning;

/**
 * Course of a membrane between two events, from its distance u to the leak and its normalised current J: decays, the one maximum,
 * the one upward crossing of the threshold ({@code inloop.md} section 5). Immutable; times in the unit of the neuron's constants.
 */
public final class Membrane {
    private static final int MAX_STEPS = 100;
    /** A step this small against s leaves an error of its third power. */
    private static final double SMALL_STEP = 1e-8;

    private static final double SERIES = 1e-8;
    /** A bound this close to the threshold decides nothing. */
    private static final double CLOSE = 1 - 1e-9;

    private final double tauMem;
    private final double tauSyn;
    private final double threshold;
    private final UnitKernel unit;
    private final double rateDifference;
    private final double highest;

    /**
     * The course of a neuron's membrane.
     *
     * @param neuron its constants
     */
    public Membrane(NeuronConstants neuron) {
        tauMem = neuron.tauMem();
        tauSyn = neuron.tauSyn();
        threshold = neuron.thresholdDistance();
        unit = new UnitKernel(tauMem, tauSyn);
        rateDifference = unit.rateDifference();
        highest = unit.value(peak(0, 1));
    }

    /**
     * Decay of the membrane without current.
     *
     * @param s time, 0 or more
     * @return 0..1
     */
    public double decayMem(double s) {
        return Exponential.of(-s / tauMem);
    }

    /**
     * Decay of the current.
     *
     * @param s time, 0 or more
     * @return 0..1
     */
    public double decaySyn(double s) {
        return tauSyn == tauMem ? decayMem(s) : Exponential.of(-s / tauSyn);
    }

    /**
     * What a unit current has raised the membrane by.
     *
     * @param s time, 0 or more
     * @param mem {@link #decayMem} of it
     * @param syn {@link #decaySyn} of it
     * @return the kernel K(s)
     */
    public double response(double s, double mem, double syn) {
        return unit.value(s, mem, syn);
    }

    /**
     * Whether the membrane may reach the threshold: K(s) is below s and below its maximum, so most intervals need no maximum of
     * their own.
     *
     * @param u distance to the leak at the start
     * @param j normalised current at the start
     * @param length time looked at, 0 or more
     * @return false when it cannot
     */
    public boolean mayReach(double u, double j, double length) {
        return Math.max(u, 0) + Math.max(j, 0) * Math.min(length, highest) >= threshold * CLOSE;
    }

    /**
     * Distance to the leak after some time.
     *
     * @param u distance to the leak at the start
     * @param j normalised current at the start
     * @param s time, 0 or more
     * @return in units of the threshold's
     */
    public double after(double u, double j, double s) {
        double mem = Exponential.of(-s / tauMem);
        return u * mem + j * unit.value(s, mem, Exponential.of(-s / tauSyn));
    }

    /**
     * Time of the maximum.
     *
     * @param u distance to the leak at the start
     * @param j normalised current at the start
     * @return 0 or more; infinite when the membrane falls at once or only rises towards rest
     */
    public double peak(double u, double j) {
        double rise = j * tauMem - u;
        if (!(rise > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double denominator = u * rateDifference + j;
        if (!(denominator > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double y = rise / denominator;
        double x = rateDifference * y;
        if (Math.abs(x) < SERIES) {
            return y * (1 - x / 2);
        }
        return x > -1 ? y * StrictMath.log1p(x) / x : Double.POSITIVE_INFINITY;
    }

    /**
     * The one upward crossing in (0, end]: Halley steps, whose second derivative costs nothing here, inside a bracket that shrinks.
     * They begin at the root of the parabola through the start.
     *
     * @param u distance to the leak at the start, below the threshold
     * @param j normalised current at the start
     * @param end finite, not beyond the maximum, where the membrane has reached the threshold
     * @return time since the start
     */
    public double crossing(double u, double j, double end) {
        double low = 0;
        double high = end;
        double rise = j - u / tauMem;
        double bend = j / tauSyn + rise / tauMem;
        double lack = threshold - u;
        double square = rise * rise - 2 * bend * lack;
        double s = 2 * lack / (rise + Math.sqrt(Math.max(0, square)));
        if (!(s > low && s < high)) {
            s = 0.5 * end;
        }
        for (int step = 0; step < MAX_STEPS; step++) {
            double mem = Exponential.of(-s / tauMem);
            double syn = Exponential.of(-s / tauSyn);
            double v = u * mem + j * unit.value(s, mem, syn);
            double f = v - threshold;
            if (f == 0) {
                return s;
            }
            if (f > 0) {
                high = s;
            } else {
                low = s;
            }
            double slope = j * syn - v / tauMem;
            double second = -j * syn / tauSyn - slope / tauMem;
            double next = s - 2 * f * slope / (2 * slope * slope - f * second);
            if (slope > 0 && Math.abs(next - s) <= SMALL_STEP * s) {
                return Math.min(Math.max(next, low), high);
            }
            if (!(slope > 0) || !(next > low && next < high)) {
                next = 0.5 * (low + high);
                if (high - low <= 2 * Math.ulp(s)) {
                    return next;
                }
            }
            s = next;
        }
        return s;
    }
}
