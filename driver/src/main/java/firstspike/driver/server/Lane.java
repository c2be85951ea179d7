package firstspike.driver.server;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.WallClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.server.turn.ChipLease;
import firstspike.driver.server.turn.ChipTurns;
import firstspike.driver.server.turn.Step;
import firstspike.driver.server.turn.StepEnd;
import firstspike.driver.server.turn.TurnEvent;
import firstspike.driver.server.turn.TurnRules;
import firstspike.driver.server.turn.WaitReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One chip at work: the machine that says who has it and what it does next, and at most one thread that does it
 * (playback.md 14.2). The thread comes from a common pool when there is a step and goes when there is none, so that idle chips
 * hold no thread. Everything is told to the machine under the lock of the {@link ServedChip}; what follows for sessions,
 * results and calls is done after the lock was given back. Any thread.
 */
final class Lane {

    private static final long NEVER = Long.MAX_VALUE;
    /** A chip whose last step took longer gets a thread for the next one. */
    private static final long BRIEF_NS = 500_000;

    /** Something to tell the machine. */
    @FunctionalInterface
    interface Action<T> {
        /** What it answers at that time. */
        T tell(ChipTurns<PlaybackProgram> turns, long now);
    }

    /** What all lanes of a server have in common. */
    record Yard(ServerTime time, TurnRules rules, Executor threads, StepRunner runner) {}

    private final ServedChip chip;
    private final Object lock;
    private final Yard yard;
    private final ChipTurns<PlaybackProgram> turns;
    private final Map<String, Session> sessions = new HashMap<>();
    private final Object opening = new Object();
    private ChipLink link;
    private int users;
    private boolean working;
    private boolean delivering;
    private Thread worker;
    private volatile boolean stopped;
    private long alarmNs = NEVER;
    private long lastStepNs = NEVER;
    private WallClock.Alarm alarm = () -> {};

    Lane(ServedChip chip, Object lock, ChipLease lease, Yard yard) {
        this.chip = chip;
        this.lock = lock;
        this.yard = yard;
        this.turns = new ChipTurns<>(yard.rules(), yard.time()::text, lease);
    }

    ServedChip chip() {
        return chip;
    }

    /** Counts who uses this lane; guarded by the chip's lock. */
    int users(int more) {
        users += more;
        return users;
    }

    /** The one link of a chip that all sessions use, opened when first asked for. */
    ChipLink link(Supplier<ChipLink> open) {
        synchronized (opening) {
            if (link == null) {
                link = open.get();
            }
            return link;
        }
    }

    /** Gives the common link back, if there is one. */
    void closeLink() {
        synchronized (opening) {
            if (link != null) {
                link.close();
            }
        }
    }

    /**
     * Tells the machine something and lets happen what follows from it.
     *
     * @param action what; its refusal is thrown here
     * @return what it answered
     */
    <T> T tell(Action<T> action) {
        return tell(action, step -> false);
    }

    /**
     * Tells the machine something and lets happen what follows from it.
     *
     * @param action what; its refusal is thrown here
     * @param brief whether a step may run on the calling thread, if the last one took no time to speak of: an empty program
     *     then costs two changes of threads fewer
     * @return what it answered
     */
    <T> T tell(Action<T> action, Predicate<Step<PlaybackProgram>> brief) {
        List<Runnable> told = new ArrayList<>();
        try {
            synchronized (lock) {
                try {
                    return action.tell(turns, yard.time().now());
                } finally {
                    start(told, brief);
                    chip.settled(told);
                }
            }
        } finally {
            run(told);
        }
    }

    /**
     * Uses the chip between two steps, on the calling thread.
     *
     * @param work with the link of the only session
     * @return what it gives
     * @throws UnsupportedOnTargetException when other sessions use the chip too: theirs would be captured or lost
     * @throws ChipBusyException when a program runs or waits
     */
    <T> T whileIdle(Supplier<T> work) {
        synchronized (lock) {
            if (chip.isCommon(this)) {
                throw new UnsupportedOnTargetException(
                        UNSUPPORTED_ON_TARGET,
                        "snapshots of a chip",
                        "shared",
                        "a virtual chip of the session's own",
                        "leave shared out");
            }
            if (working || turns.queued() > 0) {
                throw SessionErrors.working();
            }
            working = true;
        }
        List<Runnable> told = new ArrayList<>();
        try {
            return work.get();
        } finally {
            synchronized (lock) {
                working = false;
                start(told);
                chip.settled(told);
                lock.notifyAll();
            }
            run(told);
        }
    }

