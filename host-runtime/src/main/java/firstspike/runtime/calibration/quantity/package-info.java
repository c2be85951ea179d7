/**
 * What a calibration brings to a target: names, units and accepted deviations (calibration.md 1, 6). Start with
 * {@link firstspike.runtime.calibration.quantity.Quantity}.
 */
package firstspike.runtime.calibration.quantity;
