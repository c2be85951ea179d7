package firstspike.runtime.distortion;

import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.WeightGrid;
import java.util.Objects;

/**
 * One point of the robustness study: an imperfection, how strong it is, and what the rule knows of it.
 *
 * @param kind which imperfection
 * @param value how strong it is; 0 where none belongs to the kind
 * @param measured the rule knows the time constants of every neuron, as after a calibration
 */
public record StudyPoint(DistortionKind kind, double value, boolean measured) {

    /** Checks the value; throws {@link IllegalArgumentException} that names it. */
    public StudyPoint {
        Objects.requireNonNull(kind, "kind");
        kind.distortion(value);
        kind.grid(value, WeightGrid.UNLIMITED);
        if (measured && !kind.canBeMeasured()) {
            throw new IllegalArgumentException("distortion rule measured : " + kind.id()
                    + " (expected: tau-spread or tau-ratio, which a calibration measures); take rule nominal");
        }
    }

    /** What it does to neurons, events and times. */
    public Distortion distortion() {
        return kind.distortion(value);
    }

    /**
     * What it does to weights.
     *
     * @param own grid of the experiment
     * @return the grid that holds
     */
    public WeightGrid grid(WeightGrid own) {
        return kind.grid(value, own);
    }

    /**
     * The rule that knows of it.
     *
     * @param own rule of the experiment
     * @return that one, or the rule with measured constants
     */
    public LearningRule rule(LearningRule own) {
        return measured ? LearningRule.IMPLICIT_MEASURED : own;
    }
}
