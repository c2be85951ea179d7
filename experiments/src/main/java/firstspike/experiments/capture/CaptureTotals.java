package firstspike.experiments.capture;

/**
 * What a capture holds.
 *
 * @param datagrams written
 * @param dropped that found the buffer full, came after an error of the file, or are not IPv4
 * @param bytes of the file
 * @param error of the file, empty when there was none
 */
public record CaptureTotals(long datagrams, long dropped, long bytes, String error) {}
