package firstspike.driver.link;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock of this machine; one daemon thread makes all arranged calls. */
enum SystemWallClock implements WallClock {
    INSTANCE;

    private final ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "firstspike-alarms");
        thread.setDaemon(true);
        return thread;
    });

    SystemWallClock() {
        // a cancelled deadline must not stay in the queue until its time comes
        alarms.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
        Future<?> call = alarms.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> call.cancel(false);
    }
}
