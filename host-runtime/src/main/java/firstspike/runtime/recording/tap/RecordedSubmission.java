package firstspike.runtime.recording.tap;

import firstspike.driver.link.RunResult;
import firstspike.driver.link.Submission;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A submission whose result is looked at once, by whoever has it first. */
final class RecordedSubmission implements Submission {

    private final Submission submission;
    private final Consumer<RunResult> look;
    private final AtomicBoolean seen = new AtomicBoolean();

    RecordedSubmission(Submission submission, Consumer<RunResult> look) {
        this.submission = submission;
        this.look = look;
    }

    @Override
    public UUID id() {
        return submission.id();
    }

    @Override
    public State state() {
        return submission.state();
    }

    @Override
    public RunResult result(Duration patience) {
        return seen(submission.result(patience));
    }

    @Override
    public void cancel() {
        submission.cancel();
    }

    @Override
    public CompletableFuture<RunResult> asFuture() {
        return submission.asFuture().thenApply(this::seen);
    }

    private RunResult seen(RunResult result) {
        if (seen.compareAndSet(false, true)) {
            look.accept(result);
        }
        return result;
    }
}
