package firstspike.experiments.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Packets of a pcapng file: sections of blocks, each section with its byte order and its interfaces.
 *
 * <pre>
 * | type | total length | body, whole words | total length again |
 * </pre>
 */
final class PcapngPackets implements PacketSource {

    /** Type of the block that begins a section, the same in both byte orders. */
    static final int SECTION = 0x0a0d0d0a;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int PACKET = 6;

    private static final int FRAME = 12;
    private static final int MOST_BLOCK = 16 << 20;
    private static final int MOST_INTERFACES = 4096;
    private static final int MOST_DESCRIPTION = 65_536;
    private static final int RESOLUTION_OPTION = 9;

    private final CaptureInput in;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final byte[] head = new byte[20];
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private boolean first = true;

    /** @param in behind the type of the first block */
    PcapngPackets(CaptureInput in) {
        this.in = in;
    }

    @Override
    public boolean next(Packet packet) throws IOException {
        while (true) {
            int type = SECTION;
            if (!first) {
                if (!in.read(head, Integer.BYTES)) {
                    return false;
                }
                type = CaptureInput.view(head, order).getInt(0);
            }
            first = false;
            if (type == SECTION) {
                if (!section()) {
                    return false;
                }
                continue;
            }
            if (!in.readRest(head, Integer.BYTES)) {
                return false;
            }
            int body = bodyLength(CaptureInput.view(head, order).getInt(0));
            switch (type) {
                case INTERFACE -> {
                    if (!describe(body)) {
                        return false;
                    }
                }
                case PACKET, OLD_PACKET, SIMPLE_PACKET -> {
                    return packet(type, body, packet);
                }
                default -> {
                    if (!in.skip(body + Integer.BYTES)) {
                        return false;
                    }
                }
            }
        }
    }

    private int bodyLength(int total) {
        if (total < FRAME || total % Integer.BYTES != 0) {
            throw in.malformed("block length", Integer.toUnsignedString(total), "a multiple of 4 from " + FRAME);
        }
        if (total > MOST_BLOCK) {
            throw in.tooLarge("block", total, MOST_BLOCK);
        }
        return total - FRAME;
    }

    private boolean section() throws IOException {
        if (!in.readRest(head, 2 * Integer.BYTES)) {
            return false;
        }
        int magic = CaptureInput.view(head, ByteOrder.BIG_ENDIAN).getInt(Integer.BYTES);
        if (magic != BYTE_ORDER_MAGIC && Integer.reverseBytes(magic) != BYTE_ORDER_MAGIC) {
            throw in.malformed(
                    "byte order of a section",
                    String.format("0x%08x", magic),
                    String.format("0x%08x", BYTE_ORDER_MAGIC));
        }
        order = magic == BYTE_ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        interfaces.clear();
        int body = bodyLength(CaptureInput.view(head, order).getInt(0));
        // the magic was the first word of the body
        return in.skip(Math.max(body, Integer.BYTES));
    }

    private boolean describe(int body) throws IOException {
        if (interfaces.size() == MOST_INTERFACES) {
            throw in.tooLarge("interfaces", interfaces.size() + 1, MOST_INTERFACES);
        }
        if (body < 8 || body > MOST_DESCRIPTION) {
            throw in.malformed("interface description", body + " bytes", "8 to " + MOST_DESCRIPTION + " bytes");
        }
        byte[] bytes = new byte[body + Integer.BYTES];
        if (!in.readRest(bytes, bytes.length)) {
            return false;
        }
        ByteBuffer view = CaptureInput.view(bytes, order);
        int resolution = CaptureInterface.MICROSECONDS;
        for (int at = 8; at + 4 <= body; ) {
            int code = Short.toUnsignedInt(view.getShort(at));
            int length = Short.toUnsignedInt(view.getShort(at + 2));
            if (code == 0 || at + 4 + length > body) {
                break;
            }
            if (code == RESOLUTION_OPTION && length == 1) {
                resolution = view.get(at + 4) & 0xff;
            }
            at += 4 + (length + 3 & ~3);
        }
        interfaces.add(new CaptureInterface(Short.toUnsignedInt(view.getShort(0)), resolution));
        return true;
    }

    private boolean packet(int type, int body, Packet packet) throws IOException {
        int fixed = type == SIMPLE_PACKET ? 4 : 20;
        if (body < fixed) {
            throw in.malformed("packet block", body + " bytes", "at least " + fixed);
        }
        if (!in.readRest(head, fixed)) {
            return false;
        }
        ByteBuffer view = CaptureInput.view(head, order);
        int number =
                type == SIMPLE_PACKET ? 0 : type == PACKET ? view.getInt(0) : Short.toUnsignedInt(view.getShort(0));
        if (number < 0 || number >= interfaces.size()) {
            throw in.malformed(
                    "interface of a packet", Integer.toUnsignedString(number), "one of the " + interfaces.size());
        }
        CaptureInterface from = interfaces.get(number);
        int room = body - fixed;
        // a simple block says only how long the packet was, what was kept fills the block
        long kept = type == SIMPLE_PACKET
                ? Math.min(Integer.toUnsignedLong(view.getInt(0)), room)
                : Integer.toUnsignedLong(view.getInt(12));
        if (kept > room) {
            throw in.malformed("packet length", kept, "at most " + room);
        }
        if (kept > Packet.MOST_BYTES) {
            throw in.tooLarge("packet", kept, Packet.MOST_BYTES);
        }
        packet.length = (int) kept;
        packet.linkType = from.linkType();
        packet.timeNanos = type == SIMPLE_PACKET
                ? 0
                : from.nanos((long) view.getInt(4) << 32 | Integer.toUnsignedLong(view.getInt(8)));
        return in.readRest(packet.bytes, packet.length) && in.skip(room - packet.length + Integer.BYTES);
    }
}
