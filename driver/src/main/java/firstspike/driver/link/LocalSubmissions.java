package firstspike.driver.link;

import firstspike.driver.playback.PlaybackProgram;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The programs that were submitted to a link of this process, run in order on one thread, which is there only while
 * there are some. A running one is cancelled by an interrupt. Owner thread of the link; the runs are on the other thread,
 * so the link calls {@link #awaitAll} before it runs anything itself.
 */
public final class LocalSubmissions {

    private final BiFunction<PlaybackProgram, RunOptions, RunResult> chip;
    private final Queue<Entry> open = new ArrayDeque<>();
    private ExecutorService thread;

    /**
     * @param chip runs one program; called on the thread of the submissions only
     */
    public LocalSubmissions(BiFunction<PlaybackProgram, RunOptions, RunResult> chip) {
        this.chip = chip;
    }

    /**
     * Adds a program behind all others.
     *
     * @param program to be run
     * @param options of the run
     * @return its handle
     */
    public Submission add(PlaybackProgram program, RunOptions options) {
        open.removeIf(PendingSubmission::ended);
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(task -> {
                Thread worker = new Thread(task, "firstspike-submissions");
                worker.setDaemon(true);
                return worker;
            });
        }
        Entry entry = new Entry(() -> chip.apply(program, options));
        open.add(entry);
        entry.now(Submission.State.QUEUED);
        try {
            thread.execute(entry);
        } catch (RejectedExecutionException e) {
            entry.giveUp("the link was closed");
        }
        return entry;
    }

    /** Waits until all of them have ended, however; afterwards there is no thread. */
    public void awaitAll() {
        while (!open.isEmpty()) {
            open.remove().awaitEnd();
        }
        if (thread != null) {
            thread.shutdown();
            thread = null;
        }
    }

    /** Ends all of them. */
    public void close() {
        open.forEach(Entry::cancel);
        if (thread != null) {
            thread.shutdown();
        }
    }

    /** One submitted program. */
    private static final class Entry extends PendingSubmission implements Runnable {

        private final Supplier<RunResult> work;
        private Thread runner;

        private Entry(Supplier<RunResult> work) {
            super(UUID.randomUUID());
            this.work = work;
        }

        @Override
        public void run() {
            if (!begin()) {
                return;
            }
            try {
                RunResult result = work.get();
                leave();
                end(result);
            } catch (RuntimeException e) {
                leave();
                end(e);
            }
        }

        private synchronized boolean begin() {
            if (ended()) {
                return false;
            }
            now(State.RUNNING);
            runner = Thread.currentThread();
            return true;
        }

        /** From now on nobody interrupts this thread for it. */
        private synchronized void leave() {
            runner = null;
            // the interrupt may have come too late for the link to see it
            Thread.interrupted();
        }

        @Override
        public synchronized void cancel() {
            if (runner != null) {
                runner.interrupt();
            } else {
                giveUp("cancelled before it ran");
            }
        }
    }
}
