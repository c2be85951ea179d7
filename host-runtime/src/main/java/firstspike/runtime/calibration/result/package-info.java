/**
 * What a calibration found: an immutable {@link firstspike.runtime.calibration.result.CalibrationResult} with the codes of
 * the chip ({@link firstspike.runtime.calibration.result.ChipCodes}), the values that were measured with them, and the
 * circuits that are not fit (calibration.md 6, 8). Nothing here knows a chip's laws, a link or a file.
 */
package firstspike.runtime.calibration.result;
