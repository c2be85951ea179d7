package firstspike.runtime.calibration.fit;

/**
 * A decay {@code a·exp(-t/tau) + c} through equally spaced samples (calibration.md 4.5, 4.6), found by variable projection: for
 * each time constant the best amplitude and offset follow linearly, so that only ln tau is searched, by damped Gauss-Newton
 * steps. Samples that lie far from a first fit are left out of a second one.
 *
 * @param amplitude a, in the unit of the samples
 * @param tau time constant in the unit of the spacing, inside the limits; NaN when nothing decays or nothing converged
 * @param offset c, in the unit of the samples
 * @param residual root mean square of what the fit leaves, in the unit of the samples
 * @param samples how many samples it rests on
 */
public record ExponentialFit(double amplitude, double tau, double offset, double residual, int samples) {

    /** Fewest samples of a fit: three numbers are wanted, and an idea of the noise. */
    public static final int FEWEST = 8;

    private static final int ITERATIONS = 60;
    private static final double CONVERGED = 1e-7;
    /** Damping at which steps are too small to matter. */
    private static final double WEAKEST = 1e9;
    /** Samples beyond so many residuals count as strays; noise alone gets there once in two million. */
    private static final double STRAY = 5;
    /** An amplitude below so many of its own standard errors is no decay. */
    private static final double SIGNIFICANT = 5;

    /** Whether there is a time constant. */
    public boolean converged() {
        return !Double.isNaN(tau);
    }

    /**
     * Fits samples.
     *
     * @param y samples, NaN where one is missing; not written
     * @param from first sample
     * @param to after the last sample
     * @param spacing distance of two samples, above 0
     * @param least smallest time constant, above 0; a faster decay gets it
     * @param most largest time constant, above {@code least}; a slower decay gets it
     * @return the fit; its tau is NaN when there are fewer than {@link #FEWEST} samples, when the samples do not change by
     *     more than their noise, or when no time constant was found
     * @throws IllegalArgumentException for a range outside the array or limits that are none
     */
    public static ExponentialFit of(double[] y, int from, int to, double spacing, double least, double most) {
        if (from < 0 || to > y.length || from > to || !(spacing > 0) || !(least > 0) || !(most > least)) {
            throw new IllegalArgumentException("exponential fit: samples " + from + " to " + to + " of " + y.length
                    + ", spacing " + spacing + ", limits " + least + " to " + most
                    + " (limit: a range of the array, spacing above 0, limits ascending); correct the call");
        }
        if (to - from < FEWEST) {
            return none(to - from);
        }
        Projection data = new Projection(y, from, to, spacing);
        if (data.used() < FEWEST) {
            return none(data.used());
        }
        ExponentialFit first = search(data, least, most);
        if (!first.converged()) {
            return first;
        }
        boolean strays = data.leaveOut(first, STRAY * first.residual);
        return strays && data.used() >= FEWEST ? search(data, least, most) : first;
    }

    private static ExponentialFit none(int samples) {
        return new ExponentialFit(Double.NaN, Double.NaN, Double.NaN, Double.NaN, samples);
    }

    private static ExponentialFit search(Projection data, double least, double most) {
        double lowest = Math.log(least);
        double highest = Math.log(most);
        double at = Math.log(Math.max(least, Math.min(most, data.guess(least, most))));
        if (!data.project(at)) {
            return none(data.used());
        }
        double damping = 1e-3;
        for (int i = 0; i < ITERATIONS && damping < WEAKEST; i++) {
            double square = data.square();
            double step = data.descent() / (data.curvature() * (1 + damping));
            double next = Math.max(lowest, Math.min(highest, at + Math.max(-2, Math.min(2, step))));
            if (Math.abs(next - at) < CONVERGED) {
                break;
            }
            if (data.project(next) && data.square() <= square) {
                at = next;
                damping /= 10;
            } else {
                data.project(at);
                damping = Math.max(1, damping * 10);
            }
        }
        return data.result(SIGNIFICANT);
    }

    /** The samples around their mean, and the sums over them at one time constant. Mutable, one search long. */
    private static final class Projection {
        private final double[] y;
        private final int from;
        private final int to;
        private final double spacing;
        private boolean[] out;
        private int used;
        private double mean;
        private double total;

