package firstspike.driver.fpga;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.WallClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The user of the chip behind an FPGA (wire.md 10). When the session was opened again the next run says that the state is
 * unknown before it runs anything: once, then it runs. One owner thread.
 *
 * <p>A program that runs on an FPGA cannot be stopped: an interrupt ends the sending and waits for the halt, at most until
 * the execution limit; a second one gives up waiting. A deadline gives up at once. Whatever was given up, or broke, makes the
 * next program open the session again.
 */
public final class FpgaLink implements ChipLink {

    /** Bytes that the columns of one result may take, and never more than a quarter of the heap. */
    private static final long LARGEST_RESULT =
            Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

    private static final Duration LEAST_LIMIT = Duration.ofSeconds(10);
    private static final double NS_PER_TICK = 8;
    /** One word at the line rate of 1 Gbit/s (wire.md 20). */
    private static final double NS_PER_WORD = 67.5;

    private static final int LIMIT_FACTOR = 3;
    /** So many words fit into the queue of a session, 512 frames, so that sending them waits for nobody. */
    private static final int NEVER_BLOCKS = 400 * 180;

    private static final long SETUP = -1;

    private final ChipDescription description;
    private final FpgaBoard board;
    private final WallClock clock;
    private long nextOrdinal;
    private boolean believes;
    private volatile boolean closed;

    FpgaLink(ChipDescription description, FpgaBoard board, WallClock clock, LinkOptions options) {
        this.description = description;
        this.board = board;
        this.clock = clock;
        nextOrdinal = options.firstProgramOrdinal();
    }

    @Override
    public ChipDescription describe() {
        return description;
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions options) {
        return run(List.of(program), options).get(0);
    }

    @Override
    public List<RunResult> run(List<PlaybackProgram> programs, RunOptions options) {
        long called = clock.nanoTime();
        List<ProgramSurvey> surveys = new ArrayList<>(programs.size());
        for (PlaybackProgram program : programs) {
            surveys.add(ProgramSurvey.of(program, target(), options.allowStreaming()));
        }
        OptionalLong deadline = deadline(options, called);
        List<RunResult> results = new ArrayList<>(programs.size());
        takeChip(deadline);
        try {
            long queueNs = clock.nanoTime() - called;
            for (int i = 0; i < programs.size(); i++) {
                PlaybackProgram program = programs.get(i);
                ProgramSurvey survey = surveys.get(i);
                FpgaRun run = prepare(program, survey, new ResultAssembler(LARGEST_RESULT), options, deadline);
                Duration limit = limit(survey, options);
                if (survey.instructions() > NEVER_BLOCKS) {
                    run.execution().stream(program.open(), null, limit, deadline);
                } else {
                    run.execution().run(program.open(), limit, deadline);
                }
                results.add(run.finish(program.notes(), provenance(program.sha256(), options), queueNs));
            }
        } finally {
            board.use().unlock();
        }
        return results;
    }

    /**
     * Runs a program of any length in constant memory: words are made while they are sent, parts of the result are handed on
     * while they arrive, and a listener that is slow holds the FPGA back. The program is gone through once before the first
     * word is sent, so that what must be refused is refused in time.
     *
     * @param source of the instruction words
     * @param options of this run; without {@link RunOptions#allowStreaming} the program must fit the playback memory
     * @param listener called on the calling thread
     */
    @Override
    public void stream(ProgramSource source, RunOptions options, RunListener listener) {
        long called = clock.nanoTime();
        ProgramSurvey survey = ProgramSurvey.of(source, target(), options.allowStreaming());
        OptionalLong deadline = deadline(options, called);
        takeChip(deadline);
        try {
            StreamedParts parts = new StreamedParts(listener);
            FpgaRun run = prepare(source, survey, parts.assembler(), options, deadline);
            parts.to(run.end());
            ProgramHash hash = new ProgramHash();
            boolean ended = false;
            try {
                run.execution().stream(source.open(), hash.digest(), limit(survey, options), deadline);
                ended = true;
            } finally {
                if (!ended) {
                    run.abandoned();
                }
            }
            RunResult rest = run.finish(List.of(), provenance(hash.hex(), options), clock.nanoTime() - called);
            listener.ran(rest.provenance());
            listener.finished(rest.health());
        } finally {
            board.use().unlock();
        }
    }

    private FpgaRun prepare(
            ProgramSource program,
            ProgramSurvey survey,
            ResultAssembler assembler,
            RunOptions options,
            OptionalLong deadline) {
        if (closed) {
            throw new LinkLostException(
                    ErrorDetail.of("link to " + description.chipId(), "closed", "open", "open it again"),
                    null,
                    null,
                    true);
        }
        long patience = deadline.isEmpty() ? Long.MAX_VALUE : deadline.getAsLong() - clock.nanoTime();
        board.prepare(this, Duration.ofNanos(patience));
        Reception reception = new Reception(survey, reads(survey), assembler);
        FrameCounts first = board.counters();
        board.starting(survey);
        return new FpgaRun(this, board, program, survey, reception, first, options, clock);
    }

    private HealthReads reads(ProgramSurvey survey) {
        long around = HealthReads.WHOLE.before().length + HealthReads.WHOLE.after().length;
        boolean fits = survey.instructions() + around <= PlaybackProgram.MAX_INSTRUCTIONS;
        if (!fits && survey.instructions() <= PlaybackProgram.MAX_INSTRUCTIONS) {
            // the reads would make a program that has exact timing a streamed one
            return HealthReads.NONE;
        }
        return board.chipAnswers() && survey.leavesLinksAlone() ? HealthReads.WHOLE : HealthReads.FPGA;
    }

    private void takeChip(OptionalLong deadline) {
        try {
            long patience = deadline.isEmpty() ? Long.MAX_VALUE : deadline.getAsLong() - clock.nanoTime();
            if (!board.use().tryLock(patience, TimeUnit.NANOSECONDS)) {
                throw new DeadlineExceededException(
                        ErrorDetail.of(
                                        "chip " + description.chipId(),
                                        "not free in time",
                                        "the deadline",
                                        "wait longer")
                                .with("reason", "CALL_DEADLINE"),
                        null,
                        null,
                        true);
            }
        } catch (InterruptedException e) {
            throw new CancelledException(
                    ErrorDetail.of("run", "cancelled while it waited for the chip", "", "run it again"), e, null, true);
        }
    }

    private static OptionalLong deadline(RunOptions options, long called) {
        return options.deadline()
                .map(duration -> OptionalLong.of(called + duration.toNanos()))
                .orElse(OptionalLong.empty());
    }

    /** 10 s and three times what waits and transfer at line rate take (wire.md 10). */
    static Duration limit(ProgramSurvey survey, RunOptions options) {
        return options.executionLimit()
                .orElseGet(() -> LEAST_LIMIT.plusNanos(
                        (long) (LIMIT_FACTOR * (survey.ticks() * NS_PER_TICK + survey.instructions() * NS_PER_WORD))));
    }

    private Provenance provenance(String sha256, RunOptions options) {
        return new Provenance(description, "", "", sha256, options.setup() ? SETUP : nextOrdinal++);
    }

    private String target() {
        return description.properties().getOrDefault("fpga", description.target());
    }

    /** Whether it knows what is on the chip, as far as nobody else changes it. */
    boolean believes() {
        return believes;
    }

    /** What it last did with the chip is what is on it. */
    void believe() {
        believes = true;
    }

    /** It has been told that the state of the chip is unknown. */
    void disbelieve() {
        believes = false;
    }

    @Override
    public void close() {
        closed = true;
        board.giveBack(this);
    }
}
