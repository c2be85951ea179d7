package firstspike.driver.server.turn;

import java.time.Duration;

/**
 * The numbers that turns, order, leases and expiry go by (playback.md 14.2 to 14.6), durations in ns.
 *
 * @param turnPeriodNs how long a session keeps the chip while another waits; 0: one submission a turn
 * @param turnGraceNs how long it keeps it after its last result without new work
 * @param sequenceGapNs how long a submission waits for missing numbers before it
 * @param uploadIdleNs how long a broken upload may be continued
 * @param queueIdleNs how long waiting submissions outlive the last connection of their session
 * @param sessionIdleNs how long a session outlives its last connection
 * @param queueLimit submissions of a session that are uploaded or wait
 * @param unacknowledgedLimit submissions of a session that were not acknowledged, ended ones included
 * @param resetBetweenUsers whether the chip is reset before it works for another user than before, so that nobody finds
 *     what somebody else configured (journeys.md J37)
 */
public record TurnRules(
        long turnPeriodNs,
        long turnGraceNs,
        long sequenceGapNs,
        long uploadIdleNs,
        long queueIdleNs,
        long sessionIdleNs,
        int queueLimit,
        int unacknowledgedLimit,
        boolean resetBetweenUsers) {

    /** Longest lease. */
    public static final Duration LONGEST_LEASE = Duration.ofHours(1);
    /** Lease that is taken when nothing is asked for. */
    public static final Duration USUAL_LEASE = Duration.ofSeconds(60);
    /** How long a session in which nothing ever ran outlives its last connection, at most: nothing of it is lost. */
    static final long UNUSED_IDLE_NS = Duration.ofSeconds(5).toNanos();
    /** How far a sequence number may lie beyond the expected one; bounds what a session remembers. */
    static final int FARTHEST_SEQUENCE = 1 << 16;

    /**
     * Refuses what cannot work.
     *
     * @throws IllegalArgumentException for a negative duration or a limit below 1
     */
    public TurnRules {
        notNegative("turnPeriodNs", turnPeriodNs);
        notNegative("turnGraceNs", turnGraceNs);
        notNegative("sequenceGapNs", sequenceGapNs);
        notNegative("uploadIdleNs", uploadIdleNs);
        notNegative("queueIdleNs", queueIdleNs);
        notNegative("sessionIdleNs", sessionIdleNs);
        if (queueLimit < 1 || unacknowledgedLimit < queueLimit) {
            throw new IllegalArgumentException("queueLimit: " + queueLimit + ", unacknowledgedLimit: "
                    + unacknowledgedLimit + " (expected: 1 <= queueLimit <= unacknowledgedLimit)");
        }
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }

    /**
     * How long a session outlives its last connection.
     *
     * @param used whether anything ran in it
     */
    long idleNs(boolean used) {
        return used ? sessionIdleNs : Math.min(sessionIdleNs, UNUSED_IDLE_NS);
    }

    /** The values of the specification. */
    public static TurnRules defaults() {
        return new TurnRules(
                Duration.ofSeconds(10).toNanos(),
                Duration.ofMillis(20).toNanos(),
                Duration.ofSeconds(30).toNanos(),
                Duration.ofSeconds(60).toNanos(),
                Duration.ofSeconds(30).toNanos(),
                Duration.ofMinutes(5).toNanos(),
                1024,
                1 << 16,
                true);
    }

    /**
     * @param period of a turn while others wait
     * @param grace after the last result
     * @return the same rules with these
     */
    public TurnRules withTurns(Duration period, Duration grace) {
        return new TurnRules(
                period.toNanos(),
                grace.toNanos(),
                sequenceGapNs,
                uploadIdleNs,
                queueIdleNs,
                sessionIdleNs,
                queueLimit,
                unacknowledgedLimit,
                resetBetweenUsers);
    }

    /** The same rules, the chip left as it is when another user follows. */
    public TurnRules withoutReset() {
        return new TurnRules(
                turnPeriodNs,
                turnGraceNs,
                sequenceGapNs,
                uploadIdleNs,
                queueIdleNs,
                sessionIdleNs,
                queueLimit,
                unacknowledgedLimit,
                false);
    }
}
