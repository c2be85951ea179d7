package firstspike.experiments.capture;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Puts UDP datagrams over IPv4 into pcap records: raw IP, nanoseconds, little endian. */
final class PcapRecords {

    /** Bytes of a record beside the payload. */
    static final int OVERHEAD = PcapPackets.RECORD_HEADER + 28;

    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int TIME_TO_LIVE = 64;
    private static final int UDP = 17;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private PcapRecords() {}

    /** The header of a file. */
    static void begin(ByteBuffer target) {
        target.order(ByteOrder.LITTLE_ENDIAN)
                .putInt(PcapPackets.NANOSECONDS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(Packet.MOST_BYTES)
                .putInt(LinkLayers.RAW_IP);
    }

    /** One datagram between IPv4 addresses; the target has room for it. */
    static void put(
            ByteBuffer target, long timeNanos, InetSocketAddress from, InetSocketAddress to, ByteBuffer payload) {
        int udp = UDP_HEADER + payload.remaining();
        target.order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (timeNanos / NANOS_PER_SECOND))
                .putInt((int) (timeNanos % NANOS_PER_SECOND))
                .putInt(IPV4_HEADER + udp)
                .putInt(IPV4_HEADER + udp);
        int start = target.position();
        target.order(ByteOrder.BIG_ENDIAN)
                .putShort((short) 0x4500)
                .putShort((short) (IPV4_HEADER + udp))
                .putShort((short) 0)
                .putShort((short) DONT_FRAGMENT)
                .put((byte) TIME_TO_LIVE)
                .put((byte) UDP)
                .putShort((short) 0)
                .put(from.getAddress().getAddress())
                .put(to.getAddress().getAddress());
        target.putShort(start + 10, checkSum(target, start));
        // a check sum of 0 says that UDP has none
        target.putShort((short) from.getPort())
                .putShort((short) to.getPort())
                .putShort((short) udp)
                .putShort((short) 0)
                .put(payload.duplicate());
    }

    private static short checkSum(ByteBuffer target, int start) {
        int sum = 0;
        for (int at = start; at < start + IPV4_HEADER; at += Short.BYTES) {
            sum += target.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }
}
