package firstspike.driver.hostarq;

import firstspike.driver.playback.PlaybackProgram;

/**
 * What words cost on a gigabit Ethernet link, and what such a link can carry at most (wire.md 18, 20).
 *
 * @param words payload, 0 or more
 * @param frames full ones of 180 words and a last one
 * @param udpPayloadBytes words and HostARQ headers
 * @param ethernetWireBytes with UDP, IP and Ethernet headers, check sequence, preamble and gap
 */
public record LinkBudget(long words, long frames, long udpPayloadBytes, long ethernetWireBytes) {

    /** Bytes per second of a gigabit link. */
    public static final double LINE_BYTES_PER_SECOND = 125e6;

    /** Words of playback memory, and of trace memory. */
    public static final long MEMORY_WORDS = PlaybackProgram.MAX_INSTRUCTIONS;

    /** UDP 8, IP 20, Ethernet 14, check sequence 4, preamble 8, gap 12. */
    private static final int OVERHEAD = 66;

    private static final double MICROS = 1e6;

    /**
     * The cost of so many words in full frames.
     *
     * @param words 0 or more
     * @return frames and bytes
     */
    public static LinkBudget ofWords(long words) {
        if (words < 0) {
            throw new IllegalArgumentException("words: " + words + " (limit: 0 or more); count again");
        }
        long frames = (words + Frames.MAX_WORDS - 1) / Frames.MAX_WORDS;
        long udp = words * Long.BYTES + frames * Frames.HEADER_BYTES;
        return new LinkBudget(words, frames, udp, udp + frames * OVERHEAD);
    }

    /** Shortest time on the wire, µs. */
    public double minTransferUs() {
        return ethernetWireBytes * MICROS / LINE_BYTES_PER_SECOND;
    }

    /** Whether a program of so many words fits the playback memory. */
    public boolean fitsPlaybackMemory() {
        return words <= MEMORY_WORDS;
    }

    /** Payload bytes per second of full frames at line rate: 118.6 MB/s; a higher measured rate is wrong (W146). */
    public static double maxPayloadBytesPerSecond() {
        LinkBudget full = ofWords(Frames.MAX_WORDS);
        return LINE_BYTES_PER_SECOND * Frames.MAX_WORDS * Long.BYTES / full.ethernetWireBytes;
    }
}
