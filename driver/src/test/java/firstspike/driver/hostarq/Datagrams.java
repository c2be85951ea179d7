package firstspike.driver.hostarq;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Datagrams for tests: data frames, ACKs, and what stands in them. */
final class Datagrams {

    private Datagrams() {}

    static ByteBuffer data(int ack, int seq, int packetType, long... words) {
        ByteBuffer frame = ByteBuffer.allocate(Frames.HEADER_BYTES + Long.BYTES * words.length);
        frame.putInt(ack).putInt(seq).putShort((short) packetType).putShort((short) words.length);
        for (long word : words) {
            frame.putLong(word);
        }
        return frame.flip();
    }

    static ByteBuffer ack(int ack) {
        return ByteBuffer.allocate(Frames.ACK_BYTES).putInt(ack).flip();
    }

    static ByteBuffer reset() {
        return ByteBuffer.wrap(Frames.reset());
    }

    static ByteBuffer configuration(int seq, String text) {
        return data(255, seq, Frames.CONFIGURATION, ConfigurationAnswer.words(text));
    }

    static ByteBuffer ofHex(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    static ByteBuffer copy(byte[] bytes, int from, int length) {
        return ByteBuffer.allocate(length).put(bytes, from, length).flip();
    }

    static String hex(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static long[] words(ByteBuffer frame) {
        long[] words = new long[Frames.count(frame)];
        Frames.words(frame, words);
        return words;
    }
}
