package firstspike.driver.server.turn;

/**
 * How far from the chip a submission is, as far as the machine can tell: later arrivals of others may come before it.
 *
 * @param before submissions that run before it, at least
 * @param predictedNs how long these are predicted to take, changes of turn left out
 */
public record Place(int before, long predictedNs) {}
