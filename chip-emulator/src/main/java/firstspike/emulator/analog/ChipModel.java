package firstspike.emulator.analog;

import java.util.Objects;

/**
 * Which chip is emulated: fidelity, seeds, the options that change analog behaviour, and what follows from them, the laws
 * and the fixed pattern. Immutable; shared by threads. Source: analog.md sections 1, 12, 13.
 */
public final class ChipModel {
    private final Fidelity fidelity;
    private final long seed;
    private final long noiseSeed;
    private final double driftPercent;
    private final double eventLoss;
    private final AnalogDefaults defaults;
    private final TransferLaws laws;
    private final FixedPattern pattern;

    private ChipModel(
            Fidelity fidelity,
            long seed,
            long noiseSeed,
            double driftPercent,
            double eventLoss,
            AnalogDefaults defaults,
            TransferLaws laws,
            FixedPattern pattern) {
        this.fidelity = Objects.requireNonNull(fidelity, "fidelity");
        this.seed = seed;
        this.noiseSeed = noiseSeed;
        this.driftPercent = driftPercent;
        this.eventLoss = eventLoss;
        this.defaults = defaults;
        this.laws = laws;
        this.pattern = pattern;
    }

    /** A chip of this fidelity whose trial noise has the seed of its pattern; no drift, no event loss. */
    public static ChipModel of(Fidelity fidelity, long seed) {
        AnalogDefaults defaults = AnalogDefaults.shipped();
        FixedPattern pattern = new FixedPattern(fidelity, seed, defaults.mismatch());
        return new ChipModel(fidelity, seed, seed, 0, 0, defaults, TransferLaws.NOMINAL, pattern);
    }

    /** The chip of a file, whose trial noise has this seed; no drift, no event loss. */
    public static ChipModel fitted(FittedChip chip, long seed) {
        TransferLaws laws = new TransferLaws(chip.defaults());
        return new ChipModel(Fidelity.FITTED, seed, seed, 0, 0, chip.defaults(), laws, new FixedPattern(chip));
    }

    /** The same chip with another seed of the trial noise. */
    public ChipModel withNoiseSeed(long noiseSeed) {
        return new ChipModel(fidelity, seed, noiseSeed, driftPercent, eventLoss, defaults, laws, pattern);
    }

    /**
     * The same chip after it drifted by L: every leak potential + L·4.227 mV, every synaptic gm times 1 - L/100. No effect
     * on a nominal chip.
     *
     * @throws IllegalArgumentException unless L is between -100 and 100
     */
    public ChipModel withDrift(double driftPercent) {
        if (!(Math.abs(driftPercent) < 100)) {
            throw new IllegalArgumentException(
                    "drift " + driftPercent + " is outside -100 < L < 100; give a smaller L");
        }
        return new ChipModel(fidelity, seed, noiseSeed, driftPercent, eventLoss, defaults, laws, pattern);
    }

    /**
     * The same chip whose output events are lost with this probability.
     *
     * @throws IllegalArgumentException unless the probability is within 0 to 1
     */
    public ChipModel withEventLoss(double eventLoss) {
        if (!(eventLoss >= 0 && eventLoss <= 1)) {
            throw new IllegalArgumentException("event loss " + eventLoss + " is no probability; give 0..1");
        }
        return new ChipModel(fidelity, seed, noiseSeed, driftPercent, eventLoss, defaults, laws, pattern);
    }

    /** The fidelity level. */
    public Fidelity fidelity() {
        return fidelity;
    }

    /** Seed of the fixed pattern. */
    public long seed() {
        return seed;
    }

    /** Seed of the trial noise. */
    public long noiseSeed() {
        return noiseSeed;
    }

    /** Drift L of the target option {@code drift=L}. */
    public double driftPercent() {
        return driftPercent;
    }

    /** Probability that an output event is lost on its way to the trace. */
    public double eventLoss() {
        return eventLoss;
    }

    /**
     * Whether an output event is lost (analog.md 13 item 7).
     *
     * @param timeKey word 0 of the draw's counter: the time key of the event's entry into the trace
     * @param l2Output 0..3
     * @param ordinal ordinal of the program
     */
    public boolean losesEvent(long timeKey, int l2Output, long ordinal) {
        if (eventLoss == 0) {
            return false;
        }
        Philox4x64 trial = trialStream();
        trial.block(timeKey, l2Output, Quantity.EVENT_LOSS, ordinal);
        return trial.uniform() < eventLoss;
    }

    Philox4x64 trialStream() {
        return Philox4x64.ofStream("trial", noiseSeed);
    }

    AnalogDefaults defaults() {
        return defaults;
    }

    TransferLaws laws() {
        return laws;
    }

    FixedPattern pattern() {
        return pattern;
    }

    /** Constant shift in volt of every leak potential. */
    double driftLeakV() {
        return fidelity.varied() ? driftPercent * defaults.noise().driftStepV() : 0;
    }

    /** Constant factor of every gm. */
    double driftGm() {
        return fidelity.varied() ? 1 - driftPercent * defaults.noise().driftGm() : 1;
    }
}
