package firstspike.emulator;

import static firstspike.driver.error.ProgramRejectedException.Code.ILLEGAL_SNAPSHOT;
import static firstspike.driver.error.RunFailedException.Code.RUN_FAILED;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.KeptReinit;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LocalSubmissions;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.ReinitStack;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.Submission;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import java.util.ArrayList;
import java.util.List;

/**
 * An emulated chip in process: executes playback programs bit for bit on the digital side, and a model on the analog side.
 * No socket, no side door: what goes in are the words of programs.
 *
 * <pre>{@code
 * try (EmulatedChip chip = EmulatedChip.open("emu:nominal?seed=0")) {
 *     RunResult result = chip.run(program, RunOptions.defaults());
 * }
 * }</pre>
 *
 * <p>One owner thread. Interrupting that thread ends a run with
 * {@link CancelledException}.
 */
public final class EmulatedChip implements ChipLink {

    /** Ordinal of programs that take none. */
    private static final long SETUP = -1;

    private final ChipDescription description;
    private final EmulatorOptions options;
    private final VirtualChip chip;
    private final PpuPolicy ppu;
    private final boolean sharesChip;
    private final LocalSubmissions submissions =
            new LocalSubmissions((program, how) -> runNow(List.of(program), how).get(0));
    private final ReinitStack reinit = new KeptReinit();
    private final Runnable released;
    private long nextOrdinal;
    private volatile boolean closed;

    /**
     * @param released called once, when the link gives the chip back
     */
    EmulatedChip(
            ChipDescription description,
            EmulatorOptions options,
            VirtualChip chip,
            LinkOptions link,
            Runnable released) {
        this.released = released;
        this.description = description;
        this.chip = chip;
        this.options = options;
        ppu = link.ppu().orElse(options.ppu());
        sharesChip = link.shared().isPresent();
        nextOrdinal = link.firstProgramOrdinal();
    }

    /**
     * Opens the first chip of a target.
     *
     * @param target for example {@code emu:nominal?seed=0}
     * @return the chip at power-on
     */
    public static EmulatedChip open(String target) {
        EmulatorSource source = EmulatorSource.of(target);
        return source.open(source.chips().get(0).chipId(), LinkOptions.defaults());
    }

    @Override
    public ChipDescription describe() {
        return description;
    }

    @Override
    public boolean computes() {
        return true;
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions runOptions) {
        return run(List.of(program), runOptions).get(0);
    }

    @Override
    public List<RunResult> run(List<PlaybackProgram> programs, RunOptions runOptions) {
        submissions.awaitAll();
        return runNow(programs, runOptions);
    }

    @Override
    public Submission submit(PlaybackProgram program, RunOptions runOptions) {
        refuseClosed();
        return submissions.add(program, runOptions);
    }

    /** A chip of its own keeps what this link left on it; on a shared one only a server restores it. */
    @Override
    public ReinitStack reinit() {
        return sharesChip ? ChipLink.super.reinit() : reinit;
    }

    private List<RunResult> runNow(List<PlaybackProgram> programs, RunOptions runOptions) {
        refuseClosed();
        WallTimeWatch watch = new WallTimeWatch(runOptions, programs);
        List<SubmissionCheck> checks = new ArrayList<>(programs.size());
        for (PlaybackProgram program : programs) {
            checks.add(check(program, runOptions));
        }
        takeTurn();
        try {
            watch.started();
            List<RunResult> results = new ArrayList<>(programs.size());
            for (int i = 0; i < programs.size(); i++) {
                results.add(execute(programs.get(i), checks.get(i), runOptions, watch));
            }
            return results;
        } finally {
            chip.turn().unlock();
        }
    }

    @Override
    public void stream(ProgramSource source, RunOptions runOptions, RunListener listener) {
        submissions.awaitAll();
        refuseClosed();
        WallTimeWatch watch = new WallTimeWatch(runOptions, List.of(source));
        SubmissionCheck check = check(source, runOptions);
        takeTurn();
        try {
            watch.started();
            long ordinal = runOptions.setup() ? SETUP : nextOrdinal++;
            // the hash of a program that is made on the fly would cost as much as its run
            Provenance provenance = new Provenance(description, "", "", "", ordinal);
            listener.ran(provenance);
            RunHealth health = chip.fpga().stream(
                    source,
                    notes(check, List.of()),
                    ppu,
                    provenance,
                    runOptions.allowStreaming(),
                    watch,
                    listener,
                    check::expectedResponses);
            if (runOptions.failOnLoss() && !health.lossFree()) {
                throw lossy(
                        health,
                        RunResult.builder()
                                .provenance(provenance)
                                .health(health)
                                .build());
            }
            listener.finished(health);
        } finally {
            chip.turn().unlock();
        }
    }

    private void refuseClosed() {
        if (closed) {
            throw new LinkLostException(
                    ErrorDetail.of("link to " + description.chipId(), "closed", "open", "open it again"),
                    null,
                    null,
                    true);
        }
    }

    private SubmissionCheck check(ProgramSource program, RunOptions runOptions) {
        SubmissionCheck check =
                new SubmissionCheck(description.target(), options.strictAddresses(), options.strictReadback());
        check.accept(program, runOptions);
        return check;
    }

    private static List<Note> notes(SubmissionCheck check, List<Note> ofProgram) {
        List<Note> notes = new ArrayList<>(ofProgram);
        if (check.readsUnreadable()) {
            notes.add(Note.of("no-readback", "registers were read that hardware cannot read back"));
        }
        return notes;
    }

    private static RunFailedException lossy(RunHealth health, RunResult result) {
        return new RunFailedException(
                RUN_FAILED,
                ErrorDetail.of(
                        "events of the run",
                        "lost: " + health.counters(),
                        "no loss",
                        "send fewer events at a time, or accept the loss"),
                null,
                result,
                true);
    }

    private void takeTurn() {
        try {
            chip.turn().lockInterruptibly();
        } catch (InterruptedException e) {
            throw new CancelledException(
                    ErrorDetail.of("run", "cancelled while it waited for its turn", "", "run it again"), e, null, true);
        }
    }

    private RunResult execute(
            PlaybackProgram program, SubmissionCheck check, RunOptions runOptions, WallTimeWatch watch) {
        long ordinal = runOptions.setup() ? SETUP : nextOrdinal++;
        Provenance provenance = new Provenance(description, "", "", program.sha256(), ordinal);
        RunResult result = chip.fpga().run(program, notes(check, program.notes()), ppu, provenance, watch);
        if (runOptions.failOnLoss() && !result.health().lossFree()) {
            throw lossy(result.health(), result);
        }
        return result;
    }

    @Override
    public String snapshot() {
        submissions.awaitAll();
        takeTurn();
        try {
            return nextOrdinal + "/" + chip.snapshot();
        } finally {
            chip.turn().unlock();
        }
    }

    @Override
    public void restore(String snapshot) {
        int slash = snapshot.indexOf('/');
        if (slash < 1 || !snapshot.substring(0, slash).matches("[0-9]{1,19}")) {
            throw new ProgramRejectedException(
                    ILLEGAL_SNAPSHOT, "snapshot", snapshot, "ids of this link", "use an id that snapshot gave");
        }
        submissions.awaitAll();
        takeTurn();
        try {
            chip.restore(snapshot.substring(slash + 1));
            nextOrdinal = Long.parseLong(snapshot.substring(0, slash));
        } finally {
            chip.turn().unlock();
        }
    }

    @Override
    public void close() {
        submissions.close();
        if (!closed) {
            closed = true;
            released.run();
        }
    }
}
