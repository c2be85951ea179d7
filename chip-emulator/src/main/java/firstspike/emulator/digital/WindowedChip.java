package firstspike.emulator.digital;

import firstspike.emulator.analog.ChipModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A chip that runs windows of one program on several threads. Windows between gaps in the input in which everything
 * comes to rest are independent (analog.md 9): each is run from rest on a chip of its own, the seam is checked, and
 * where the check fails the window is run again from the true state. From then on windows begin with a lead, the two samples
 * before them: what a sample leaves behind is lost to rounding in the next but one, so that the state at the seam is the true
 * one bit by bit, which is what the check asks for then. The events are those of one thread, byte for byte. Mutable; called by
 * one thread.
 */
public final class WindowedChip implements ChipFabric {
    /** More windows than threads, so that none waits long for the slowest. */
    private static final int WINDOWS_PER_THREAD = 2;
    /** A window has to be worth the chip that is made for it: some samples of a small network. */
    private static final int LEAST_EFFECTS = 32;

    private static final long IDLE_SECONDS = 2;
    private static final AtomicLong THREAD_NUMBER = new AtomicLong();

    private final DigitalChip chip;
    private final int threads;
    private final int leastEffects;
    private final ExecutorService workers;
    private long joined;
    private long repeated;

    /**
     * A chip at power-on at tick 0.
     *
     * @param model what its membranes are like
     * @param options what its digital part is like
     * @param threads that may run at a time, the caller's included, 1 or more
     */
    public WindowedChip(ChipModel model, FabricOptions options, int threads) {
        this(new DigitalChip(model, options), threads, LEAST_EFFECTS);
    }

    WindowedChip(DigitalChip chip, int threads, int leastEffects) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + " (limit: 1 or more); use 1");
        }
        this.chip = chip;
        this.threads = threads;
        this.leastEffects = leastEffects;
        workers = threads == 1 ? null : pool(threads - 1);
    }

    /** Daemon threads that end when nothing came for a while: a chip has no end of life at which to stop them. */
    private static ExecutorService pool(int size) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "firstspike-window-" + THREAD_NUMBER.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public void advance(ChipEffects effects, long untilTick, FabricSink sink) {
        WindowPlan run = threads == 1 ? null : WindowPlan.longestRun(effects);
        if (run == null || run.size() < 2 * leastEffects) {
            chip.advance(effects, untilTick, sink);
            return;
        }
        // How long nodes take to rest is known only when the effects in front of the run are done.
        chip.advance(effects, effects.tick(run.first(0)), sink);
        int windows = repeated == 0 ? threads * WINDOWS_PER_THREAD : threads;
        WindowPlan plan = run.cut(effects, chip.restTicks(), windows, leastEffects);
        int next = run.first(0);
        if (plan.windows() > 1 && chip.quiet()) {
            next = windows(effects, plan, untilTick, sink);
        }
        chip.advance(effects, next, untilTick, sink);
    }

    private int windows(ChipEffects effects, WindowPlan plan, long untilTick, FabricSink sink) {
        DigitalChip atRest = chip.window(effects.tick(plan.first(0)));
        List<FutureTask<Window>> tasks = new ArrayList<>();
        for (int k = 1; k < plan.windows(); k++) {
            Window window = new Window(effects, plan, k, untilTick);
            int lead = repeated == 0 ? plan.first(k) : plan.gapBefore(effects, plan.gapBefore(effects, plan.first(k)));
            FutureTask<Window> task = new FutureTask<>(() -> window.run(atRest, lead));
            tasks.add(task);
            workers.execute(task);
        }
        RuntimeException failure = null;
        try {
            new Window(effects, plan, 0, untilTick).runOn(chip, sink);
        } catch (RuntimeException e) {
            // Workers still read the registers; they must be done before anybody acts on the failure.
            failure = e;
        }
        for (int k = tasks.size() - 1; k >= 0; k--) {
            tasks.get(k).run();
        }
        for (int k = 0; k < tasks.size(); k++) {
            Window window = await(tasks.get(k));
            if (failure == null) {
                failure = join(window, new Window(effects, plan, k + 1, untilTick), sink);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return plan.last(plan.windows() - 1);
    }

    /** The window, or null where it could not be run ahead. */
    private static Window await(FutureTask<Window> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            return null;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes a window over, or runs it again from the true state; a failure of the second run is the true one. */
    private RuntimeException join(Window ahead, Window again, FabricSink sink) {
        try {
            if (ahead != null && chip.joins(ahead.chip, ahead.firstTick())) {
                ahead.resetTimers(chip, ahead.from, ahead.to);
                chip.adopt(ahead.chip);
                ahead.events.replay(sink);
                joined++;
            } else {
                again.runOn(chip, sink);
                repeated++;
            }
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Windows that were run ahead and held. */
    long windowsJoined() {
        return joined;
    }

    /** Windows that had to be run again because their seam did not hold. */
    long windowsRepeated() {
        return repeated;
    }

    @Override
    public void connect(OffChipMemory memory) {
        chip.connect(memory);
    }

    @Override
    public void executeProcessors(boolean execute) {
        chip.executeProcessors(execute);
    }

    @Override
    public boolean processorsAct() {
        return chip.processorsAct();
    }

    @Override
    public int eventsInside() {
        return chip.eventsInside();
    }

    @Override
    public long work() {
        return chip.work();
    }

    @Override
    public double watt(long ticks) {
        return chip.watt(ticks);
    }

    @Override
    public FabricHealth health() {
        return chip.health();
    }

    @Override
    public ChipFabric copy() {
        return new WindowedChip((DigitalChip) chip.copy(), threads, leastEffects);
    }

    /** One window: its effects and, once run ahead, the chip at its end and the events that left. */
    private static final class Window {
        private final ChipEffects effects;
        private final int begin;
        private final int from;
        private final int to;
        private final long untilTick;
        private final EventBuffer events = new EventBuffer();
        private DigitalChip chip;

        Window(ChipEffects effects, WindowPlan plan, int number, long untilTick) {
            this.effects = effects;
            begin = plan.first(0);
            from = plan.first(number);
            to = plan.last(number);
            this.untilTick = to < effects.size() ? effects.tick(to) : untilTick;
        }

        long firstTick() {
            return effects.tick(from);
        }

        /**
         * Runs it ahead.
         *
         * @param lead first effect of what is run before it, from rest
         * @return this; null where something is under way at its beginning
         */
        Window run(DigitalChip atRest, int lead) {
            chip = atRest.window(effects.tick(lead));
            resetTimers(chip, begin, lead);
            if (lead < from) {
                chip.advance(effects, lead, firstTick(), new EventBuffer());
                if (!chip.quiet()) {
                    return null;
                }
                chip = chip.continued(firstTick());
            }
            runOn(chip, events);
            return this;
        }

        void runOn(DigitalChip onChip, FabricSink sink) {
            onChip.advance(effects, from, untilTick, sink);
        }

        /** Draws count from the timer reset before them, also where others ran what lies between. */
        void resetTimers(DigitalChip ofChip, int first, int last) {
            for (int i = first; i < last; i++) {
                if (effects.kind(i) == ChipEffects.Kind.TIMER_RESET) {
                    ofChip.neurons().timerReset(2 * effects.tick(i));
                }
            }
        }
    }
}
