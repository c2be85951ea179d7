package firstspike.runtime.recording;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
    /** The folder is there, nothing ran yet. */
    CREATED,
    /** A process works on it, if its lock is held. */
    RUNNING,
    /** It was stopped and can be resumed. */
    INTERRUPTED,
    /** It ended by an error. */
    FAILED,
    /** It reached its last epoch. */
    DONE;

    /** The state as files and screens show it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
