package firstspike.experiments.capture;

import firstspike.driver.hostarq.DatagramTap;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the datagrams of sessions to a pcap file (raw IP, nanoseconds) while they run. The sessions only copy into a
 * buffer; a thread of its own takes the buffer to the file, so a slow disk never holds a session back: what finds the
 * buffer full is dropped and counted. Any thread.
 */
public final class CaptureWriter implements DatagramTap, AutoCloseable {

    private static final int BUFFER = 8 << 20;
    private static final long PERIOD_MS = 50;

    private final Path file;
    private final FileChannel channel;
    private final long epochNanos = System.currentTimeMillis() * 1_000_000L - System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final Thread thread;
    private ByteBuffer filling;
    private ByteBuffer emptying;
    private long datagrams;
    private long dropped;
    private volatile long bytes;
    private boolean closed;
    private String error = "";

    private CaptureWriter(Path file, FileChannel channel, int buffer) {
        this.file = file;
        this.channel = channel;
        filling = ByteBuffer.allocateDirect(buffer);
        emptying = ByteBuffer.allocateDirect(buffer);
        PcapRecords.begin(filling);
        thread = new Thread(this::write, "firstspike-capture");
        thread.setDaemon(true);
    }

    /**
     * Creates a file and begins.
     *
     * @param file new
     * @param force whether one that is there is replaced
     * @return the writer; the caller closes it
     * @throws StorageException when it is there already, or cannot be written
     */
    public static CaptureWriter create(Path file, boolean force) {
        return create(file, force, BUFFER);
    }

    static CaptureWriter create(Path file, boolean force, int buffer) {
        try {
            FileChannel channel = force
                    ? FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)
                    : FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            CaptureWriter writer = new CaptureWriter(file, channel, buffer);
            writer.thread.start();
            return writer;
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
    }

    @Override
    public void datagram(InetSocketAddress from, InetSocketAddress to, ByteBuffer payload) {
        long time = System.nanoTime() + epochNanos;
        lock.lock();
        try {
            boolean fits = filling.remaining() >= PcapRecords.OVERHEAD + payload.remaining();
            if (!fits
                    || closed
                    || !error.isEmpty()
                    || !(from.getAddress() instanceof Inet4Address)
                    || !(to.getAddress() instanceof Inet4Address)) {
                dropped++;
                return;
            }
            PcapRecords.put(filling, time, from, to, payload);
            datagrams++;
            if (filling.position() > filling.capacity() / 2) {
                wake.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        boolean last = false;
        while (!last) {
            lock.lock();
            try {
                if (!closed && filling.position() <= filling.capacity() / 2) {
                    wake.await(PERIOD_MS, TimeUnit.MILLISECONDS);
                }
                last = closed;
                ByteBuffer full = filling;
                filling = emptying.clear();
                emptying = full.flip();
            } catch (InterruptedException e) {
                // only close() ends this thread: what it was given is written
                continue;
            } finally {
                lock.unlock();
            }
            drain();
        }
        try {
            channel.close();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void drain() {
        try {
            while (emptying.hasRemaining()) {
                bytes = bytes + channel.write(emptying);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        lock.lock();
        try {
            error = error.isEmpty() ? file + ": " + e.getMessage() : error;
        } finally {
            lock.unlock();
        }
    }

    /** What was taken so far; complete after {@link #close()}. */
    public CaptureTotals totals() {
        lock.lock();
        try {
            return new CaptureTotals(datagrams, dropped, bytes, error);
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits and closes the file. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wake.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
