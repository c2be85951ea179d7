package firstspike.driver.link;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.SessionUnknownException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A submitted program from its caller's side: its state, and its end, which comes once. Any thread. */
public abstract class PendingSubmission implements Submission {

    private final UUID id;
    private final CompletableFuture<RunResult> future = new CompletableFuture<>();
    private State state = State.UPLOADING;

    protected PendingSubmission(UUID id) {
        this.id = id;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public synchronized State state() {
        return state;
    }

    /** Whether it has ended, however. */
    public boolean ended() {
        return future.isDone();
    }

    /**
     * Moves it on; without effect backwards and behind the end.
     *
     * @param reached the state that it is in now
     */
    public synchronized void now(State reached) {
        if (!ended() && reached.ordinal() > state.ordinal()) {
            state = reached;
        }
    }

    /**
     * Ends it well.
     *
     * @param result that it has
     */
    public void end(RunResult result) {
        if (finish(State.DONE)) {
            future.complete(result);
            onEnd();
        }
    }

    /**
     * Ends it without a result.
     *
     * @param why the error
     */
    public void end(RuntimeException why) {
        State last = why instanceof CancelledException ? State.CANCELLED : State.FAILED;
        boolean expired = why instanceof SessionUnknownException unknown
                && "SUBMISSION_UNKNOWN".equals(unknown.detail().fields().get(ErrorDetail.REASON));
        if (finish(expired ? State.EXPIRED : last)) {
            future.completeExceptionally(why);
            onEnd();
        }
    }

    private synchronized boolean finish(State last) {
        if (state.ordinal() >= State.DONE.ordinal()) {
            return false;
        }
        state = last;
        return true;
    }

    /**
     * Ends it before anything ran.
     *
     * @param why the reason, part of the message
     */
    public void giveUp(String why) {
        end(new CancelledException(ErrorDetail.of("submission " + id, why, "", "submit it anew"), null, null, true));
    }

    /** Called once, when it has ended. */
    protected void onEnd() {}

    @Override
    public CompletableFuture<RunResult> asFuture() {
        return future.copy();
    }

    /** Waits for the end and does not ask which. */
    public void awaitEnd() {
        try {
            future.handle((result, why) -> why).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("submission " + id + ": its end was handled", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
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
                    ErrorDetail.of("result of submission " + id, state(), patience.toMillis() + " ms", "wait longer"),
                    e,
                    null,
                    true);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private CancelledException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new CancelledException(
                ErrorDetail.of("wait for submission " + id, "interrupted", "", "ask again"), cause, null, true);
    }
}
