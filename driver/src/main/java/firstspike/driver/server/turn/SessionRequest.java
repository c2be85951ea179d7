package firstspike.driver.server.turn;

import java.util.Objects;
import java.util.Optional;

/**
 * A session that wants turns on the chip.
 *
 * @param id of the session, unique
 * @param user whom it belongs to; turns and leases go by users
 * @param noWait whether a submission that would have to wait for others is refused instead
 * @param exclusive a lease that ends with the session, or its time after the last connection; empty: none
 * @param firstSequence number of its first ordered submission, 0 to 2^62
 */
public record SessionRequest(
        String id, String user, boolean noWait, Optional<Exclusive> exclusive, long firstSequence) {

    /**
     * A lease of a session.
     *
     * @param lease id of the lease; others see it
     * @param ttlNs how long it outlives the last connection, 1 ns to an hour
     */
    public record Exclusive(String lease, long ttlNs) {}

    /** Refuses nulls and negative numbers. */
    public SessionRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(exclusive, "exclusive");
        if (firstSequence < 0 || firstSequence > 1L << 62) {
            throw new IllegalArgumentException("firstSequence: " + firstSequence + " (expected: 0 to 2^62)");
        }
    }

    /**
     * A session that waits, without a lease, numbered from 0.
     *
     * @param id of the session
     * @param user whom it belongs to
     * @return the request
     */
    public static SessionRequest of(String id, String user) {
        return new SessionRequest(id, user, false, Optional.empty(), 0);
    }
}
