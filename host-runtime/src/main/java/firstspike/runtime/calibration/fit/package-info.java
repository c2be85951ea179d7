/**
 * Numbers from traces and numbers about numbers: exponential fits, amplitudes of postsynaptic potentials, statistics. Pure
 * arithmetic on arrays, no chip. Start with {@link firstspike.runtime.calibration.fit.ExponentialFit} and
 * {@link firstspike.runtime.calibration.fit.Statistics}. Everything is immutable and safe for any thread. Source:
 * calibration.md 4 to 7.
 */
package firstspike.runtime.calibration.fit;
