package firstspike.driver.service;

import firstspike.driver.link.ResultEncoder;
import firstspike.driver.service.spool.SpoolLimits;
import firstspike.driver.service.turn.TurnRules;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.proto.chip.v1.Limits;
import java.time.Duration;

/**
 * What a server accepts (playback.md 14.2 to 14.6); told to clients with each target. Results and uploads live in the
 * heap, so their defaults are far below what a spool on disk would allow.
 *
 * @param sessions open at once
 * @param queuedSubmissions of a session that wait
 * @param uploads of a session at once; further ones are read when one has ended
 * @param uploadBytes of all uploads of a session that have not run
 * @param programInstructions of one program without streaming
 * @param streamedInstructions of one program with streaming
 * @param resultBytes of one result
 * @param storedResultBytes of all results of a session that were not acknowledged
 * @param sessionIdle how long a session outlives its last connection and call
 * @param queueIdle how long waiting submissions outlive the last connection of their session
 * @param drain how long running programs may take to finish when the server closes
 */
public record ServerLimits(
        int sessions,
        int queuedSubmissions,
        int uploads,
        long uploadBytes,
        int programInstructions,
        int streamedInstructions,
        long resultBytes,
        long storedResultBytes,
        Duration sessionIdle,
        Duration queueIdle,
        Duration drain) {

    /** Bytes of one message, both ways. */
    static final int MESSAGE_BYTES = 8 << 20;
    /** Bytes of all headers of a call. */
    static final int HEADER_BYTES = 8 << 10;
    /** Calls at once on one connection. */
    static final int CALLS_PER_CONNECTION = 100;
    /** Instructions of one program chunk. */
    static final int CHUNK_INSTRUCTIONS = 1 << 16;
    /** Longest execution that a submission may ask for. */
    static final Duration LONGEST_EXECUTION = Duration.ofHours(24);

    /** The limits of the specification, memory limits scaled to a heap. */
    public static ServerLimits defaults() {
        return new ServerLimits(
                1024,
                1024,
                4,
                256L << 20,
                PlaybackProgram.MAX_INSTRUCTIONS,
                1 << 25,
                256L << 20,
                512L << 20,
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }

    /**
     * @param count of sessions
     * @return the same limits with so many
     */
    public ServerLimits withSessions(int count) {
        return new ServerLimits(
                count,
                queuedSubmissions,
                uploads,
                uploadBytes,
                programInstructions,
                streamedInstructions,
                resultBytes,
                storedResultBytes,
                sessionIdle,
                queueIdle,
                drain);
    }

    /**
     * @param one bytes of one result
     * @param stored bytes of all that are kept for a session
     * @return the same limits with these
     */
    public ServerLimits withResultBytes(long one, long stored) {
        return new ServerLimits(
                sessions,
                queuedSubmissions,
                uploads,
                uploadBytes,
                programInstructions,
                streamedInstructions,
                one,
                stored,
                sessionIdle,
                queueIdle,
                drain);
    }

    /** Limits of what is stored. */
    SpoolLimits spool() {
        return new SpoolLimits(
                Long.MAX_VALUE, resultBytes, storedResultBytes, uploadBytes, programInstructions, streamedInstructions);
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
                .setChunkInstructions(CHUNK_INSTRUCTIONS)
                .setRecordBytes(ResultEncoder.RECORD_BYTES)
                .setProgramInstructions(programInstructions)
                .setResultBytes(resultBytes)
                .setStoredResultBytes(storedResultBytes)
                .setSessions(sessions)
                .setQueuedSubmissions(queuedSubmissions)
                .setUploads(uploads)
                .setUploadBytes(uploadBytes)
                .setSessionIdleMs(sessionIdle.toMillis())
                .setExecutionLimitMs(LONGEST_EXECUTION.toMillis())
                .build();
    }
}
