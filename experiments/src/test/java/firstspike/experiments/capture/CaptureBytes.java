package firstspike.experiments.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes capture files byte by byte, independent of the writer. */
final class CaptureBytes {

    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CaptureBytes(ByteOrder order) {
        this.order = order;
    }

    static CaptureBytes pcap(ByteOrder order, int magic, int linkType) {
        return new CaptureBytes(order).ints(magic).shorts(2, 4).ints(0, 0, 65535, linkType);
    }

    static CaptureBytes pcapng(ByteOrder order) {
        return new CaptureBytes(order).section();
    }

    CaptureBytes section() {
        return ints(0x0a0d0d0a, 28, 0x1a2b3c4d).shorts(1, 0).ints(-1, -1, 28);
    }

    CaptureBytes record(long seconds, int fraction, byte[] packet) {
        return ints((int) seconds, fraction, packet.length, packet.length).bytes(packet);
    }

    /** An interface with a resolution option. */
    CaptureBytes describe(int linkType, int resolution) {
        ints(1, 32).shorts(linkType, 0).ints(65535).shorts(9, 1);
        return bytes(new byte[] {(byte) resolution, 0, 0, 0}).shorts(0, 0).ints(32);
    }

    CaptureBytes packet(int number, long stamp, byte[] packet) {
        int padded = packet.length + 3 & ~3;
        int total = 32 + padded;
        ints(6, total, number, (int) (stamp >>> 32), (int) stamp, packet.length, packet.length);
        return bytes(packet).bytes(new byte[padded - packet.length]).ints(total);
    }

    CaptureBytes simple(byte[] packet) {
        int padded = packet.length + 3 & ~3;
        return ints(3, 16 + padded, packet.length)
                .bytes(packet)
                .bytes(new byte[padded - packet.length])
                .ints(16 + padded);
    }

    CaptureBytes unknownBlock(int length) {
        return ints(0x0bad, 12 + length).bytes(new byte[length]).ints(12 + length);
    }

    CaptureBytes ints(int... values) {
        for (int value : values) {
            bytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
        }
        return this;
    }

    CaptureBytes shorts(int... values) {
        for (int value : values) {
            bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
        }
        return this;
    }

    CaptureBytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] done() {
        return out.toByteArray();
    }

    /** An IPv4 packet with UDP from 10.0.0.1:5000 to 10.0.0.2:1234. */
    static byte[] udp(byte... payload) {
        return ByteBuffer.allocate(28 + payload.length)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (28 + payload.length))
                .putInt(0)
                .put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .put(new byte[] {10, 0, 0, 1, 10, 0, 0, 2})
                .putShort((short) 5000)
                .putShort((short) 1234)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    /** A packet behind other headers. */
    static byte[] behind(byte[] header, byte[] packet) {
        return ByteBuffer.allocate(header.length + packet.length)
                .put(header)
                .put(packet)
                .array();
    }
}
