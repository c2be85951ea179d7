package firstspike.runtime.calibration.plan;

import firstspike.runtime.calibration.evidence.Evidence;
import firstspike.runtime.calibration.result.CalibrationResult;
import java.util.Optional;

/**
 * How a calibration ended.
 *
 * @param result complete, partial, or rejected with the finished steps
 * @param end why it ended early: a lost chip, or that it was cancelled ({@code ChipException}), or what could not be measured
 *     ({@code CalibrationException}); empty when it ran to its end
 * @param evidence what was seen on the way, for pictures
 */
public record CalibrationRun(CalibrationResult result, Optional<RuntimeException> end, Evidence evidence) {}
