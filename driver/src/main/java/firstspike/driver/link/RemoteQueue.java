package firstspike.driver.link;

import firstspike.driver.playback.PlaybackProgram;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The programs that were submitted to a remote link, run in order on one thread. */
final class RemoteQueue {

    private final RemoteLink link;
    private final WallClock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread worker = new Thread(task, "firstspike-submissions");
        worker.setDaemon(true);
        return worker;
    });

    RemoteQueue(RemoteLink link, WallClock clock) {
        this.link = link;
        this.clock = clock;
    }

    Entry add(PlaybackProgram program, RunOptions options) {
        Entry entry = new Entry(program, options);
        thread.execute(entry);
        return entry;
    }

    void close() {
        thread.shutdownNow().forEach(left -> ((Entry) left).cancel());
    }

    /** One submitted program. */
    final class Entry implements Submission, Runnable {

        private final UUID id = UUID.randomUUID();
        private final PlaybackProgram program;
        private final RunOptions options;
        private final CompletableFuture<RunResult> future = new CompletableFuture<>();
        private final long begin = clock.nanoTime();
        private State state = State.QUEUED;

        private Entry(PlaybackProgram program, RunOptions options) {
            this.program = program;
            this.options = options;
        }

        @Override
        public void run() {
            if (!move(State.QUEUED, State.RUNNING)) {
                return;
            }
            try {
                RunResult result = link.execute(id, program, options, begin);
                move(State.RUNNING, State.DONE);
                future.complete(result);
            } catch (CancelledException e) {
                move(State.RUNNING, State.CANCELLED);
                future.completeExceptionally(e);
            } catch (RuntimeException e) {
                move(State.RUNNING, State.FAILED);
                future.completeExceptionally(e);
            }
        }

        private synchronized boolean move(State from, State to) {
            boolean moved = state == from;
            state = moved ? to : state;
            return moved;
        }

        @Override
        public UUID id() {
            return id;
        }

        @Override
        public synchronized State state() {
            return state;
        }

        @Override
        public void cancel() {
            if (move(State.QUEUED, State.CANCELLED)) {
                future.completeExceptionally(new CancelledException(
                        ErrorDetail.of("submission " + id, "cancelled before it ran", "", "submit it anew"),
                        null,
                        null,
                        true));
            } else if (state() == State.RUNNING) {
                link.cancel(id);
            }
        }

        @Override
        public CompletableFuture<RunResult> asFuture() {
            return future.copy();
        }

        RunResult await() {
            return result(Duration.ofNanos(Long.MAX_VALUE));
        }

        @Override
        public RunResult result(Duration patience) {
            try {
                return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ChipException chipException) {
                    throw chipException;
                }
                throw new IllegalStateException(
                        "submission " + id + ": " + e.getCause().getMessage(), e);
            } catch (TimeoutException | CancellationException e) {
                throw new DeadlineExceededException(
                        ErrorDetail.of(
                                "result of submission " + id, state(), patience.toMillis() + " ms", "wait longer"),
                        e,
                        null,
                        true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException(
                        ErrorDetail.of("wait for submission " + id, "interrupted", "", "ask again"), e, null, true);
            }
        }
    }
}
