package firstspike.driver.fpga;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.link.WallClock;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.InstructionSource;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * One program on its way through one session: sends its words, waits for its halt, never longer than its limits. An
 * interrupt stops the sending and sends the halt; what runs on the FPGA cannot be stopped and is awaited (playback.md 14.5);
 * a second interrupt gives up waiting. One owner thread, and for a streamed program one that sends.
 */
final class Execution {

    /** Dropped by every decoder (wire.md 7). */
    static final long IDLE_WORD = 1L << 63;

    private static final long KEEP_ALIVE_MILLIS = 100;
    private static final Duration SIGN_OF_LIFE = Duration.ofMillis(500);
    /** A sign of life that is not older than this is one. */
    private static final long FRESH_NS = 1_000_000_000L;

    private final WordSession session;
    private final Inbound inbound;
    private final Reception reception;
    private final RunEnd end;
    private final WallClock clock;
    private volatile boolean cancelled;
    private volatile boolean whole;
    private volatile boolean handedOver;
    private volatile long heardFrames;
    private volatile long heardAt;
    private long sendNs;
    private long executeNs;

    /**
     * @param session that is open
     * @param inbound of that session
     * @param reception takes the answers
     * @param end of the run
     * @param clock by which it is limited
     */
    Execution(WordSession session, Inbound inbound, Reception reception, RunEnd end, WallClock clock) {
        this.session = session;
        this.inbound = inbound;
        this.reception = reception;
        this.end = end;
        this.clock = clock;
    }

    /**
     * Runs the program; afterwards {@link RunEnd} says how it went and nobody else touches the reception.
     *
     * @param words of the user
     * @param limit of the execution
     * @param deadline instant of the clock at which the caller gives up, or empty
     */
    void run(InstructionSource words, Duration limit, OptionalLong deadline) {
        limited(limit, deadline, () -> {
            send(words, null);
            await();
        });
    }

    /**
     * Runs a program of any length: sends on a thread of its own, so that limits and parts of the result reach the caller
     * although the FPGA holds the sender back.
     *
     * @param words of the user
     * @param digest takes the words that were sent, or null
     * @param limit of the execution
     * @param deadline instant of the clock at which the caller gives up, or empty
     */
    void stream(InstructionSource words, MessageDigest digest, Duration limit, OptionalLong deadline) {
        limited(limit, deadline, () -> {
            Thread sender = new Thread(() -> send(words, digest), "firstspike-fpga-send");
            sender.setDaemon(true);
            sender.start();
            try {
                await();
            } finally {
                end.end(RunEnd.Kind.ABANDONED);
                if (end.kind() != RunEnd.Kind.HALTED) {
                    // wakes a sender that waits for room; the session is opened again anyway
                    session.close();
                }
                join(sender);
            }
        });
    }

    private void limited(Duration limit, OptionalLong deadline, Runnable work) {
        WallClock.Alarm limitAlarm = clock.after(limit, this::limitReached);
        WallClock.Alarm deadlineAlarm = deadline.isEmpty()
                ? () -> {}
                : clock.after(
                        Duration.ofNanos(Math.max(0, deadline.getAsLong() - clock.nanoTime())),
                        () -> end.end(RunEnd.Kind.DEADLINE));
        inbound.begin(reception, end);
        try {
            work.run();
        } finally {
            inbound.end();
            limitAlarm.cancel();
            deadlineAlarm.cancel();
        }
    }

    /** An FPGA that lives acknowledges: without a sign of it the link is lost, not the program too long. */
    private void limitReached() {
        OptionalLong before = heard();
        boolean lives = heardFrames > 0 && System.nanoTime() - heardAt < FRESH_NS;
        if (before.isEmpty() || lives || end.ended()) {
            end.end(RunEnd.Kind.LIMIT);
            return;
        }
        try {
            if (whole) {
                // where words still wait, frames are on their way anyway
                session.send(new long[] {IDLE_WORD}, 1);
                session.flush();
            }
        } catch (WireException e) {
            end.failed(e);
            return;
        }
        clock.after(SIGN_OF_LIFE, () -> {
            if (heard().equals(before)) {
                end.failed(silent());
            } else {
                end.end(RunEnd.Kind.LIMIT);
            }
        });
    }

    private OptionalLong heard() {
        return session.allCounters()
                .map(counters -> OptionalLong.of(counters.framesReceived()))
                .orElseGet(OptionalLong::empty);
    }

    private static WireException silent() {
        return new WireException(
                WireException.Code.MAX_RESENDS,
                ErrorDetail.of(
                        "session with the FPGA",
                        "nothing arrived for " + SIGN_OF_LIFE.toMillis() + " ms behind the execution limit",
                        "an acknowledgement",
                        "check power and cable; the session is opened again"));
    }

    private void send(InstructionSource words, MessageDigest digest) {
        long begin = clock.nanoTime();
        try {
            Transmission transmission = new Transmission(session, this::stopped);
            whole = transmission.send(reception.reads(), words, digest);
            if (whole || !end.ended()) {
                // what was cancelled is ended here, what has ended needs no halt
                transmission.halt();
                handedOver = true;
            }
        } catch (WireException e) {
            end.failed(e);
        } catch (CancellationException e) {
            // interrupted while it waited for room: nobody knows how much of the block left
            Thread.interrupted();
            cancelled = true;
            end.end(RunEnd.Kind.ABANDONED);
        } finally {
            sendNs = clock.nanoTime() - begin;
        }
    }

    private boolean stopped() {
        // never set on a thread that only sends
        if (Thread.interrupted()) {
            cancelled = true;
        }
        return cancelled || end.ended();
    }

    private void await() {
        long begin = clock.nanoTime();
        while (true) {
            try {
                if (!end.await(KEEP_ALIVE_MILLIS)) {
                    keepAlive();
                    continue;
                }
                Runnable part = end.poll();
                if (part == null) {
                    break;
                }
                part.run();
                session.resume();
            } catch (InterruptedException e) {
                if (cancelled) {
                    end.end(RunEnd.Kind.ABANDONED);
                }
                cancelled = true;
            }
        }
        // an interrupt that came with the halt is not lost
        if (Thread.interrupted()) {
            cancelled = true;
        }
        executeNs = clock.nanoTime() - begin;
    }

    /**
     * While an FPGA works on a program that it has whole, nothing is on its way to it, and HostARQ would not notice that it is
     * gone: a word that means nothing, but must be acknowledged, finds out.
     */
    private void keepAlive() {
        if (handedOver) {
            long frames = heard().orElse(0);
            if (frames != heardFrames) {
                heardFrames = frames;
                heardAt = System.nanoTime();
            }
            try {
                session.send(new long[] {IDLE_WORD}, 1);
            } catch (WireException e) {
                end.failed(e);
            } catch (CancellationException e) {
                // the interrupt is seen where it is waited
            }
        }
    }

    private static void join(Thread sender) {
        boolean interrupted = false;
        while (sender.isAlive()) {
            try {
                sender.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the caller's thread was interrupted. */
    boolean cancelled() {
        return cancelled;
    }

    /** Whether all words were sent. */
    boolean sentWhole() {
        return whole;
    }

    /** How long the words took to be handed over. */
    long sendNs() {
        return sendNs;
    }

    /** How long the caller waited for the halt behind that. */
    long executeNs() {
        return executeNs;
    }
}
