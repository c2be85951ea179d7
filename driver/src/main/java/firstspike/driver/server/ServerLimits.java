package firstspike.driver.server;

import firstspike.driver.remote.ResultEncoder;
import firstspike.driver.server.spool.SpoolLimits;
import firstspike.driver.server.spool.SpooledUpload;
import firstspike.driver.server.turn.TurnRules;
import firstspike.proto.chip.v1.Limits;
import java.time.Duration;

/**
 * What a server accepts (playback.md 14.2 to 14.6); told to clients with each target.
 *
 * @param sessions open at once
 * @param queuedSubmissions of a session that wait
 * @param uploads of a session at once; further ones are read when one has ended
 * @param spool how much may be stored
 * @param connections at once; further ones are closed as they come
 * @param connectionIdle how long a connection may be without a call when it holds no session
 * @param sessionIdle how long a session outlives its last connection and call
 * @param queueIdle how long waiting submissions outlive the last connection of their session
 * @param drain how long running programs may take to finish when the server closes
 */
public record ServerLimits(
        int sessions,
        int queuedSubmissions,
        int uploads,
        SpoolLimits spool,
        int connections,
        Duration connectionIdle,
        Duration sessionIdle,
        Duration queueIdle,
        Duration drain) {

    /** Up to so many sessions nothing is kept back for others. */
    private static final int SMALL_SERVER = 32;
    /** Part of all sessions that one user may have. */
    private static final int USER_SHARE = 4;
    /** Bytes of one message, both ways. */
    static final int MESSAGE_BYTES = 8 << 20;
    /** Bytes of all headers of a call. */
    static final int HEADER_BYTES = 8 << 10;
    /** Calls at once on one connection. */
    static final int CALLS_PER_CONNECTION = 100;

    /** The limits of the specification. */
    public static ServerLimits defaults() {
        return new ServerLimits(
                1024,
                1024,
                4,
                SpoolLimits.defaults(),
                4096,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }

    /** Sessions that one user may have, who leaves room for others; of a small server one user may have all. */
    int sessionsOfUser() {
        return sessions <= SMALL_SERVER ? sessions : Math.min(sessions / USER_SHARE, sessions - SMALL_SERVER / 2);
    }

    /** Sessions that one connection may hold. */
    int sessionsOfConnection() {
        return sessions <= SMALL_SERVER ? sessions : Math.max(1, sessionsOfUser() / 2);
    }

    /**
     * @param count of sessions
     * @return the same limits with so many
     */
    public ServerLimits withSessions(int count) {
        return new ServerLimits(
                count, queuedSubmissions, uploads, spool, connections, connectionIdle, sessionIdle, queueIdle, drain);
    }

    /**
     * @param count of connections
     * @return the same limits with so many
     */
    public ServerLimits withConnections(int count) {
        return new ServerLimits(
                sessions, queuedSubmissions, uploads, spool, count, connectionIdle, sessionIdle, queueIdle, drain);
    }

    /**
     * @param other limits of what is stored
     * @return the same limits with these
     */
    public ServerLimits withSpool(SpoolLimits other) {
        return new ServerLimits(
                sessions,
                queuedSubmissions,
                uploads,
                other,
                connections,
                connectionIdle,
                sessionIdle,
                queueIdle,
                drain);
    }

    /**
     * @param patience with running programs when the server closes
     * @return the same limits with it
     */
    public ServerLimits withDrain(Duration patience) {
        return new ServerLimits(
                sessions,
                queuedSubmissions,
                uploads,
                spool,
                connections,
                connectionIdle,
                sessionIdle,
                queueIdle,
                patience);
    }

    /**
     * @param one bytes of one result
     * @param stored bytes of all that are kept for a user
     * @return the same limits with these
     */
    public ServerLimits withResultBytes(long one, long stored) {
        return withSpool(spool.withResultBytes(one, stored));
    }

    /** The same rules with the limits on queues and expiry. */
    TurnRules rules(TurnRules turns) {
        return new TurnRules(
                turns.turnPeriodNs(),
                turns.turnGraceNs(),
                turns.sequenceGapNs(),
                turns.uploadIdleNs(),
                queueIdle.toNanos(),
                sessionIdle.toNanos(),
                queuedSubmissions,
                Math.max(queuedSubmissions, turns.unacknowledgedLimit()),
                turns.resetBetweenUsers());
    }

    Limits message() {
        return Limits.newBuilder()
                .setMessageBytes(MESSAGE_BYTES)
                .setChunkInstructions(SpooledUpload.CHUNK_INSTRUCTIONS)
                .setRecordBytes(ResultEncoder.RECORD_BYTES)
                .setProgramInstructions(spool.programInstructions())
                .setResultBytes(spool.resultBytes())
                .setStoredResultBytes(spool.storedResultBytes())
                .setSessions(sessions)
                .setQueuedSubmissions(queuedSubmissions)
                .setUploads(uploads)
                .setUploadBytes(spool.uploadBytes())
                .setSessionIdleMs(sessionIdle.toMillis())
                .setExecutionLimitMs(SpooledUpload.LONGEST_EXECUTION.toMillis())
                .build();
    }
}
