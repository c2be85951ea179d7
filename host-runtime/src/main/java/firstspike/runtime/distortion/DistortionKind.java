package firstspike.runtime.distortion;

import firstspike.runtime.learning.WeightGrid;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The imperfections of the study, one at a time (inloop.md 14). */
public enum DistortionKind {
    /** Everything as the model says. */
    NONE("none"),
    /** Time constants of each neuron, drawn once: relative deviation. */
    TAU_SPREAD("tau-spread"),
    /** Membrane over synaptic time constant of all neurons. */
    TAU_RATIO("tau-ratio"),
    /** Output spike times of every sample: deviation in units of tau. */
    JITTER("jitter"),
    /** Largest weight. */
    WEIGHT_CLIP("weight-clip"),
    /** Positive levels that a weight can have up to its limit. */
    WEIGHT_LEVELS("weight-levels"),
    /** Threshold of each neuron, drawn once: relative deviation. */
    THRESHOLD_FIXED("threshold-fixed"),
    /** Threshold of every sample: relative deviation. */
    THRESHOLD_TRIAL("threshold-trial"),
    /** Later inputs of every layer, in units of tau. */
    DELAY("delay"),
    /** Lost input events of every layer: probability. */
    EVENT_LOSS("event-loss"),
    /** Strength of each synapse, drawn once: relative deviation. */
    SYNAPSE_SPREAD("synapse-spread"),
    /** Strength of the excitatory and of the inhibitory synapses of each neuron, drawn once: deviation of the logarithm. */
    AMPLITUDE_SPREAD("amplitude-spread"),
    /** Several at once: clip 2.1 with 63 levels, tau-spread 0.05, jitter 0.02, threshold-fixed 0.05, threshold-trial 0.02. */
    ALL_AT_ONCE("all-at-once");

    /** Limit of weights that have levels, where the experiment names none. */
    public static final double USUAL_CLIP = 3;

    private static final double ALL_CLIP = 2.1;
    private static final int ALL_LEVELS = 63;
    private static final Distortion ALL = new Distortion(0.05, 1, 0.02, 0.05, 0.02, 0, 0, 0, 0);

    private final String id;

    DistortionKind(String id) {
        this.id = id;
    }

    /** Name in experiment files. */
    public String id() {
        return id;
    }

    /** Names of all kinds, in the order of the study. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(DistortionKind::id).toList();
    }

    /**
     * @param id name in experiment files
     * @return the kind; empty when there is none
     */
    public static Optional<DistortionKind> of(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }

    /** Whether a value belongs to it. */
    public boolean hasValue() {
        return this != NONE && this != ALL_AT_ONCE;
    }

    /** Whether it has rules that know of it. */
    public boolean canBeMeasured() {
        return this == TAU_SPREAD || this == TAU_RATIO;
    }

    /**
     * What it does to neurons, events and times.
     *
     * @param value how strong it is
     * @return the imperfection; {@link Distortion#NONE} for those that only limit weights
     * @throws IllegalArgumentException for a value out of range
     */
    public Distortion distortion(double value) {
        return switch (this) {
            case NONE, WEIGHT_CLIP, WEIGHT_LEVELS -> Distortion.NONE;
            case TAU_SPREAD -> new Distortion(value, 1, 0, 0, 0, 0, 0, 0, 0);
            case TAU_RATIO -> new Distortion(0, value, 0, 0, 0, 0, 0, 0, 0);
            case JITTER -> new Distortion(0, 1, value, 0, 0, 0, 0, 0, 0);
            case THRESHOLD_FIXED -> new Distortion(0, 1, 0, value, 0, 0, 0, 0, 0);
            case THRESHOLD_TRIAL -> new Distortion(0, 1, 0, 0, value, 0, 0, 0, 0);
            case DELAY -> new Distortion(0, 1, 0, 0, 0, value, 0, 0, 0);
            case EVENT_LOSS -> new Distortion(0, 1, 0, 0, 0, 0, value, 0, 0);
            case SYNAPSE_SPREAD -> new Distortion(0, 1, 0, 0, 0, 0, 0, value, 0);
            case AMPLITUDE_SPREAD -> new Distortion(0, 1, 0, 0, 0, 0, 0, 0, value);
            case ALL_AT_ONCE -> ALL;
        };
    }

    /**
     * What it does to weights.
     *
     * @param value how strong it is
     * @param own grid of the experiment
     * @return the grid that holds
     * @throws IllegalArgumentException for a value out of range
     */
    public WeightGrid grid(double value, WeightGrid own) {
        return switch (this) {
            case WEIGHT_CLIP -> new WeightGrid(own.resolution(), value);
            case WEIGHT_LEVELS -> levels(own.limit() == Double.POSITIVE_INFINITY ? USUAL_CLIP : own.limit(), value);
            case ALL_AT_ONCE -> levels(ALL_CLIP, ALL_LEVELS);
            default -> own;
        };
    }

    private static WeightGrid levels(double clip, double levels) {
        if (!(levels >= 1) || levels != Math.rint(levels)) {
            throw new IllegalArgumentException("distortion weight-levels : " + levels
                    + " (expected: a whole number, 1 or more); choose how many positive levels a weight has");
        }
        return new WeightGrid(clip / levels, clip);
    }
}
