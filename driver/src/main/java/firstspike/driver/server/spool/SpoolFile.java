package firstspike.driver.server.spool;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Bytes that grow at their end: the first few in memory, because for a small program and its result the files would cost more
 * than everything else, from {@value #IN_MEMORY} bytes on in a file. The file is open only while somebody writes or reads it,
 * so that what waits holds no descriptor. One writer, any number of readers of what was written.
 */
final class SpoolFile {

    /** An empty program and its result need a few hundred bytes; making and deleting a file takes about 0.1 ms. */
    static final int IN_MEMORY = 4096;

    /** The JDK reads into a buffer of its own first: as long as that stays in the cache, copying it costs little. */
    private static final int READ_BYTES = 1 << 16;

    private final Path folder;
    private final String name;
    private final HeapBudget heap;
    private byte[] memory = new byte[0];
    /** A channel would be closed for good when its thread is interrupted, as those of runs are. */
    private RandomAccessFile writer;

    private long size;
    private boolean onDisk;
    private boolean deleted;

    /**
     * @param folder of the spool
     * @param name in it, if a file is needed
     * @param heap for what needs none
     */
    SpoolFile(Path folder, String name, HeapBudget heap) {
        this.folder = folder;
        this.name = name;
        this.heap = heap;
    }

    private Path path() {
        return folder.resolve(name);
    }

    /** Bytes that were written. */
    synchronized long size() {
        return size;
    }

    /** Whether no file was needed so far. */
    synchronized boolean inMemory() {
        return !onDisk;
    }

    /** Adds bytes: all, or none when this throws. */
    synchronized void append(ByteString bytes) throws IOException {
        if (deleted) {
            throw new NoSuchFileException(name);
        }
        int count = bytes.size();
        if (!onDisk && size + count <= IN_MEMORY && makeRoom((int) size + count)) {
            bytes.copyTo(memory, (int) size);
        } else {
            open();
            writer.seek(size);
            UnsafeByteOperations.unsafeWriteTo(bytes, new Output(writer));
        }
        size += count;
    }

    private boolean makeRoom(int wanted) {
        if (wanted > memory.length) {
            int capacity = Math.max(wanted, Math.min(IN_MEMORY, 2 * memory.length));
            if (!heap.take(capacity - memory.length)) {
                return false;
            }
            memory = Arrays.copyOf(memory, capacity);
        }
        return true;
    }

    private void leaveMemory() {
        heap.give(memory.length);
        memory = new byte[0];
    }

    private void open() throws IOException {
        if (writer == null) {
            writer = new RandomAccessFile(path().toFile(), "rw");
            if (!onDisk) {
                writer.write(memory, 0, (int) size);
                onDisk = true;
                leaveMemory();
            }
        }
    }

    /** Lets go of the file until more is written. */
    synchronized void rest() throws IOException {
        if (writer != null) {
            RandomAccessFile open = writer;
            writer = null;
            open.close();
        }
    }

    /** Fills the buffer from a position on; all of it must have been written. */
    void read(long position, ByteBuffer target) throws IOException {
        synchronized (this) {
            if (deleted) {
                throw new NoSuchFileException(name);
            }
            if (position < 0 || position + target.remaining() > size) {
                throw new EOFException(name + ": " + target.remaining() + " bytes at " + position + " of " + size);
            }
            if (!onDisk) {
                target.put(memory, (int) position, target.remaining());
                return;
            }
        }
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.READ)) {
            long at = position;
            int end = target.limit();
            while (target.position() < end) {
                target.limit(Math.min(end, target.position() + READ_BYTES));
                int count = channel.read(target, at);
                if (count < 0) {
                    throw new EOFException(name + ": shorter than " + (at + end - target.position()) + " bytes");
                }
                at += count;
            }
        }
    }

    /** Forgets the bytes; repeated calls have no effect. */
    synchronized void delete() throws IOException {
        if (!deleted) {
            deleted = true;
            leaveMemory();
            rest();
            if (onDisk) {
                Files.deleteIfExists(path());
            }
        }
    }

    /** Takes the arrays behind a byte string as they are. */
    private static final class Output extends ByteOutput {

        private final RandomAccessFile file;

        Output(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public void write(byte value) throws IOException {
            file.write(value);
        }

        @Override
        public void write(byte[] value, int offset, int length) throws IOException {
            file.write(value, offset, length);
        }

        @Override
        public void writeLazy(byte[] value, int offset, int length) throws IOException {
            file.write(value, offset, length);
        }

        @Override
        public void write(ByteBuffer value) throws IOException {
            if (value.hasArray()) {
                file.write(value.array(), value.arrayOffset() + value.position(), value.remaining());
            } else {
                byte[] copy = new byte[value.remaining()];
                value.get(copy);
                file.write(copy);
            }
        }

        @Override
        public void writeLazy(ByteBuffer value) throws IOException {
            write(value);
        }
    }
}
