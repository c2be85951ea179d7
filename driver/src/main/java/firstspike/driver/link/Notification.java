package firstspike.driver.link;

/**
 * Change of state of a high-speed link (playback.md 6.4).
 *
 * @param fpgaTime ticks
 * @param bits the raw 8 bits
 */
public record Notification(long fpgaTime, int bits) {

    /** Number of the link, 0 to 7. */
    public int link() {
        return bits >> 5 & 7;
    }

    /** True when the link is up. */
    public boolean linkUp() {
        return (bits & 0x10) != 0;
    }

    /** True when a word could not be decoded. */
    public boolean decodeError() {
        return (bits & 0x08) != 0;
    }

    /** True when a checksum was wrong. */
    public boolean crcError() {
        return (bits & 0x04) != 0;
    }

    /** True when the link recovered from a wrong checksum. */
    public boolean crcRecover() {
        return (bits & 0x02) != 0;
    }

    /** True when a check bit was wrong. */
    public boolean checkError() {
        return (bits & 0x01) != 0;
    }
}
