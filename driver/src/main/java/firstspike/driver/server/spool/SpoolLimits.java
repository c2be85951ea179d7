package firstspike.driver.server.spool;

import firstspike.driver.playback.PlaybackProgram;

/**
 * How much may be stored (playback.md 14.2, 14.4, 14.6).
 *
 * @param spoolBytes of everything together
 * @param resultBytes of one result
 * @param storedResultBytes of all results of a user that were not acknowledged
 * @param uploadBytes of all uploads of a user that have not run
 * @param programInstructions of one program without streaming
 * @param streamedInstructions of one program with streaming
 */
public record SpoolLimits(
        long spoolBytes,
        long resultBytes,
        long storedResultBytes,
        long uploadBytes,
        int programInstructions,
        int streamedInstructions) {

    /** The limits of the specification; all together what the disk has room for. */
    public static SpoolLimits defaults() {
        return new SpoolLimits(
                Long.MAX_VALUE, 1L << 30, 4L << 30, 256L << 20, PlaybackProgram.MAX_INSTRUCTIONS, 1 << 25);
    }

    /**
     * @param one bytes of one result
     * @param stored bytes of all that are kept for a user
     * @return the same limits with these
     */
    public SpoolLimits withResultBytes(long one, long stored) {
        return new SpoolLimits(spoolBytes, one, stored, uploadBytes, programInstructions, streamedInstructions);
    }

    /**
     * @param bytes of everything together
     * @return the same limits with these
     */
    public SpoolLimits withSpoolBytes(long bytes) {
        return new SpoolLimits(
                bytes, resultBytes, storedResultBytes, uploadBytes, programInstructions, streamedInstructions);
    }

    /**
     * @param bytes of all uploads of a user that have not run
     * @return the same limits with these
     */
    public SpoolLimits withUploadBytes(long bytes) {
        return new SpoolLimits(
                spoolBytes, resultBytes, storedResultBytes, bytes, programInstructions, streamedInstructions);
    }
}
