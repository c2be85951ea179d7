package firstspike.driver.hostarq;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * When a session's due work is done: on time, but after the datagrams that wait already. On a machine under load the
 * acknowledgement of a frame whose resend is due is often in the socket; resending first would answer late threads with more
 * work for both sides, until nothing but resends is left. Network thread only.
 */
final class DueWork {

    /** Longest that waiting datagrams hold due work up, ns: somebody who sends without end must not silence a session. */
    private static final long PATIENCE_NANOS = 20_000_000;

    /** Time after which it is looked whether datagrams still wait, ns. */
    private static final long LOOK_AGAIN_NANOS = 100_000;

    private final EventLoop loop;
    private final Runnable step;
    private long armedFor;
    private ScheduledFuture<?> armed;
    private long readsWhenArmed;
    private long reads;
    private int datagrams;
    private boolean inputWaits;

    /**
     * @param loop of the session
     * @param step a step of the session, which asks {@link #isDue} and arms anew
     */
    DueWork(EventLoop loop, Runnable step) {
        this.loop = loop;
        this.step = step;
    }

    /** A datagram was read. */
    void received() {
        datagrams++;
    }

    /** The system gave what it had, or as many datagrams as are read in one turn. */
    void readComplete() {
        inputWaits = datagrams >= NetworkThread.DATAGRAMS_A_TURN;
        datagrams = 0;
        reads++;
    }

    /**
     * Whether to do the session's due work now.
     *
     * @param wake when it is due, ns; {@code Long.MAX_VALUE} for never
     * @param now ns
     */
    boolean isDue(long wake, long now) {
        return now >= wake && (!inputWaits || now - wake > PATIENCE_NANOS);
    }

    /**
     * Runs a step when work is due, at the latest. A later time than before leaves the timer alone, since the step arms anew
     * anyway: traffic does not move timers about.
     *
     * @param wake when, ns; {@code Long.MAX_VALUE} for never
     * @param now ns
     */
    void arm(long wake, long now) {
        long at = inputWaits && wake != Long.MAX_VALUE ? Math.max(wake, now + LOOK_AGAIN_NANOS) : wake;
        if (at == Long.MAX_VALUE || armed != null && at >= armedFor) {
            return;
        }
        cancel();
        armedFor = at;
        readsWhenArmed = reads;
        armed = loop.schedule(this::fire, Math.max(0, at - now), TimeUnit.NANOSECONDS);
    }

    void cancel() {
        if (armed != null) {
            armed.cancel(false);
            armed = null;
        }
    }

    private void fire() {
        armed = null;
        if (reads == readsWhenArmed) {
            // the loop looks at sockets before timers: nothing waits after all
            inputWaits = false;
        }
        step.run();
    }
}
