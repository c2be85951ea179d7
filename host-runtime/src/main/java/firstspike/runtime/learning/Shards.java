package firstspike.runtime.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs work on a batch in a fixed number of shards on one or more threads. The cut depends on the number of items only, never on
 * the number of threads; whoever adds up does so in the order of shards, so every number of threads gives the same bits. One
 * owner thread calls; close it to end the threads.
 */
public final class Shards implements AutoCloseable {
    /** Number of shards of every batch. */
    public static final int COUNT = 8;

    private final int threads;
    private final ExecutorService workers;

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
        this.threads = Math.min(threads, COUNT);
        workers = this.threads == 1 ? null : Executors.newFixedThreadPool(this.threads - 1, Shards::daemon);
    }

    /**
     * Runs the work on all shards and returns when all are done.
     *
     * @param items number of items, at least 0
     * @param work called once per shard that has items; what it throws is thrown here, the lowest shard's first
     */
    public void forEach(int items, Work work) {
        if (workers == null || items < 2) {
            for (int shard = 0; shard < COUNT; shard++) {
                runOne(items, work, shard);
            }
            return;
        }
        RuntimeException[] failures = new RuntimeException[COUNT];
        AtomicInteger next = new AtomicInteger();
        Runnable loop = () -> {
            for (int shard = next.getAndIncrement(); shard < COUNT; shard = next.getAndIncrement()) {
                try {
                    runOne(items, work, shard);
                } catch (RuntimeException e) {
                    failures[shard] = e;
                }
            }
        };
        List<Future<?>> pending = new ArrayList<>(threads - 1);
        for (int i = 1; i < threads; i++) {
            pending.add(workers.submit(loop));
        }
        loop.run();
        pending.forEach(Shards::join);
        for (RuntimeException failure : failures) {
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        if (workers != null) {
            workers.shutdownNow();
        }
    }

    private static void runOne(int items, Work work, int shard) {
        int from = (int) ((long) items * shard / COUNT);
        int to = (int) ((long) items * (shard + 1) / COUNT);
        if (from < to) {
            work.run(shard, from, to);
        }
    }

    private static void join(Future<?> future) {
        boolean interrupted = false;
        while (true) {
            try {
                future.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the arrays are in use until the shard is done
            } catch (ExecutionException e) {
                throw new IllegalStateException("a worker thread failed: " + e.getCause(), e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "firstspike-shard");
        thread.setDaemon(true);
        return thread;
    }
}
