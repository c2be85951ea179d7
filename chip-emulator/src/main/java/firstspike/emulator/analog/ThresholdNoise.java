package firstspike.emulator.analog;

/**
 * Draws threshold noise and spike jitter (analog.md 13 items 1 and 3). A draw is a function of circuit, instant and
 * program, so it is made only when a membrane comes near its threshold. Mutable scratch; owned by one thread.
 */
final class ThresholdNoise {
    /** The instant of the first threshold of a program. */
    static final long PROGRAM_START = Long.MIN_VALUE;

    private static final long PROGRAM_START_KEY = -1L;

    private final AnalogDefaults.NoiseNumbers numbers;
    private final Philox4x64 trial;
    private final TrialClock clock;
    private final boolean on;

    ThresholdNoise(ChipModel model, TrialClock clock) {
        this.numbers = model.defaults().noise();
        this.trial = model.trialStream();
        this.clock = clock;
        this.on = model.fidelity().varied();
    }

    boolean on() {
        return on;
    }

    /** How far below its base a threshold can be drawn, in volt. */
    double reach() {
        return on ? PolynomialNormal.LARGEST * numbers.thresholdV() : 0;
    }

    /** Draws the noise of one circuit's threshold for an instant, in volt. */
    double draw(int circuit, long instant) {
        long key = instant == PROGRAM_START ? PROGRAM_START_KEY : clock.key(instant);
        trial.block(key, circuit, Quantity.THRESHOLD_NOISE, clock.ordinal());
        return numbers.thresholdV() * trial.normalA();
    }

    /** The jitter normal of the draw made last. */
    double jitterNormal() {
        return trial.normalB();
    }

    /** Earliest shift of a spike by jitter, in seconds, at most 0, given its normal. */
    double earliestShift(double normal) {
        return Math.min(0, normal) * numbers.jitterHighS();
    }

    /** Jitter in seconds of a spike whose membrane rises with this slope in V/s. */
    double shift(double normal, double slope) {
        if (!(slope > 0)) {
            return 0;
        }
        double wanted = Math.max(numbers.jitterLowS(), Math.min(numbers.jitterHighS(), numbers.jitterV() / slope));
        double byThreshold = numbers.thresholdV() / slope;
        double rest = wanted * wanted - byThreshold * byThreshold;
        return rest > 0 ? Math.sqrt(rest) * normal : 0;
    }
}
