package firstspike.driver.server;

import static firstspike.driver.error.TargetUnavailableException.Code.QUOTA_EXCEEDED;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.playback.PlaybackProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the reinit programs of a session take in the heap. They live there because they run between programs, where a disk
 * would make all others wait; a configuration of a whole chip has 2 MiB. Guarded by the lock of the chip.
 */
final class ReinitQuota {

    /** Of all programs of a stack. */
    static final long MOST_BYTES = 64L << 20;

    private final List<Long> entries = new ArrayList<>();

    private static long bytes(PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
        return Long.BYTES
                * (program.instructionCount()
                        + snapshot.map(PlaybackProgram::instructionCount).orElse(0L));
    }

    /**
     * Refuses an entry that would take too much.
     *
     * @throws TargetUnavailableException with both numbers
     */
    void check(int index, PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
        long all = bytes(program, snapshot);
        for (int i = 0; i < entries.size(); i++) {
            all += i == index ? 0 : entries.get(i);
        }
        if (all > MOST_BYTES) {
            throw new TargetUnavailableException(
                    QUOTA_EXCEEDED,
                    ErrorDetail.of("reinit programs of the session, bytes", all, MOST_BYTES, "make them shorter")
                            .with(ErrorDetail.REASON, "STORAGE"),
                    null);
        }
    }

    void set(int index, PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
        if (index == entries.size()) {
            entries.add(0L);
        }
        entries.set(index, bytes(program, snapshot));
    }

    void pop() {
        entries.remove(entries.size() - 1);
    }
}
