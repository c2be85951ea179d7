/**
 * The procedures of a calibration: each a small object that knows what it varies, what it observes, how it searches and in
 * which state of the chip (calibration.md 4). Start with {@link firstspike.runtime.calibration.procedure.Procedure}.
 * A procedure and its bench belong to one thread.
 */
package firstspike.runtime.calibration.procedure;
