package firstspike.emulator.fpga;

import firstspike.driver.error.ChipException;
import firstspike.driver.hostarq.EndpointHandler;
import firstspike.driver.hostarq.WordSender;
import firstspike.driver.link.PpuPolicy;
import firstspike.emulator.digital.ChipFabric;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An emulated FPGA behind a network (wire.md 17): takes UT words, executes the programs among them on a thread of its own and
 * sends the trace back. A new session starts with an empty playback memory and finds the chip as the last one left it (D24).
 *
 * <p>Network thread and executing thread share nothing but the FIFO of a session; nobody polls.
 */
public final class FpgaEndpoint implements EndpointHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FpgaEndpoint.class);

    private final FpgaSettings settings;
    private final Supplier<ChipFabric> powerOn;
    private final FpgaTotals totals = new FpgaTotals();
    private final Thread thread;
    private PlaybackExecutor executor;
    private volatile FpgaSession current;
    private boolean closed;

    /**
     * An FPGA and a chip at power-on; it executes from now on.
     *
     * @param settings of the FPGA; accesses to addresses that no register owns are counted whatever they say
     * @param powerOn makes the chip at power-on
     */
    public FpgaEndpoint(FpgaSettings settings, Supplier<ChipFabric> powerOn) {
        this.settings = settings.countingUnmapped();
        this.powerOn = powerOn;
        executor = new PlaybackExecutor(this.settings, powerOn.get());
        thread = new Thread(this::execute, "firstspike-fpga");
        thread.setDaemon(true);
        thread.start();
    }

    /** What it did so far. */
    public FpgaTotals totals() {
        return totals;
    }

    @Override
    public void sessionStarted(WordSender sender) {
        FpgaSession session =
                new FpgaSession(sender, totals, settings.executesPpu() ? PpuPolicy.RUN : PpuPolicy.IGNORE);
        totals.add(FpgaTotals.Count.SESSIONS, 1);
        synchronized (this) {
            if (current != null) {
                current.close();
            }
            current = session;
            notifyAll();
        }
    }

    @Override
    public void words(long[] words, int count) {
        current.fifo().put(words, count);
    }

    @Override
    public void flushRequested() {
        current.wantFlush();
    }

    @Override
    public boolean ready() {
        FpgaSession session = current;
        return session == null || session.fifo().hasRoom();
    }

    private void execute() {
        try {
            for (FpgaSession session = next(null); session != null; session = next(session)) {
                execute(session);
            }
        } catch (InterruptedException e) {
            LOG.debug("switched off while a program ran");
        }
    }

    private void execute(FpgaSession session) throws InterruptedException {
        try {
            session.execute(executor);
        } catch (ChipException e) {
            // a typed error cannot travel: the host gets no halt, as after a word that is no instruction (D26)
            totals.add(FpgaTotals.Count.UNSUPPORTED, 1);
            LOG.warn("the chip is at power-on again, no more programs until the next reset frame: {}", e.getMessage());
            switchOnAgain(session);
        } catch (RuntimeException | OutOfMemoryError e) {
            // edge of the thread; a host may have filled the chip's memories beyond the heap
            totals.add(FpgaTotals.Count.FAULTS, 1);
            LOG.error("the chip is at power-on again, no more programs until the next reset frame", e);
            switchOnAgain(session);
        }
    }

    /** The chip stopped in the middle of a half-tick: it is of no use any more. */
    private void switchOnAgain(FpgaSession session) {
        session.close();
        executor = new PlaybackExecutor(settings, powerOn.get());
    }

    private synchronized FpgaSession next(FpgaSession last) throws InterruptedException {
        while (current == last && !closed) {
            wait();
        }
        return closed ? null : current;
    }

    /** Stops what runs and ends the thread. Idempotent; the network must be closed before. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (current != null) {
                current.close();
            }
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
