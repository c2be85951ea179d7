package firstspike.experiments.bench;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ReinitStack;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgram;

/** A link in process, of which it is measured what its runs allocate beyond the columns of their results. One thread. */
final class MeteredLink implements ChipLink {
    /** Of a column of spikes: label, stamp and time (playback.md 14.4). */
    private static final int EVENT_BYTES = 7;

    private final ChipLink link;
    private long bytes;

    MeteredLink(ChipLink link) {
        this.link = link;
    }

    /** Bytes that all runs so far allocated on all threads, the columns of their spikes left out. */
    long bytes() {
        return bytes;
    }

    @Override
    public ChipDescription describe() {
        return link.describe();
    }

    @Override
    public boolean computes() {
        return link.computes();
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions options) {
        long before = Allocation.bytes();
        RunResult result = link.run(program, options);
        bytes += Allocation.bytes()
                - before
                - (long) EVENT_BYTES * result.spikes().size();
        return result;
    }

    @Override
    public ReinitStack reinit() {
        return link.reinit();
    }

    @Override
    public void close() {
        link.close();
    }
}
