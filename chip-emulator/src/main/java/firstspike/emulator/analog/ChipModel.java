package firstspike.emulator.analog;

import java.util.Objects;

/**
 * Which chip is emulated: fidelity, seeds and the options that change analog behaviour. Immutable; shared by threads.
 * Source: analog.md sections 1, 12, 13.
 */
public final class ChipModel {
    private final Fidelity fidelity;
    private final long seed;
    private final long noiseSeed;
    private final double driftPercent;
    private final double eventLoss;

    private ChipModel(Fidelity fidelity, long seed, long noiseSeed, double driftPercent, double eventLoss) {
        this.fidelity = Objects.requireNonNull(fidelity, "fidelity");
        this.seed = seed;
        this.noiseSeed = noiseSeed;
        this.driftPercent = driftPercent;
        this.eventLoss = eventLoss;
    }

    /** A chip of this fidelity whose trial noise has the seed of its pattern; no drift, no event loss. */
    public static ChipModel of(Fidelity fidelity, long seed) {
        return new ChipModel(fidelity, seed, seed, 0, 0);
    }

    /** The same chip with another seed of the trial noise. */
    public ChipModel withNoiseSeed(long noiseSeed) {
        return new ChipModel(fidelity, seed, noiseSeed, driftPercent, eventLoss);
    }

    /** The same chip after it drifted: every leak potential + L·4.227 mV, every synaptic strength times 1 - L/100. */
    public ChipModel withDrift(double driftPercent) {
        return new ChipModel(fidelity, seed, noiseSeed, driftPercent, eventLoss);
    }

    /** The same chip whose output events are lost with this probability, 0..1. */
    public ChipModel withEventLoss(double eventLoss) {
        return new ChipModel(fidelity, seed, noiseSeed, driftPercent, eventLoss);
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
}
