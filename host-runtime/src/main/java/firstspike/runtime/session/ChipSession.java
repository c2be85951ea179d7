package firstspike.runtime.session;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.SessionStateLostException;
import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;

/**
 * A chip with a known configuration. It is initialised and written completely before the first program and whenever its
 * state is unknown; otherwise only words that differ are written. What changes between programs goes in front of the next
 * program; programs of the set-up take no ordinal. One owner thread.
 *
 * <p>A link that breaks is opened again with the ordinal of the program that was lost, the chip is set up again and the
 * program repeated (playback.md 14.7). A chip that others use too is set up with a program of its own as long as nobody else
 * had it, because such an upload survives a bad link; from the first time on that somebody had, the set-up lies on the
 * re-initialisation stack of the server (playback.md 10.4), so that a change of turn needs neither an upload nor this side.
 */
public final class ChipSession implements AutoCloseable {

    /** Time after the last change of an analog parameter until it is in force: 20 ms. */
    static final long ANALOG_SETTLING_TICKS = 2_500_000;

    /**
     * Execution limit of a program on an emulator, whose wall time depends on what else its machine does: a batch that waits for
     * a processor is not stuck. Hardware has the usual limit.
     */
    private static final Duration EMULATED_LIMIT = Duration.ofMinutes(10);

    private final LinkOpener opener;
    private final int reopenings;
    private final int[] wanted = ChipConfiguration.defaults().copyWords();
    private final int[] onChip = new int[wanted.length];
    /** Places that programs write. */
    private final BitSet patched = new BitSet();

    private ChipLink link;
    private Optional<StackedSetUp> stacked = Optional.empty();
    private boolean known;
    private long nextProgram;
    private long repeats;
    private long reconnects;

    private ChipSession(LinkOpener opener, long firstProgram, int reopenings) {
        this.opener = opener;
        this.nextProgram = firstProgram;
        this.reopenings = reopenings;
        this.link = opener.open(firstProgram);
    }

    /**
     * Opens the link; nothing is written yet.
     *
     * @param opener of the chip
     * @param firstProgram ordinal of the first program, 0 or that of a checkpoint
     * @param reopenings how often a program is repeated on a new link when its link broke; 0: never
     * @return the session; the caller closes it
     */
    public static ChipSession open(LinkOpener opener, long firstProgram, int reopenings) {
        return new ChipSession(opener, firstProgram, reopenings);
    }

    /** What the chip says of itself. */
    public ChipDescription describe() {
        return link.describe();
    }

    /** Ordinal of the next program. */
    public long nextProgram() {
        return nextProgram;
    }

    /** How many links were lost and opened anew. */
    public long reconnects() {
        return reconnects;
    }

    /** How many programs were repeated on a new link. */
    public long repeats() {
        return repeats;
    }

    /**
     * Puts a configuration into force, at the latest for the next program, and waits until analog parameters that changed are
     * settled.
     *
     * @param configuration every word
     */
    public void configure(ChipConfiguration configuration) {
        System.arraycopy(configuration.copyWords(), 0, wanted, 0, wanted.length);
        guarded(() -> {
            setUp();
            return null;
        });
    }

    /**
     * Puts words into force, so that a later program need not write them.
     *
     * @param patch words that shall be there
     */
    public void prepare(WordPatch patch) {
        want(patch);
        guarded(() -> {
            setUp();
            return null;
        });
    }

    /**
     * Runs one program: first the words of the patch that differ from those on the chip, then the body.
     *
     * @param <T> tickets of the body
     * @param patch words that shall be there; digital ones only, for nothing waits for analog parameters here
     * @param body instructions of the program
     * @return the result
     * @throws ChipException as {@link ChipLink#run}; the chip's state is then taken as unknown unless nothing ran
     */
    public <T> Executed<T> run(WordPatch patch, ProgramBody<T> body) {
        want(patch);
        boolean more = newPlaces(patch);
        return guarded(() -> {
            if (!known) {
                setUp();
            } else if (more) {
                stacked.ifPresent(stack -> stack.changing(patched, onChip));
            }
            PlaybackProgramBuilder builder = PlaybackProgram.builder();
            writePatch(builder, patch);
            T tickets = body.append(builder);
            RunResult result = execute(builder.done(), batchOptions());
            for (int place : patch.places()) {
                onChip[place] = wanted[place];
            }
            return new Executed<>(result, tickets, nextProgram++);
        });
    }

    /**
     * Runs one program that changes the chip itself: first every word of the configuration that differs from those on the
     * chip, then, when an analog parameter is among them, the time that these need to settle, then the body. The way of
     * measurements that search analog parameters.
     *
     * @param <T> tickets of the body
     * @param configuration every word
     * @param body instructions of the program
     * @return the result
     * @throws ChipException as {@link ChipLink#run}; the chip's state is then taken as unknown unless nothing ran
     */
    public <T> Executed<T> run(ChipConfiguration configuration, ProgramBody<T> body) {
        return run(configuration, body, false);
    }

    /**
     * The same with a program that belongs to the set-up: it takes no ordinal, and analog parameters land where every set-up
     * lands them. The way of measurements in front of a run, which must not move its draws.
     *
     * @param <T> tickets of the body
     * @param configuration every word
     * @param body instructions of the program
     * @return the result, with the ordinal of the next program
     * @throws ChipException as {@link ChipLink#run}
     */
    public <T> Executed<T> runInSetUp(ChipConfiguration configuration, ProgramBody<T> body) {
        return run(configuration, body, true);
    }