        private double decay;
        private double amplitude;
        private double level;
        private double square;
        private double descent;
        private double curvature;
        private double spread;

        Projection(double[] y, int from, int to, double spacing) {
            this.y = y;
            this.from = from;
            this.to = to;
            this.spacing = spacing;
            centre();
        }

        int used() {
            return used;
        }

        double square() {
            return square;
        }

        /** Minus the slope of half the square in ln tau. */
        double descent() {
            return descent;
        }

        double curvature() {
            return curvature;
        }

        private void centre() {
            double sum = 0;
            used = 0;
            for (int i = from; i < to; i++) {
                if (in(i)) {
                    sum += y[i];
                    used++;
                }
            }
            mean = sum / used;
            total = 0;
            for (int i = from; i < to; i++) {
                if (in(i)) {
                    total += (y[i] - mean) * (y[i] - mean);
                }
            }
        }

        private boolean in(int i) {
            return !Double.isNaN(y[i]) && (out == null || !out[i - from]);
        }

        /** Leaves out what lies further than a distance from a fit; whether anything does. */
        boolean leaveOut(ExponentialFit fit, double distance) {
            double factor = Math.exp(-spacing / fit.tau);
            double value = fit.amplitude;
            boolean[] strays = new boolean[to - from];
            boolean any = false;
            for (int i = from; i < to; i++) {
                strays[i - from] = Math.abs(y[i] - fit.offset - value) > distance;
                any |= strays[i - from];
                value *= factor;
            }
            if (any) {
                out = strays;
                centre();
            }
            return any;
        }

        /** A time constant from the means of three equal parts, whose differences shrink by one factor. */
        double guess(double least, double most) {
            int third = (to - from) / 3;
            double first = part(from, third);
            double second = part(from + third, third);
            double last = part(from + 2 * third, third);
            double ratio = (first - second) / (second - last);
            if (ratio > 1) {
                return third * spacing / Math.log(ratio);
            }
            // the decay is over before the second part, or hardly bends
            return Math.abs(first - second) > Math.abs(second - last)
                    ? third * spacing / 4
                    : Math.min(most, (to - from) * spacing);
        }

        private double part(int begin, int length) {
            double sum = 0;
            int count = 0;
            for (int i = begin; i < begin + length; i++) {
                if (in(i)) {
                    sum += y[i];
                    count++;
                }
            }
            return count == 0 ? 0 : sum / count;
        }

        /** Best amplitude and level at ln tau, with the first derivative; false when the samples do not tell them apart. */
        boolean project(double lnTau) {
            double tau = Math.exp(lnTau);
            double factor = Math.exp(-spacing / tau);
            double w = 1;
            double s1 = 0;
            double s2 = 0;
            double sy = 0;
            double d1 = 0;
            double dd = 0;
            double dw = 0;
            double dy = 0;
            double k = 0;
            double step = spacing / tau;
            for (int i = from; i < to; i++, k += step, w *= factor) {
                if (!in(i)) {
                    continue;
                }
                double value = y[i] - mean;
                double slope = k * w;
                s1 += w;
                s2 += w * w;
                sy += value * w;
                d1 += slope;
                dd += slope * slope;
                dw += slope * w;
                dy += slope * value;
            }
            double n = used;
            spread = s2 - s1 * s1 / n;
            if (!(spread > 1e-12 * n)) {
                return false;
            }
            decay = tau;
            amplitude = sy / spread;
            level = -amplitude * s1 / n;
            square = Math.max(0, total - amplitude * sy);
            // what of the derivative the linear part cannot take up
            double along = (dw - d1 * s1 / n) / spread;
            double own = dd - d1 * d1 / n - along * (dw - d1 * s1 / n);
            double overlap = dy - amplitude * dw - level * d1;
            descent = amplitude * overlap;
            curvature = Math.max(amplitude * amplitude * own, 1e-300);
            return Double.isFinite(amplitude);
        }

        ExponentialFit result(double significant) {
            double residual = Math.sqrt(square / Math.max(1, used - 3));
            boolean flat = !(Math.abs(amplitude) * Math.sqrt(spread) > significant * residual) || amplitude == 0;
            return new ExponentialFit(amplitude, flat ? Double.NaN : decay, level + mean, residual, used);
        }
    }
}
