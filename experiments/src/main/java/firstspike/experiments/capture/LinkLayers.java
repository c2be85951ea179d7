package firstspike.experiments.capture;

/** Where the IPv4 packet begins behind the headers of the link layers that captures of a laboratory have. */
final class LinkLayers {

    /** Link type of a file whose packets begin with the IP header. */
    static final int RAW_IP = 101;

    /** What is read, for error messages. */
    static final String NAMES =
            "Ethernet 1, Linux cooked 113 and 276, raw IP 12, 14, 101 and 228, BSD loopback 0 and 108";

    private static final int BSD_LOOPBACK = 0;
    private static final int ETHERNET = 1;
    private static final int OPEN_BSD_LOOPBACK = 108;
    private static final int LINUX_COOKED = 113;
    private static final int LINUX_COOKED_2 = 276;
    private static final int RAW_BSD = 12;
    private static final int RAW_OPEN_BSD = 14;
    private static final int IPV4_ONLY = 228;

    private static final int IPV4_TYPE = 0x0800;
    private static final int MOST_TAGS = 4;
    private static final int FAMILY_INET = 2;

    private LinkLayers() {}

    static boolean known(int linkType) {
        return switch (linkType) {
            case BSD_LOOPBACK,
                    ETHERNET,
                    OPEN_BSD_LOOPBACK,
                    LINUX_COOKED,
                    LINUX_COOKED_2,
                    RAW_IP,
                    RAW_BSD,
                    RAW_OPEN_BSD,
                    IPV4_ONLY -> true;
            default -> false;
        };
    }

    /** Index of the first byte of the IPv4 packet, or -1 when there is none. */
    static int ipv4(Packet packet) {
        return switch (packet.linkType) {
            case ETHERNET -> ethernet(packet);
            case LINUX_COOKED -> packet.length >= 16 && word(packet, 14) == IPV4_TYPE ? 16 : -1;
            case LINUX_COOKED_2 -> packet.length >= 20 && word(packet, 0) == IPV4_TYPE ? 20 : -1;
            case RAW_IP, RAW_BSD, RAW_OPEN_BSD, IPV4_ONLY -> 0;
            // the family stands in the order of the machine that captured: one of both ends holds the number
            case BSD_LOOPBACK, OPEN_BSD_LOOPBACK ->
                packet.length >= 4
                                && (family(packet) == FAMILY_INET
                                        || Integer.reverseBytes(family(packet)) == FAMILY_INET)
                        ? 4
                        : -1;
            default -> -1;
        };
    }

    private static int ethernet(Packet packet) {
        int at = 12;
        for (int tags = 0; tags <= MOST_TAGS && at + 2 <= packet.length; tags++) {
            int type = word(packet, at);
            if (type == IPV4_TYPE) {
                return at + 2;
            }
            if (type != 0x8100 && type != 0x88a8 && type != 0x9100) {
                return -1;
            }
            at += 4;
        }
        return -1;
    }

    private static int family(Packet packet) {
        return word(packet, 0) << 16 | word(packet, 2);
    }

    private static int word(Packet packet, int at) {
        return (packet.bytes[at] & 0xff) << 8 | packet.bytes[at + 1] & 0xff;
    }
}
