package firstspike.experiments.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Packets of a pcap file.
 *
 * <pre>
 * file    | magic | major, minor | zone | figures | snap length | link type | record ...
 * record  | seconds | fraction | bytes kept | bytes there were | packet |
 * </pre>
 */
final class PcapPackets implements PacketSource {

    /** Magic of files with microseconds, as their writer's order has it. */
    static final int MICROSECONDS = 0xa1b2c3d4;

    /** Magic of files with nanoseconds. */
    static final int NANOSECONDS = 0xa1b23c4d;

    /** Bytes of the header of a file. */
    static final int FILE_HEADER = 24;

    /** Bytes of the header of a record. */
    static final int RECORD_HEADER = 16;

    /** Bits of the link type field that are the link type; above them stands the length of a check sequence. */
    private static final int LINK_TYPE_MASK = 0xffff;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final CaptureInput in;
    private final ByteOrder order;
    private final int nanosPerFraction;
    private final int linkType;
    private final byte[] header = new byte[RECORD_HEADER];

    /** @param magic of the file, already read, in big-endian order */
    PcapPackets(int magic, CaptureInput in) throws IOException {
        this.in = in;
        boolean big = magic == MICROSECONDS || magic == NANOSECONDS;
        order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        nanosPerFraction = (big ? magic : Integer.reverseBytes(magic)) == NANOSECONDS ? 1 : 1000;
        byte[] rest = new byte[FILE_HEADER - Integer.BYTES];
        if (!in.readRest(rest, rest.length)) {
            throw in.malformed("header", "an early end", FILE_HEADER + " bytes");
        }
        ByteBuffer view = CaptureInput.view(rest, order);
        if (view.getShort(0) != 2) {
            throw in.malformed("version", view.getShort(0), 2);
        }
        linkType = view.getInt(rest.length - Integer.BYTES) & LINK_TYPE_MASK;
        if (!LinkLayers.known(linkType)) {
            throw in.malformed("link type", linkType, LinkLayers.NAMES);
        }
    }

    static boolean isMagic(int magic) {
        int other = Integer.reverseBytes(magic);
        return magic == MICROSECONDS || magic == NANOSECONDS || other == MICROSECONDS || other == NANOSECONDS;
    }

    @Override
    public boolean next(Packet packet) throws IOException {
        if (!in.read(header, RECORD_HEADER)) {
            return false;
        }
        ByteBuffer view = CaptureInput.view(header, order);
        long kept = Integer.toUnsignedLong(view.getInt(8));
        if (kept > Packet.MOST_BYTES) {
            throw in.tooLarge("record", kept, Packet.MOST_BYTES);
        }
        packet.length = (int) kept;
        packet.linkType = linkType;
        packet.timeNanos = Integer.toUnsignedLong(view.getInt(0)) * NANOS_PER_SECOND
                + Integer.toUnsignedLong(view.getInt(4)) * nanosPerFraction;
        return in.readRest(packet.bytes, packet.length);
    }
}
