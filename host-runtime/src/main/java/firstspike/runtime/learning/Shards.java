package firstspike.runtime.learning;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs work on a batch in a fixed number of shards on one or more threads. The cut depends on the number of items only, never on
 * the number of threads; whoever adds up does so in the order of shards, so every number of threads gives the same bits. One
 * owner thread calls; close it to end the threads.
 *
 * <p>Batches are short (a millisecond) and many (a hundred thousand a training), so threads wait for the next one a little
 * while before they sleep, and handing over allocates nothing.
 */
public final class Shards implements AutoCloseable {
    /** Number of shards of every batch. */
    public static final int COUNT = 8;

    /** Looks for work before a thread sleeps, some 20 us: the owner's work between two batches is about as long. */
    private static final int LOOKS = 500;
    /** Low bits of a ticket: the next shard; above them the round. */
    private static final int ROUND_SHIFT = 8;

    private static final int NEXT_MASK = (1 << ROUND_SHIFT) - 1;

    private final Worker[] workers;
    private final Throwable[] failures = new Throwable[COUNT];
    private final AtomicLong ticket = new AtomicLong(COUNT);
    private final AtomicInteger done = new AtomicInteger(COUNT);
    /** Of the present round; written before its ticket. */
    private Work work;

    private int items;
    private Thread owner;
    private volatile boolean ownerSleeps;
    private volatile boolean closed;

    /** Work on one shard: samples {@code from} to {@code to - 1}. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does the work of a shard.
         *
         * @param shard 0 to {@link Shards#COUNT} - 1
         * @param from first item
         * @param to end, exclusive
         */
        void run(int shard, int from, int to);
    }

    /**
     * Starts the threads.
     *
     * @param threads 1 or more; the calling thread is one of them
     */
    public Shards(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads : " + threads + " (expected: > 0)");
        }
        workers = new Worker[Math.min(threads, COUNT) - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker();
            workers[i].setDaemon(true);
            workers[i].start();
        }
    }

    /**
     * Runs the work on all shards and returns when all are done.
     *
     * @param items number of items, at least 0
     * @param work called once per shard that has items; what it throws is thrown here, the lowest shard's first
     */
    public void forEach(int items, Work work) {
        if (workers.length == 0 || items < 2) {
            for (int shard = 0; shard < COUNT; shard++) {
                runOne(items, work, shard);
            }
            return;
        }
        this.items = items;
        this.work = work;
        owner = Thread.currentThread();
        done.set(0);
        ticket.set((ticket.get() >>> ROUND_SHIFT) + 1 << ROUND_SHIFT);
        for (Worker worker : workers) {
            if (worker.sleeps) {
                LockSupport.unpark(worker);
            }
        }
        while (takeOne()) {
            // the next shard
        }
        awaitAll();
        this.work = null;
        throwFirst();
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    /**
     * Takes and does a shard. Work and items are read before the shard is taken: taking succeeds only in the round whose ticket
     * was seen, and these are not replaced before all of its shards are done.
     */
    private boolean takeOne() {
        long seen = ticket.get();
        int shard = (int) seen & NEXT_MASK;
        if (shard >= COUNT) {
            return false;
        }
        Work present = work;
        int count = items;
        if (!ticket.compareAndSet(seen, seen + 1)) {
            return true;
        }
        try {
            runOne(count, present, shard);
        } catch (RuntimeException | Error e) {
            failures[shard] = e;
        }
        if (done.incrementAndGet() == COUNT && ownerSleeps) {
            LockSupport.unpark(owner);
        }
        return true;
    }

    /** The arrays are in use until every shard is done, so an interrupt is kept for later. */
    private void awaitAll() {
        boolean interrupted = false;
        for (int looks = 0; done.get() < COUNT; looks++) {
            if (looks < LOOKS) {
                Thread.onSpinWait();
                continue;
            }
            ownerSleeps = true;
            if (done.get() < COUNT) {
                LockSupport.park(this);
            }
            ownerSleeps = false;
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void throwFirst() {
        for (Throwable failure : failures) {
            if (failure != null) {
                Arrays.fill(failures, null);
                if (failure instanceof RuntimeException e) {
                    throw e;
                }
                throw (Error) failure;
            }
        }
    }

    private static void runOne(int items, Work work, int shard) {
        int from = (int) ((long) items * shard / COUNT);
        int to = (int) ((long) items * (shard + 1) / COUNT);
        if (from < to) {
            work.run(shard, from, to);
        }
    }

    /** Does shards whenever there are some. */
    private final class Worker extends Thread {
        private volatile boolean sleeps;

        Worker() {
            super("firstspike-shard");
        }

        @Override
        public void run() {
            int looks = 0;
            while (!closed) {
                if (takeOne()) {
                    looks = 0;
                } else if (looks++ < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    sleeps = true;
                    // a ticket from now on finds the mark, one from before is seen here
                    if (!closed && ((int) ticket.get() & NEXT_MASK) >= COUNT) {
                        LockSupport.park(Shards.this);
                    }
                    sleeps = false;
                }
            }
        }
    }
}
