package firstspike.experiments.wire;

import firstspike.experiments.capture.Datagram;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Datagrams between a host and an FPGA, each a microsecond after the one before. */
final class Exchange {

    static final InetSocketAddress HOST = new InetSocketAddress("10.0.0.1", 40000);
    static final InetSocketAddress FPGA = new InetSocketAddress("10.0.0.2", 2000);
    private static final InetSocketAddress RESET = new InetSocketAddress("10.0.0.2", 2001);

    private final List<Datagram> datagrams = new ArrayList<>();

    List<Datagram> datagrams() {
        return datagrams;
    }

    Exchange reset() {
        return add(HOST, RESET, new byte[] {(byte) 0xab, (byte) 0xab, (byte) 0xab, (byte) 0xab});
    }

    Exchange answer() {
        return from(255, 0, 0x8002, 256, 128, 180, 2, 0x76657273696f6e3aL, 0x2031000000000000L);
    }

    Exchange to(int ack, int sequence, int type, long... words) {
        return add(HOST, FPGA, frame(ack, sequence, type, words));
    }

    Exchange from(int ack, int sequence, int type, long... words) {
        return add(FPGA, HOST, frame(ack, sequence, type, words));
    }

    Exchange ackTo(int ack) {
        return add(HOST, FPGA, ByteBuffer.allocate(4).putInt(ack).array());
    }

    Exchange ackFrom(int ack) {
        return add(FPGA, HOST, ByteBuffer.allocate(4).putInt(ack).array());
    }

    Exchange again(int index) {
        Datagram before = datagrams.get(index);
        return add(before.from(), before.to(), before.payload());
    }

    Exchange add(InetSocketAddress from, InetSocketAddress to, byte[] payload) {
        datagrams.add(new Datagram(1_000_000 + 1000L * datagrams.size(), from, to, payload));
        return this;
    }

    private static byte[] frame(int ack, int sequence, int type, long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(12 + 8 * words.length)
                .putInt(ack)
                .putInt(sequence)
                .putShort((short) type)
                .putShort((short) words.length);
        for (long word : words) {
            bytes.putLong(word);
        }
        return bytes.array();
    }
}
