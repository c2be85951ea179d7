package firstspike.runtime.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Lets several chips work at the same time: the first one on the thread of the owner, each further one on a thread of its
 * own. One owner thread; close it to end the others.
 */
final class ChipThreads implements AutoCloseable {

    private final ExecutorService others = Executors.newCachedThreadPool(ChipThreads::daemon);

    /**
     * Does the work of every chip and returns when all are done.
     *
     * @param chips number of chips, 1 or more
     * @param work of a chip, by its index
     * @param <R> what comes out
     * @return by chip; what one throws is thrown here, that of the lowest index, the others' suppressed in it
     */
    <R> List<R> each(int chips, IntFunction<R> work) {
        List<Future<R>> running = new ArrayList<>();
        for (int c = 1; c < chips; c++) {
            int chip = c;
            running.add(others.submit(() -> work.apply(chip)));
        }
        List<R> results = new ArrayList<>();
        RuntimeException failure = null;
        try {
            results.add(work.apply(0));
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Future<R> other : running) {
            try {
                results.add(await(other));
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    /** Ends the threads. */
    @Override
    public void close() {
        others.shutdown();
    }

    /** An interrupt is kept for later: the chip's session is in use until its work is done. */
    private static <R> R await(Future<R> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException failure) {
                        throw failure;
                    }
                    throw new IllegalStateException("a chip's thread failed: " + e.getCause(), e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "firstspike-chip");
        thread.setDaemon(true);
        return thread;
    }
}
