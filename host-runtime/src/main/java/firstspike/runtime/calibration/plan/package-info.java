/**
 * A whole calibration: procedures in the order in which they depend on each other (calibration.md 5), what they found, and
 * what is kept when a chip is lost or the user stops. Start with {@link firstspike.runtime.calibration.plan.Calibration}. A
 * calibration belongs to one thread, which may be interrupted to cancel it.
 */
package firstspike.runtime.calibration.plan;