    private static void run(List<Runnable> told) {
        for (Runnable what : told) {
            try {
                what.run();
            } catch (RuntimeException | Error e) {
                Incidents.record(e);
            }
        }
    }

    /** A session whose events come from now on; under the lock. */
    void add(Session session) {
        sessions.put(session.id(), session);
    }

    /** What follows when the machine may have something new to say; under the lock. */
    void start(List<Runnable> told) {
        start(told, step -> false);
    }

    private void start(List<Runnable> told, Predicate<Step<PlaybackProgram>> brief) {
        settle(told).ifPresent(step -> {
            if (lastStepNs <= BRIEF_NS && brief.test(step)) {
                told.add(() -> run(step).ifPresent(this::onThread));
            } else {
                onThread(step);
            }
        });
    }

    private void onThread(Step<PlaybackProgram> first) {
        yard.threads().execute(() -> {
            Optional<Step<PlaybackProgram>> next = Optional.of(first);
            while (next.isPresent()) {
                next = run(next.get());
            }
        });
    }

    private Optional<Step<PlaybackProgram>> settle(List<Runnable> told) {
        Optional<Step<PlaybackProgram>> step = Optional.empty();
        if (!working) {
            step = turns.next(yard.time().now());
            working = step.isPresent();
        }
        for (TurnEvent event : turns.events()) {
            Session session = sessions.get(event.session());
            if (session != null) {
                session.happened(event, told);
                if (event.kind() == TurnEvent.Kind.ENDED) {
                    sessions.remove(event.session());
                }
            }
        }
        stopIfWanted();
        arm();
        return step;
    }

    private void stopIfWanted() {
        if (worker != null && !stopped && turns.stopWanted().isPresent()) {
            stopped = true;
            worker.interrupt();
        }
    }

    private void arm() {
        long wake = turns.wakeNs();
        if (wake < alarmNs) {
            alarm.cancel();
            alarmNs = wake;
            alarm = yard.time().at(wake, this::alarmed);
        }
    }

    private void alarmed() {
        tell((machine, now) -> {
            alarmNs = NEVER;
            machine.advance(now);
            return null;
        });
    }

    /** Runs a step on the calling thread and gives the next one. */
    private Optional<Step<PlaybackProgram>> run(Step<PlaybackProgram> step) {
        Session session;
        synchronized (lock) {
            worker = Thread.currentThread();
            stopped = false;
            session = sessions.get(step.session());
            stopIfWanted();
        }
        long begin = System.nanoTime();
        StepEnd<PlaybackProgram> end = yard.runner().run(session, step);
        return ended(end, System.nanoTime() - begin);
    }

    private Optional<Step<PlaybackProgram>> ended(StepEnd<PlaybackProgram> end, long tookNs) {
        List<Runnable> told = new ArrayList<>();
        Optional<Step<PlaybackProgram>> next;
        synchronized (lock) {
            worker = null;
            lastStepNs = tookNs;
            // the interrupt may have come too late for the link to see it
            boolean cut = Thread.interrupted() || stopped;
            long now = yard.time().now();
            turns.ended(now, cut ? new StepEnd<>(end.error(), false, end.replacement()) : end);
            working = false;
            next = settle(told);
            chip.settled(told);
            delivering = true;
        }
        run(told);
        synchronized (lock) {
            delivering = false;
            lock.notifyAll();
        }
        return next;
    }

    /** Whether the running step was asked to end; on the thread that runs it. */
    boolean stopping() {
        return stopped;
    }

    /** Whether nothing runs and nothing is half done; under the lock. */
    boolean quiet() {
        return idle() && turns.quiet();
    }

    /** Whether no thread works for it, and what came of the last step was told to everybody; under the lock. */
    boolean idle() {
        return !working && !delivering;
    }

    /** Submissions that wait; under the lock. */
    int queued() {
        return turns.queued();
    }

    /** Open sessions; under the lock. */
    int sessionCount() {
        return turns.sessions();
    }

    /** How long sessions waited; under the lock. */
    WaitReport waits() {
        return turns.waits();
    }
}
