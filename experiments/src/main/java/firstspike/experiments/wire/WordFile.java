package firstspike.experiments.wire;

import firstspike.experiments.capture.Datagram;
import firstspike.experiments.capture.PcapWriter;
import firstspike.runtime.recording.StorageFailure;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;

/** Writes instruction words to a file: bare, or as the frames of a session. The file appears when it is complete. */
public final class WordFile {

    private static final int FRAME_WORDS = 180;
    private static final int HOST_PORT = 40_000;
    private static final int RESET_PORT = 45_054;
    private static final int DATA_PORT = 1234;
    /** Wire time of a full frame at 1 Gbit/s (wire.md 20). */
    private static final long FRAME_NANOS = 12_144;

    private static final int NOTHING_RECEIVED = 255;

    private WordFile() {}

    /** Gives words one after another. */
    @FunctionalInterface
    public interface Source {

        /**
         * The next word.
         *
         * @return empty at the end
         * @throws IOException when they cannot be read
         */
        OptionalLong next() throws IOException;
    }

    /**
     * Writes bare words, big endian.
     *
     * @param file to write
     * @param force whether one that is there is replaced
     * @param source of the words
     * @return number of words
     * @throws firstspike.runtime.error.StorageException when the file is there already, or cannot be written
     * @throws IOException of the source
     */
    public static long words(Path file, boolean force, Source source) throws IOException {
        return write(file, force, out -> {
            DataOutputStream data = new DataOutputStream(out);
            long count = 0;
            for (OptionalLong word = source.next(); word.isPresent(); word = source.next()) {
                data.writeLong(word.getAsLong());
                count++;
            }
            data.flush();
            return count;
        });
    }

    /**
     * Writes a capture: the reset frame of a host, then its data frames at line rate, numbered from 0. The other side is
     * silent.
     *
     * @param file to write
     * @param force whether one that is there is replaced
     * @param source of the words
     * @return number of words
     * @throws firstspike.runtime.error.StorageException when the file is there already, or cannot be written
     * @throws IOException of the source
     */
    public static long capture(Path file, boolean force, Source source) throws IOException {
        return write(file, force, out -> frames(new PcapWriter(out), source));
    }

    private static long frames(PcapWriter pcap, Source source) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetSocketAddress host = new InetSocketAddress(loopback, HOST_PORT);
        InetSocketAddress fpga = new InetSocketAddress(loopback, DATA_PORT);
        byte[] reset =
                ByteBuffer.allocate(Frame.SHORT_FRAME).putInt(Frame.RESET).array();
        pcap.write(new Datagram(0, host, new InetSocketAddress(loopback, RESET_PORT), reset));
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER + Long.BYTES * FRAME_WORDS);
        long count = 0;
        long sequence = 0;
        for (OptionalLong word = source.next(); ; word = source.next()) {
            if (count % FRAME_WORDS == 0 || word.isEmpty()) {
                int words = (frame.position() - Frame.HEADER) / Long.BYTES;
                if (words > 0) {
                    frame.putShort(Frame.HEADER - Short.BYTES, (short) words);
                    byte[] bytes = new byte[frame.position()];
                    frame.flip().get(bytes);
                    pcap.write(new Datagram(++sequence * FRAME_NANOS, host, fpga, bytes));
                }
                frame.clear()
                        .putInt(NOTHING_RECEIVED)
                        .putInt((int) sequence & 0xff)
                        .putShort((short) Frame.UT_WORDS)
                        .putShort((short) 0);
            }
            if (word.isEmpty()) {
                return count;
            }
            frame.putLong(word.getAsLong());
            count++;
        }
    }

    @FunctionalInterface
    private interface Body {
        long write(OutputStream out) throws IOException;
    }

    private static long write(Path file, boolean force, Body body) throws IOException {
        if (!force && Files.exists(file)) {
            throw StorageFailure.of(file, new FileAlreadyExistsException(file.toString()));
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        OutputStream out;
        try {
            out = new BufferedOutputStream(Files.newOutputStream(part));
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
        try (out) {
            long count = body.write(out);
            out.close();
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return count;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
