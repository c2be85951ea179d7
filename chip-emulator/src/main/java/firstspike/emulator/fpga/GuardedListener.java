package firstspike.emulator.fpga;

import firstspike.driver.link.Notification;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.ResponseKind;

/**
 * Keeps an exception of a caller's listener out of the middle of a half-tick: the first one ends the run where it may end.
 * One owner thread.
 */
final class GuardedListener implements RunListener {

    private final RunListener listener;
    private RuntimeException failure;

    /** @param listener of the caller */
    GuardedListener(RunListener listener) {
        this.listener = listener;
    }

    /** A watch that also ends the run after an exception. */
    RunWatch watching(RunWatch watch) {
        return virtualTicks -> failure == null ? watch.check(virtualTicks) : Stop.CANCELLED;
    }

    /** Throws the exception, if there was one. */
    void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }

    private void call(Runnable delivery) {
        if (failure == null) {
            try {
                delivery.run();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }

    @Override
    public void spikes(SpikeColumns spikes) {
        call(() -> listener.spikes(spikes));
    }

    @Override
    public void samples(SampleColumns samples) {
        call(() -> listener.samples(samples));
    }

    @Override
    public void responses(ResponseKind kind, long firstPosition, long[] values, long[] fpgaTimes) {
        call(() -> listener.responses(kind, firstPosition, values, fpgaTimes));
    }

    @Override
    public void notification(Notification notification) {
        call(() -> listener.notification(notification));
    }

    @Override
    public void finished(RunHealth health) {
        throw new IllegalStateException("only the link knows when a run is complete");
    }
}
