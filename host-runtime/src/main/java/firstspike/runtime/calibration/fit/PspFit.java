package firstspike.runtime.calibration.fit;

/**
 * A postsynaptic potential {@code c + peak·K(t - onset)/K_peak} through samples at given times, K being the kernel of a unit
 * charge (inloop.md 4). Peak and level follow linearly from the samples.
 *
 * @param peak height of the potential above its level, in the unit of the samples; below 0 for inhibition; NaN when the samples
 *     do not tell it from the level
 * @param level what the potential starts from
 * @param residual root mean square of what the fit leaves
 */
public record PspFit(double peak, double level, double residual) {

    private static final double EQUAL = 1e-6;

    /**
     * Kernel of a unit charge.
     *
     * @param s time since the event; before it the kernel is 0
     * @param tauMem membrane time constant, above 0
     * @param tauSyn synaptic time constant, above 0; same unit
     * @return K(s) in that unit
     */
    public static double kernel(double s, double tauMem, double tauSyn) {
        if (!(s > 0)) {
            return 0;
        }
        double delta = Math.abs(1 / tauSyn - 1 / tauMem);
        double slow = Math.exp(-s / Math.max(tauMem, tauSyn));
        return delta * s < EQUAL ? s * slow * (1 - delta * s / 2) : slow * -Math.expm1(-delta * s) / delta;
    }

    /**
     * When the kernel is largest.
     *
     * @param tauMem above 0
     * @param tauSyn above 0
     * @return time since the event
     */
    public static double peakTime(double tauMem, double tauSyn) {
        double relative = tauMem / tauSyn - 1;
        return Math.abs(relative) < EQUAL ? tauSyn * (1 + relative / 2) : tauMem * Math.log1p(relative) / relative;
    }

    /**
     * Largest value of the kernel: tau/e when both constants are equal.
     *
     * @param tauMem above 0
     * @param tauSyn above 0
     * @return K_peak in the unit of the constants
     */
    public static double kernelPeak(double tauMem, double tauSyn) {
        return kernel(peakTime(tauMem, tauSyn), tauMem, tauSyn);
    }

    /**
     * Fits samples.
     *
     * @param time of each sample since the onset, ascending or not
     * @param y samples, as many
     * @param tauMem membrane time constant in the unit of time
     * @param tauSyn synaptic time constant
     * @return the fit
     */
    public static PspFit of(double[] time, double[] y, double tauMem, double tauSyn) {
        double top = kernelPeak(tauMem, tauSyn);
        int n = time.length;
        double s1 = 0;
        double s2 = 0;
        double sy = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double k = kernel(time[i], tauMem, tauSyn) / top;
            s1 += k;
            s2 += k * k;
            sy += k * y[i];
            sum += y[i];
        }
        double spread = s2 - s1 * s1 / n;
        if (n < 3 || !(spread > 1e-9)) {
            return new PspFit(Double.NaN, n == 0 ? Double.NaN : sum / n, Double.NaN);
        }
        double peak = (sy - s1 * sum / n) / spread;
        double level = (sum - peak * s1) / n;
        double square = 0;
        for (int i = 0; i < n; i++) {
            double left = y[i] - level - peak * kernel(time[i], tauMem, tauSyn) / top;
            square += left * left;
        }
        return new PspFit(peak, level, Math.sqrt(square / Math.max(1, n - 2)));
    }
}
