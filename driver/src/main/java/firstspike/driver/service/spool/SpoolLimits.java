package firstspike.driver.service.spool;

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
        int streamedInstructions) {}
