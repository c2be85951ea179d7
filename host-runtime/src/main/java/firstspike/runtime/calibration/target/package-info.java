/**
 * What a chip shall be brought to: target sets with their units, hard limits and the ranges outside of which imperfect
 * results are to be expected (calibration.md 2). Immutable. Start with
 * {@link firstspike.runtime.calibration.target.TargetSet}.
 */
package firstspike.runtime.calibration.target;