    private <T> Executed<T> run(ChipConfiguration configuration, ProgramBody<T> body, boolean inSetUp) {
        System.arraycopy(configuration.copyWords(), 0, wanted, 0, wanted.length);
        return guarded(() -> {
            if (!known) {
                setUp();
            }
            PlaybackProgramBuilder builder = PlaybackProgram.builder();
            writeChanges(builder);
            T tickets = body.append(builder);
            RunResult result = execute(builder.done(), inSetUp ? RunOptions.forSetup() : batchOptions());
            System.arraycopy(wanted, 0, onChip, 0, wanted.length);
            return new Executed<>(result, tickets, inSetUp ? nextProgram : nextProgram++);
        });
    }

    /** Takes the chip's state as unknown: what is configured next initialises it and writes every word. */
    public void forget() {
        known = false;
    }

    private void writeChanges(PlaybackProgramBuilder builder) {
        boolean changed = false;
        boolean analog = false;
        for (int place = 0; place < wanted.length; place++) {
            if (wanted[place] != onChip[place]) {
                builder.write(ChipConfiguration.address(place), wanted[place]);
                analog |= ChipConfiguration.isAnalog(place);
                changed = true;
            }
        }
        if (changed) {
            builder.barrier(Barrier.OMNIBUS);
        }
        if (analog) {
            builder.pause(ANALOG_SETTLING_TICKS);
        }
    }

    private RunOptions batchOptions() {
        return describe().kind() == ChipDescription.Kind.EMULATOR
                ? RunOptions.defaults().withExecutionLimit(EMULATED_LIMIT)
                : RunOptions.defaults();
    }

    private void want(WordPatch patch) {
        for (int i = 0; i < patch.places().length; i++) {
            wanted[patch.places()[i]] = patch.words()[i];
        }
    }

    /** Whether the patch has places that no program wrote before; they are remembered. */
    private boolean newPlaces(WordPatch patch) {
        int before = patched.cardinality();
        for (int place : patch.places()) {
            patched.set(place);
        }
        return patched.cardinality() > before;
    }

    /** Gives the chip back. */
    @Override
    public void close() {
        link.close();
    }

    private <R> R guarded(Attempt<R> attempt) {
        for (int tries = 0; ; tries++) {
            try {
                return attempt.run();
            } catch (LinkLostException | SessionUnknownException | SessionStateLostException lost) {
                if (tries >= reopenings) {
                    throw lost;
                }
                if (lost instanceof SessionStateLostException && stacked.isEmpty()) {
                    // nothing ran: the chip went to somebody else
                    stacked = Optional.of(new StackedSetUp(link.reinit()));
                } else {
                    reopen(lost);
                }
            }
        }
    }

    private void reopen(ChipException lost) {
        stacked = Optional.empty();
        link.close();
        long begin = System.nanoTime();
        // whoever gave up waiting does not wait as long again; a server that answered is waited for
        boolean answered = lost instanceof SessionUnknownException;
        try {
            link = answered ? opener.reopen(nextProgram) : opener.open(nextProgram);
        } catch (TargetUnavailableException gone) {
            lost.addSuppressed(gone);
            throw lost;
        }
        repeats++;
        if (lost instanceof LinkLostException || answered) {
            reconnects++;
            long before = Long.parseLong(lost.detail().fields().getOrDefault("lost_ms", "0"));
            Duration gone = Duration.ofMillis(before).plusNanos(System.nanoTime() - begin);
            opener.listener().back(link.describe().target(), gone, 1);
        }
    }

    private void setUp() {
        boolean whole = !known || stacked.isPresent();
        boolean analog = whole;
        boolean changed = !known;
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        if (whole) {
            InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), builder);
        }
        for (int place = 0; place < wanted.length; place++) {
            boolean differs = wanted[place] != onChip[place];
            if (whole || differs) {
                builder.write(ChipConfiguration.address(place), wanted[place]);
                analog |= ChipConfiguration.isAnalog(place);
                changed |= differs;
            }
        }
        if (!changed) {
            return;
        }
        builder.barrier(Barrier.OMNIBUS);
        if (analog) {
            builder.pause(ANALOG_SETTLING_TICKS);
        }
        enforce(builder.done());
        System.arraycopy(wanted, 0, onChip, 0, wanted.length);
        known = true;
    }

    private void enforce(PlaybackProgram setUp) {
        if (stacked.isPresent()) {
            stacked.get().put(setUp, patched, wanted);
        } else {
            RunResult done = execute(setUp, RunOptions.forSetup());
            // nobody else looks at the result of a set-up
            reconnects += done.health().counters().getOrDefault(HealthKeys.LINK_RECONNECTS, 0L);
        }
    }

    private void writePatch(PlaybackProgramBuilder builder, WordPatch patch) {
        boolean written = false;
        for (int place : patch.places()) {
            if (wanted[place] != onChip[place]) {
                builder.write(ChipConfiguration.address(place), wanted[place]);
                written = true;
            }
        }
        if (written) {
            builder.barrier(Barrier.OMNIBUS);
        }
    }

    private RunResult execute(PlaybackProgram program, RunOptions options) {
        try {
            return link.run(program, options);
        } catch (ChipException e) {
            switch (e.branch()) {
                case FAILED, INTERNAL -> known = false;
                case REJECTED, UNSUPPORTED, UNAVAILABLE -> {
                    // nothing was executed: what is on the chip is still known
                }
            }
            throw e;
        }
    }

    @FunctionalInterface
    private interface Attempt<R> {
        R run();
    }
}
