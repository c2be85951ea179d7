package firstspike.runtime.learning;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How derivatives of a spike time are computed ({@code inloop.md} sections 3 and 4). */
public enum LearningRule {
    /** Published closed form, tauMem = tauSyn: model slope at the measured time. */
    CLOSED_FORM_EQUAL("closed-form-equal"),
    /** Published closed form, tauMem = 2 tauSyn. */
    CLOSED_FORM_DOUBLE("closed-form-double"),
    /** Implicit differentiation with the configured time constants, any ratio. */
    IMPLICIT("implicit"),
    /** Implicit differentiation with measured time constants of each neuron. */
    IMPLICIT_MEASURED("implicit-measured"),
    /** EventProp: exact gradients of all spikes, with the configured constants ({@code eventprop.md}). */
    EVENT_PROP("event-prop"),
    /** EventProp with the measured constants of each neuron. */
    EVENT_PROP_MEASURED("event-prop-measured");

    private final String id;

    LearningRule(String id) {
        this.id = id;
    }

    /**
     * Name in experiment files.
     *
     * @return such as {@code closed-form-equal}
     */
    public String id() {
        return id;
    }

    /**
     * The rule of a name.
     *
     * @param id name in experiment files
     * @return the rule
     * @throws IllegalArgumentException for an unknown name, listing the known ones
     */
    public static LearningRule ofId(String id) {
        return Arrays.stream(values())
                .filter(rule -> rule.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("learning_rule : " + id + " (expected: one of "
                        + Arrays.stream(values()).map(LearningRule::id).collect(Collectors.joining(", ")) + ")"));
    }

    /**
     * Whether the rule's formulas hold for a neuron.
     *
     * @param neuron constants
     * @return false for a closed form with another ratio of time constants
     */
    public boolean fits(NeuronConstants neuron) {
        return switch (this) {
            case CLOSED_FORM_EQUAL -> neuron.ratio() == TimeConstantRatio.EQUAL;
            case CLOSED_FORM_DOUBLE -> neuron.ratio() == TimeConstantRatio.DOUBLE;
            case IMPLICIT, IMPLICIT_MEASURED, EVENT_PROP, EVENT_PROP_MEASURED -> true;
        };
    }

    /**
     * Whether the rule learns from all spikes of a neuron, not from the first one alone.
     *
     * @return true for EventProp
     */
    public boolean manySpikes() {
        return this == EVENT_PROP || this == EVENT_PROP_MEASURED;
    }

    /**
     * Whether the rule needs what a calibration knows of each neuron.
     *
     * @return true for the measured rules
     */
    public boolean measured() {
        return this == IMPLICIT_MEASURED || this == EVENT_PROP_MEASURED;
    }
}
