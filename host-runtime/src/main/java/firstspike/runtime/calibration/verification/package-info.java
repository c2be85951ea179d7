/**
 * Measures a calibrated chip again, with nothing of the search's data (calibration.md 6, 7), looks for drift (9) and for
 * neurons that never or always spike. Start with {@link firstspike.runtime.calibration.verification.Verifier}. Everything
 * leaves the codes of the chip as they were; one owner thread.
 */
package firstspike.runtime.calibration.verification;
