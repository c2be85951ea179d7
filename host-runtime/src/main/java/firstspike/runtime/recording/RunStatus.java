package firstspike.runtime.recording;

import java.nio.file.Path;

/**
 * A run folder as it stands at one moment: what {@code run.json} says, and whether a living process owns it (formats.md 3.1).
 *
 * @param path of the folder
 * @param record what run.json says
 * @param owned whether a living process holds the lock
 */
public record RunStatus(Path path, RunRecord record, boolean owned) {

    /**
     * Looks; needs no lock.
     *
     * @param path of a run folder
     * @return how it stands
     */
    public static RunStatus of(Path path) {
        // the lock first: a run that ends in between is then seen as ended, never as interrupted
        boolean owned = RunFolder.isOwned(path);
        return new RunStatus(path, RunFolder.record(path), owned);
    }

    /** Where it stands: a run that was begun and that nobody owns was interrupted, whatever its last words were. */
    public RunState state() {
        RunState said = record.state();
        return !owned && (said == RunState.RUNNING || said == RunState.CREATED) ? RunState.INTERRUPTED : said;
    }

    /** Whether something may still be written into it. */
    public boolean isLive() {
        return owned && (record.state() == RunState.RUNNING || record.state() == RunState.CREATED);
    }
}
