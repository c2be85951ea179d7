package firstspike.runtime.recording.tap;

import firstspike.driver.link.Notification;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.ResponseKind;
import java.util.ArrayList;
import java.util.List;

/** Writes the parts of a streamed run into a log and hands them on. What comes before time zero is known waits for it. */
final class LoggedRun implements RunListener {

    private final ProgramLog log;
    private final RunListener next;
    private final List<Runnable> early = new ArrayList<>();
    private boolean known;

    LoggedRun(ProgramLog log, RunListener next) {
        this.log = log;
        this.next = next;
    }

    @Override
    public void spikes(SpikeColumns spikes) {
        write(() -> log.spikes(spikes));
        next.spikes(spikes);
    }

    @Override
    public void samples(SampleColumns samples) {
        write(() -> log.samples(samples));
        next.samples(samples);
    }

    @Override
    public void responses(ResponseKind kind, long firstPosition, long[] values, long[] fpgaTimes) {
        if (kind == ResponseKind.LOOPBACK && !known) {
            begin(fpgaTimes[0]);
        }
        next.responses(kind, firstPosition, values, fpgaTimes);
    }

    @Override
    public void notification(Notification notification) {
        next.notification(notification);
    }

    @Override
    public void ran(Provenance provenance) {
        next.ran(provenance);
    }

    @Override
    public void finished(RunHealth health) {
        if (!known) {
            begin(0);
        }
        log.end(health);
        next.finished(health);
    }

    private void write(Runnable part) {
        if (known) {
            part.run();
        } else {
            early.add(part);
        }
    }

    private void begin(long zero) {
        known = true;
        log.zero(zero);
        early.forEach(Runnable::run);
        early.clear();
    }
}
