package firstspike.experiments.config;

import firstspike.runtime.distortion.DistortionKind;
import firstspike.runtime.distortion.StudyPoint;
import java.util.Optional;

/** Reads the point of a study that a tree describes. */
final class StudyPoints {

    private StudyPoints() {}

    /** Empty without {@code distortion}; throws {@link IllegalArgumentException} for a value out of range. */
    static Optional<StudyPoint> of(Values values) {
        return values.has("distortion")
                ? Optional.of(new StudyPoint(
                        DistortionKind.of(values.text("distortion.kind")).orElseThrow(),
                        values.optionalNumber("distortion.value").orElse(0),
                        values.text("distortion.rule").equals("measured")))
                : Optional.empty();
    }
}
