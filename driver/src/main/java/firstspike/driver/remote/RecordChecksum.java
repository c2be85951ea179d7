package firstspike.driver.remote;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC-32C of byte strings (playback.md 14.4), taken from the arrays behind them: of a read-only view the JDK copies all bytes
 * first. Mutable, one owner thread.
 */
public final class RecordChecksum extends ByteOutput {

    private final CRC32C crc = new CRC32C();

    /** Of no bytes yet. */
    public RecordChecksum() {}

    /**
     * @param bytes any
     * @return their checksum
     */
    public static int of(ByteString bytes) {
        RecordChecksum checksum = new RecordChecksum();
        checksum.add(bytes);
        return checksum.value();
    }

    /**
     * @param bytes that follow
     */
    public void add(ByteString bytes) {
        try {
            UnsafeByteOperations.unsafeWriteTo(bytes, this);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written anywhere", e);
        }
    }

    /** The checksum so far. */
    public int value() {
        return (int) crc.getValue();
    }

    @Override
    public void write(byte value) {
        crc.update(value);
    }

    @Override
    public void write(byte[] value, int offset, int length) {
        crc.update(value, offset, length);
    }

    @Override
    public void writeLazy(byte[] value, int offset, int length) {
        crc.update(value, offset, length);
    }

    @Override
    public void write(ByteBuffer value) {
        crc.update(value);
    }

    @Override
    public void writeLazy(ByteBuffer value) {
        crc.update(value);
    }
}
