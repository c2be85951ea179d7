package firstspike.driver.fpga;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.BITFILE;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.ResponseKind;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one session with an FPGA, and what is known of the chip behind it. Opened when first asked for, and again before the
 * next program after a time-out, a loss or a run that was given up. All but {@link #identity} and {@link #close} is called in
 * turn.
 */
final class FpgaBoard {

    private static final Logger LOG = LoggerFactory.getLogger(FpgaBoard.class);
    private static final int MOST_ATTEMPTS = 10;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    private static final Duration IDENTIFICATION_LIMIT = Duration.ofSeconds(5);

    private final FpgaTarget target;
    private final FpgaOptions options;
    private final WordSession.Opener opener;
    private final Identification identification;
    private final ReentrantLock use = new ReentrantLock();
    private final AtomicReference<FpgaLink> user = new AtomicReference<>();
    private final FpgaWatch watch;
    private volatile ChipDescription identity;
    private volatile Consumer<Boolean> availability = up -> {};
    private WordSession session;
    private Inbound inbound;
    private String stale = "";
    private boolean rebuilt;
    private volatile boolean closed;
    private boolean trusted;
    private String distrust = "the session was opened";
    private boolean synced;
    private int linksUp;

    /**
     * @param target of the FPGA
     * @param options patience, clock and name
     * @param opener of sessions
     */
    FpgaBoard(FpgaTarget target, FpgaOptions options, WordSession.Opener opener) {
        this.target = target;
        this.options = options;
        this.opener = opener;
        identification = new Identification(target, options.chipId());
        watch = new FpgaWatch(this, options.clock());
    }

    /** Held by whoever works with the session: its link, or the watch that looks whether the FPGA is there. */
    ReentrantLock use() {
        return use;
    }

    /**
     * Lends the chip to a link, until that gives it back.
     *
     * @param link that wants it
     * @throws ChipBusyException when another one has it
     */
    void lend(FpgaLink link) {
        if (!user.compareAndSet(null, link)) {
            throw new ChipBusyException(
                    ErrorDetail.of(
                                    "chip behind " + target,
                                    "in use by another link of this process",
                                    "one link at a time",
                                    "close that link, or serve the chip with a bridge, which gives many their turns")
                            .with("wire_code", WireException.Code.ENDPOINT_BUSY),
                    null);
        }
    }

    /** A link does not want the chip any more. */
    void giveBack(FpgaLink link) {
        user.compareAndSet(link, null);
    }

    /** Begins to look whether the FPGA is there. */
    void watch() {
        watch.start();
    }

    /** Who is told, on any thread, when the FPGA is lost and when it is there again. */
    void onAvailability(Consumer<Boolean> listener) {
        availability = listener;
    }

    /**
     * The chip as it was found first; opens the session when there was none.
     *
     * @throws ChipException as {@link FpgaSource#chips()}
     */
    ChipDescription identity() {
        ChipDescription known = identity;
        if (known == null) {
            synchronized (this) {
                if (identity == null) {
                    open(options.patience().connectPatience());
                }
                known = identity;
            }
        }
        return known;
    }

    /**
     * Makes the session ready for a program of a link, opening it again if it must be.
     *
     * @param link whose program comes
     * @param patience how long a lost FPGA is waited for, at most the link's own patience
     * @throws LinkLostException when the session was opened again since that link's last program: state unknown
     * @throws TargetUnavailableException when the FPGA does not come back
     */
    synchronized void prepare(FpgaLink link, Duration patience) {
        if (closed) {
            throw closedError();
        }
        if (mustOpen()) {
            reopen(patience);
        }
        if (link.believes() && !trusted) {
            link.disbelieve();
            throw distrustError();
        }
    }

    private boolean mustOpen() {
        WireException dead = inbound == null ? null : inbound.dead();
        if (dead != null && stale.isEmpty()) {
            stale("the session was lost: " + dead.getMessage());
        }
        return !stale.isEmpty() || session == null;
    }

    /**
     * Looks whether the FPGA is there, while nobody uses it: a lost session is opened again, with one attempt.
     *
     * @throws ChipException when that fails
     */
    synchronized void look() {
        if (closed || identity == null) {
            return;
        }
        if (mustOpen()) {
            reopen(Duration.ZERO);
            return;
        }
        try {
            // must be acknowledged: when it is not, the session dies and says so
            session.send(new long[] {Execution.IDLE_WORD}, 1);
        } catch (WireException e) {
            LOG.debug("session with {} is lost", target, e);
        } catch (CancellationException e) {
            LOG.debug("the look at {} was interrupted", target, e);
        }
    }

    private void reopen(Duration patience) {
        LOG.info("opening {} again: {}", target, stale.isEmpty() ? "no session" : stale);
        close(session);
        session = null;
        inbound = null;
        Duration most = options.patience().linkPatience();
        open(patience.compareTo(most) < 0 ? patience : most);
        rebuilt = true;
        stale = "";
    }

    private ChipException distrustError() {
        ErrorDetail detail = ErrorDetail.of(
                "state of the chip at " + target,
                distrust,
                "unchanged since the last program of this link",
                "initialise the chip and write its configuration again, then repeat the program");
        return new LinkLostException(detail, null, null, false);
    }

    private LinkLostException closedError() {
        WireException cause = closedCause();
        return new LinkLostException(cause.detail(), cause, null, false);
    }

    private WireException closedCause() {
        return new WireException(
                WireException.Code.CLOSED,
                ErrorDetail.of("session with " + target, "closed", "open", "open a new source"));
    }

    private void open(Duration patience) {
        long begin = options.clock().nanoTime();
        for (int attempt = 1; ; attempt++) {
            long started = options.clock().nanoTime();
            WireException last;
            try {
                openOnce();
                tell(true);
                return;
            } catch (WireException e) {
                last = e;
            } catch (CancellationException e) {
                throw new CancelledException(
                        ErrorDetail.of("opening of " + target, "cancelled", "", "try again"), e, null, true);
            }
            long now = options.clock().nanoTime();
            long nextWouldEnd = now - begin + BETWEEN_ATTEMPTS.toNanos() + now - started;
            boolean hopeless = closed || !FpgaFailures.mayPass(last) || attempt == MOST_ATTEMPTS;
            if (hopeless || nextWouldEnd > patience.toNanos()) {
                tell(false);
                throw FpgaFailures.opening(last, target, attempt);
            }
            try {
                options.clock().pause(BETWEEN_ATTEMPTS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw FpgaFailures.opening(last, target, attempt);
            }
        }
    }

    private void openOnce() {
        Inbound fresh = new Inbound(this::diedIdle);
        WordSession opened = opener.open(fresh);
        boolean kept = false;
        try {
            ChipDescription found = identify(opened, fresh);
            if (identity != null && !identity.chipId().equals(found.chipId())) {
                throw new UnsupportedOnTargetException(
                        BITFILE,
                        "chip at " + target,
                        found.chipId(),
                        identity.chipId(),
                        "open a new link to the other chip");
            }
            session = opened;
            inbound = fresh;
            identity = identity == null ? found : identity;
            distrust = "the session was opened again";
            trusted = false;
            kept = true;
        } finally {
            if (!kept) {
                opened.close();
            }
        }
        LOG.info("session with {} open: {} ({})", target, identity.chipId(), identity.properties());
    }

    private ChipDescription identify(WordSession opened, Inbound fresh) {
        ProgramSurvey survey = ProgramSurvey.of(identification.words(), target.text(), false);
        Reception reception = new Reception(survey, HealthReads.FPGA, new ResultAssembler());
        RunEnd end = new RunEnd();
        new Execution(opened, fresh, reception, end, options.clock())
                .run(identification.words().open(), IDENTIFICATION_LIMIT, OptionalLong.empty());
        if (end.cause() instanceof WireException broken) {
            throw broken;
        }
        boolean complete = end.kind() == RunEnd.Kind.HALTED
                && reception.healthComplete()
                && reception.received(ResponseKind.JTAG) == survey.expected(ResponseKind.JTAG)
                && reception.received(ResponseKind.OMNIBUS) == survey.expected(ResponseKind.OMNIBUS);
        if (!complete) {
            throw new WireException(
                    WireException.Code.RUN_TIMEOUT,
                    ErrorDetail.of(
                            "identification of " + target,
                            reception.timeouts() > 0 ? "an instruction timed out" : "incomplete",
                            IDENTIFICATION_LIMIT.toSeconds() + " s",
                            "check that the chip has power"));
        }
        synced = reception.timedFromStart();
        linksUp = HealthReads.FPGA.linksUp(reception.after());
        RunResult.Builder answers = RunResult.builder();
        reception.assembler().fill(answers);
        return identification.describe(opened.information(), answers.build());
    }

    private void tell(boolean up) {
        // nobody can ask for a chip that was never found
        if (identity != null) {
            availability.accept(up);
        }
    }

    private void diedIdle(WireException cause) {
        if (closed) {
            return;
        }
        LOG.warn("session with {} lost: {}", target, cause.getMessage());
        tell(false);
    }

    /** The open session. */
    synchronized WordSession session() {
        return session;
    }

    /** What receives in the open session. */
    synchronized Inbound inbound() {
        return inbound;
    }

    /** Counters of the session. */
    FrameCounts counters() {
        return session().counters();
    }

    /** Counters of the session, empty while there is none. */
    synchronized Optional<HostArqCounters> countersIfOpen() {
        return Optional.ofNullable(session).flatMap(WordSession::allCounters);
    }

    /** Where the FPGA is. */
    HostArqAddress address() {
        return target.address();
    }

    /** Whether chip and FPGA count together. */
    synchronized boolean synced() {
        return synced;
    }

    /** Whether the chip's registers can be reached as far as anybody knows. */
    synchronized boolean chipAnswers() {
        return linksUp != 0;
    }

    /** Whether the session was opened again since this was asked last. */
    synchronized boolean takeRebuilt() {
        boolean was = rebuilt;
        rebuilt = false;
        return was;
    }

    /**
     * A program is about to change what is known of the chip.
     *
     * @param survey of it
     */
    synchronized void starting(ProgramSurvey survey) {
        if (survey.resetsChip()) {
            linksUp = 0;
        }
    }

    /**
     * A program has run; what its link believes of the chip is true.
     *
     * @param link whose program it was
     * @param survey of it
     * @param reception of its answers
     */
    synchronized void ran(FpgaLink link, ProgramSurvey survey, Reception reception) {
        linksUp = reception.healthComplete()
                ? reception.reads().linksUp(reception.after())
                : (linksUp | reception.linksCameUp()) & ~reception.linksWentDown();
        synced = survey.syncedAfter(synced);
        trusted = true;
        link.believe();
    }

    /**
     * A program failed, its link has been told that the state is unknown.
     *
     * @param link whose program it was
     * @param reason for opening the session again, or empty when it can be used
     */
    synchronized void failed(FpgaLink link, String reason) {
        trusted = false;
        distrust = reason.isEmpty() ? "a program failed" : reason;
        link.disbelieve();
        if (!reason.isEmpty()) {
            stale(reason);
            if (inbound != null && inbound.dead() != null) {
                tell(false);
            }
        }
    }

    private void stale(String reason) {
        stale = reason;
    }

    /** Ends the session; never throws. */
    void close() {
        // seen by an opening that goes on and holds the monitor
        closed = true;
        watch.stop();
        synchronized (this) {
            close(session);
            if (inbound != null) {
                // whoever waits for a halt waits no longer
                inbound.failed(closedCause());
            }
            session = null;
        }
    }

    private static void close(WordSession old) {
        if (old != null) {
            old.close();
        }
    }
}
