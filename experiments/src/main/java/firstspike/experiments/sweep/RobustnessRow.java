package firstspike.experiments.sweep;

import static firstspike.runtime.distortion.DistortionKind.ALL_AT_ONCE;
import static firstspike.runtime.distortion.DistortionKind.DELAY;
import static firstspike.runtime.distortion.DistortionKind.EVENT_LOSS;
import static firstspike.runtime.distortion.DistortionKind.JITTER;
import static firstspike.runtime.distortion.DistortionKind.NONE;
import static firstspike.runtime.distortion.DistortionKind.TAU_RATIO;
import static firstspike.runtime.distortion.DistortionKind.TAU_SPREAD;
import static firstspike.runtime.distortion.DistortionKind.THRESHOLD_FIXED;
import static firstspike.runtime.distortion.DistortionKind.THRESHOLD_TRIAL;
import static firstspike.runtime.distortion.DistortionKind.WEIGHT_CLIP;
import static firstspike.runtime.distortion.DistortionKind.WEIGHT_LEVELS;

import firstspike.runtime.distortion.DistortionKind;
import firstspike.runtime.recording.ShortestDecimal;
import java.math.BigDecimal;
import java.util.List;

/**
 * One row of the robustness study of trainings with the test accuracy that an independent implementation reached (inloop.md
 * 14.1).
 *
 * @param kind which imperfection
 * @param value how strong it is; 0 where none belongs to the kind
 * @param measured the rule knows the time constants of every neuron
 * @param expected mean test accuracy
 */
public record RobustnessRow(DistortionKind kind, double value, boolean measured, double expected) {

    private static final boolean MEASURED = true;

    /** All rows, in the order of the table. */
    public static final List<RobustnessRow> ALL = List.of(
            row(NONE, 0, 0.935),
            row(TAU_SPREAD, 0.05, 0.938),
            row(TAU_SPREAD, 0.1, 0.925),
            row(TAU_SPREAD, 0.2, 0.931),
            new RobustnessRow(TAU_SPREAD, 0.1, MEASURED, 0.947),
            new RobustnessRow(TAU_SPREAD, 0.2, MEASURED, 0.941),
            row(TAU_RATIO, 0.5, 0.877),
            row(TAU_RATIO, 0.75, 0.926),
            row(TAU_RATIO, 1.25, 0.943),
            row(TAU_RATIO, 2, 0.940),
            new RobustnessRow(TAU_RATIO, 0.5, MEASURED, 0.886),
            new RobustnessRow(TAU_RATIO, 2, MEASURED, 0.961),
            row(JITTER, 0.01, 0.924),
            row(JITTER, 0.02, 0.954),
            row(JITTER, 0.05, 0.917),
            row(JITTER, 0.1, 0.869),
            row(JITTER, 0.2, 0.494),
            row(WEIGHT_CLIP, 3, 0.936),
            row(WEIGHT_CLIP, 2, 0.879),
            row(WEIGHT_CLIP, 1.5, 0.875),
            row(WEIGHT_CLIP, 1, 0.856),
            row(WEIGHT_LEVELS, 63, 0.921),
            row(WEIGHT_LEVELS, 31, 0.919),
            row(WEIGHT_LEVELS, 15, 0.904),
            row(WEIGHT_LEVELS, 7, 0.859),
            row(WEIGHT_LEVELS, 3, 0.863),
            row(THRESHOLD_FIXED, 0.05, 0.949),
            row(THRESHOLD_FIXED, 0.1, 0.948),
            row(THRESHOLD_FIXED, 0.2, 0.948),
            row(THRESHOLD_TRIAL, 0.02, 0.940),
            row(THRESHOLD_TRIAL, 0.05, 0.922),
            row(THRESHOLD_TRIAL, 0.1, 0.917),
            row(DELAY, 0.05, 0.925),
            row(DELAY, 0.2, 0.831),
            row(EVENT_LOSS, 0.005, 0.926),
            row(EVENT_LOSS, 0.02, 0.913),
            row(ALL_AT_ONCE, 0, 0.867));

    private static RobustnessRow row(DistortionKind kind, double value, double expected) {
        return new RobustnessRow(kind, value, !MEASURED, expected);
    }

    /** Name of the rule in experiment files. */
    String rule() {
        return measured ? "measured" : "nominal";
    }

    /** The value as text without needless digits, empty where none belongs to the kind. */
    String valueText() {
        return kind.hasValue()
                ? new BigDecimal(ShortestDecimal.of(value)).stripTrailingZeros().toPlainString()
                : "";
    }

    /** The imperfection as an experiment file names it. */
    String key() {
        return "distortion={kind: " + kind.id() + ", value: " + (kind.hasValue() ? valueText() : "null") + ", rule: "
                + rule() + "}";
    }
}
