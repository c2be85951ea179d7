package firstspike.runtime.recording.tap;

import firstspike.driver.error.ChipException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ReinitStack;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.Submission;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import java.util.List;

/** A link whose programs and answers are written into a log. As many threads as the link behind it. */
public final class RecordingLink implements ChipLink {

    /** Property of a target that delivers results while a program runs. */
    private static final String STREAMING = "streaming";

    private final ChipLink link;
    private final ProgramLog log;
    private final boolean streams;
    private long ordinal;

    /**
     * @param link closed with this
     * @param firstProgramOrdinal with which it was opened
     * @param log stays open
     * @param options what is kept
     */
    public RecordingLink(ChipLink link, long firstProgramOrdinal, ProgramLog log, RecordingOptions options) {
        this.link = link;
        this.ordinal = firstProgramOrdinal;
        this.log = log;
        this.streams = options.streamed()
                && Boolean.parseBoolean(link.describe().properties().getOrDefault(STREAMING, "false"));
    }

    @Override
    public ChipDescription describe() {
        return link.describe();
    }

    @Override
    public boolean computes() {
        return link.computes();
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions options) {
        if (options.setup()) {
            log.setUp(program);
            return link.run(program, options);
        }
        log.begin(ordinal, program);
        return guarded(() -> {
            if (streams) {
                CollectedRun collected = new CollectedRun();
                link.stream(program, options, new LoggedRun(log, collected));
                return collected.result();
            }
            RunResult result = link.run(program, options);
            write(result);
            return result;
        });
    }

    /** A list runs without giving up the chip, so its programs are recorded when all have run. */
    @Override
    public List<RunResult> run(List<PlaybackProgram> programs, RunOptions options) {
        if (options.setup()) {
            programs.forEach(log::setUp);
            return link.run(programs, options);
        }
        List<RunResult> results = link.run(programs, options);
        for (int i = 0; i < results.size(); i++) {
            log.begin(ordinal++, programs.get(i));
            write(results.get(i));
        }
        return results;
    }

    /** Recorded when its result is fetched for the first time. */
    @Override
    public Submission submit(PlaybackProgram program, RunOptions options) {
        if (options.setup()) {
            log.setUp(program);
            return link.submit(program, options);
        }
        long mine = ordinal++;
        return new RecordedSubmission(link.submit(program, options), result -> {
            log.begin(mine, program);
            write(result);
        });
    }

    @Override
    public void stream(ProgramSource source, RunOptions options, RunListener listener) {
        if (options.setup()) {
            link.stream(source, options, listener);
            return;
        }
        log.begin(ordinal, source);
        guarded(() -> {
            link.stream(source, options, new LoggedRun(log, listener));
            return null;
        });
    }

    private void write(RunResult result) {
        long[] markers = result.times(ResponseKind.LOOPBACK);
        log.zero(markers.length == 0 ? 0 : markers[0]);
        log.spikes(result.spikes());
        log.samples(result.samples());
        log.end(result.health());
    }

    /** A program that breaks off took its ordinal unless nothing of it was executed. */
    private <T> T guarded(Attempt<T> attempt) {
        try {
            T result = attempt.run();
            ordinal++;
            return result;
        } catch (ChipException e) {
            switch (e.branch()) {
                case FAILED, INTERNAL -> ordinal++;
                case REJECTED, UNSUPPORTED, UNAVAILABLE -> {
                    // the next program has this one's
                }
            }
            log.breakOff();
            throw e;
        }
    }

    @Override
    public ReinitStack reinit() {
        return link.reinit();
    }

    @Override
    public String snapshot() {
        return link.snapshot();
    }

    @Override
    public void restore(String snapshot) {
        link.restore(snapshot);
    }

    @Override
    public void close() {
        link.close();
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T run();
    }
}
