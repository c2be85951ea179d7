package firstspike.driver.hostarq;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a network thread look at what others queued for it. Any thread. */
final class WakeUp {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUp.class);

    private final NetworkThread thread;
    private final Runnable step;
    private final Runnable woken = this::woken;
    private final AtomicBoolean pending = new AtomicBoolean();

    /**
     * @param thread to wake
     * @param step what it does then
     */
    WakeUp(NetworkThread thread, Runnable step) {
        this.thread = thread;
        this.step = step;
    }

    /** One step comes after this, however often it was asked for meanwhile; none once the thread has ended. */
    void ask() {
        // one task at a time in the loop's queue, however many frames are queued meanwhile
        if (pending.compareAndSet(false, true)) {
            try {
                thread.loop().execute(woken);
            } catch (RejectedExecutionException e) {
                // the thread ended with its session or endpoint; whoever waits is told there
                LOG.debug("nobody to wake: {}", e.getMessage());
            }
        }
    }

    private void woken() {
        pending.set(false);
        step.run();
    }
}
