package firstspike.driver.hostarq;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The one timer of a session: runs a task at the earliest time it was armed for. A later time leaves it alone, because the
 * task arms it anew anyway, so traffic does not move timers about. Network thread only.
 */
final class WakeTimer {

    private final EventLoop loop;
    private final Runnable task;
    private long armedFor = Long.MAX_VALUE;
    private ScheduledFuture<?> armed;

    WakeTimer(EventLoop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    /**
     * @param at when the task is due at the latest, {@code System.nanoTime()}; {@code Long.MAX_VALUE} for never
     * @param now {@code System.nanoTime()}
     */
    void arm(long at, long now) {
        if (at == Long.MAX_VALUE || armed != null && at - armedFor >= 0) {
            return;
        }
        cancel();
        armedFor = at;
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
        task.run();
    }
}
