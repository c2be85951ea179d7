package firstspike.runtime.calibration.result;

import java.time.Instant;

/**
 * That a result was measured again, after a fresh initialisation.
 *
 * @param time when
 * @param passed whether every share of neurons passed
 * @param worst the quantity that came closest to its limit, or missed it, for people
 */
public record Verification(Instant time, boolean passed, String worst) {}
