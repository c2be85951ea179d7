package firstspike.emulator.fpga;

import firstspike.driver.message.ToFpga;
import firstspike.driver.message.ToFpgaMessage;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.PlaybackProgram;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The playback memory of an FPGA behind a network: words of one session on their way from the thread that receives them to
 * the thread that executes them (playback.md 4.12, 9). A halt ends a program. Holds one program of the largest size and its
 * halt, 32 MiB; the network asks whether there is room and holds the host back. One producer, which never waits; one
 * consumer; any thread closes it.
 */
final class ProgramFifo {

    /** Words with which it is full: the playback memory and a halt. */
    static final int CAPACITY = PlaybackProgram.MAX_INSTRUCTIONS + 1;

    /** Most words of one {@link #put}: those of a frame. */
    static final int FRAME = 180;

    private static final int SMALLEST = 1 << 12;
    private static final int JTAG_DATA = ToFpga.Kind.JTAG_DATA.ordinal();
    private static final int LOOPBACK = ToFpga.Kind.LOOPBACK.ordinal();
    private static final int HEADERS = ToFpga.Kind.values().length;
    private static final int HEADER_SHIFT = 56;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition words = lock.newCondition();
    private final Runnable madeRoom;
    private long[] ring = new long[SMALLEST];
    private int head;
    private int size;
    private int halts;
    private long received;
    private volatile boolean closed;
    private WireException failure;

    /** @param madeRoom called by the consumer when a full FIFO has room again */
    ProgramFifo(Runnable madeRoom) {
        this.madeRoom = madeRoom;
    }

    /** Whether a word is the halt that ends a program. */
    static boolean isHalt(long word) {
        return word >>> HEADER_SHIFT == LOOPBACK && (word & 1) == 0;
    }

    /** Whether words may be put now. */
    boolean hasRoom() {
        lock.lock();
        try {
            return size < CAPACITY;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds words. Idle words are dropped; after a word that is no instruction, and when the FIFO is closed, nothing more is
     * taken.
     *
     * @param source at least {@code count} words; not kept
     * @param count of words to take, {@link #FRAME} at most
     */
    void put(long[] source, int count) {
        lock.lock();
        try {
            if (closed || failure != null) {
                return;
            }
            if (count > FRAME || size >= CAPACITY) {
                throw new IllegalStateException("words for the FIFO: " + count + " behind " + size + " (limit: " + FRAME
                        + " when it has room)");
            }
            grow(size + count);
            for (int i = 0; i < count && failure == null; i++) {
                add(source[i]);
            }
            words.signal();
        } finally {
            lock.unlock();
        }
    }

    private void add(long word) {
        long header = word >>> HEADER_SHIFT;
        received++;
        if (header >= HEADERS || header == JTAG_DATA) {
            if (word < 0) {
                return;
            }
            try {
                ToFpgaMessage.of(word, received - 1);
            } catch (WireException e) {
                failure = e;
                return;
            }
        }
        int at = head + size++;
        ring[at >= ring.length ? at - ring.length : at] = word;
        if (header == LOOPBACK && isHalt(word)) {
            halts++;
        }
    }

    private void grow(int needed) {
        if (needed > ring.length) {
            long[] larger = new long[Math.min(CAPACITY + FRAME, Math.max(needed, 2 * ring.length))];
            copyOut(larger, size);
            ring = larger;
            head = 0;
        }
    }

    private void copyOut(long[] target, int count) {
        int first = Math.min(count, ring.length - head);
        System.arraycopy(ring, head, target, 0, first);
        System.arraycopy(ring, 0, target, first, count - first);
    }

    /**
     * Waits until a program may start: it is here with its halt, it does not fit, or what follows it is no instruction.
     *
     * @return false when there is nothing more to execute in this session
     * @throws InterruptedException while it waited
     */
    boolean awaitProgram() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && halts == 0 && size < CAPACITY && failure == null) {
                words.await();
            }
            return !closed && size > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the program at the head is longer than the playback memory: no halt among the words that fill it. */
    boolean streams() {
        lock.lock();
        try {
            return size >= CAPACITY && (halts == 0 || firstHalt() > PlaybackProgram.MAX_INSTRUCTIONS);
        } finally {
            lock.unlock();
        }
    }

    private int firstHalt() {
        for (int i = 0; i < size; i++) {
            int at = head + i;
            if (isHalt(ring[at >= ring.length ? at - ring.length : at])) {
                return i;
            }
        }
        return size;
    }

    /**
     * Takes words of the program at the head, at most up to its halt; waits for them.
     *
     * @param target gets the words from index 0 on
     * @param patienceNanos how long to wait
     * @return how many; 0 when the session is over; -1 when none came in that time
     * @throws InterruptedException while it waited
     */
    int take(long[] target, long patienceNanos) throws InterruptedException {
        boolean wasFull;
        int count;
        lock.lockInterruptibly();
        try {
            long left = patienceNanos;
            while (!closed && size == 0 && failure == null) {
                if (left <= 0) {
                    return -1;
                }
                left = words.awaitNanos(left);
            }
            wasFull = size >= CAPACITY;
            count = closed ? 0 : remove(target);
        } finally {
            lock.unlock();
        }
        if (wasFull) {
            madeRoom.run();
        }
        return count;
    }

    private int remove(long[] target) {
        int count = Math.min(size, target.length);
        copyOut(target, count);
        if (halts > 0) {
            for (int i = 0; i < count; i++) {
                if (isHalt(target[i])) {
                    halts--;
                    count = i + 1;
                }
            }
        }
        head += count;
        if (head >= ring.length) {
            head -= ring.length;
        }
        size -= count;
        return count;
    }

    /** The session is over: nothing is taken or given any more, nobody waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            size = 0;
            words.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was closed. */
    boolean isClosed() {
        return closed;
    }

    /** What is wrong with the word behind all words that were taken in, if one was no instruction. */
    Optional<WireException> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }
}
