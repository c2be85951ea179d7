package firstspike.driver.server.turn;

import static firstspike.driver.error.ProgramRejectedException.Code.REINIT_ORDER;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stack of programs that restore a session's configuration (playback.md 10.4). */
final class ReinitEntries<P> {

    /** More is no configuration but an attack on memory. */
    static final int TALLEST = 256;

    private final List<Entry<P>> entries = new ArrayList<>();

    /** One entry; an update makes a new one, so that what belongs to the old one cannot touch it. */
    static final class Entry<P> {
        private P program;
        private final Optional<P> snapshot;
        private boolean pending = true;
        private boolean visited;

        Entry(P program, Optional<P> snapshot) {
            this.program = program;
            this.snapshot = snapshot;
        }

        P program() {
            return program;
        }

        P snapshot() {
            return snapshot.orElseThrow();
        }

        /** It ran: the chip holds what it writes. */
        void ran() {
            pending = false;
        }

        void replace(P newProgram) {
            program = newProgram;
        }
    }

    int height() {
        return entries.size();
    }

    /** Pushes a new top (index = height) or changes an entry; it runs before the next submission. */
    void set(int index, P program, Optional<P> snapshot) {
        if (index < 0 || index > entries.size() || index >= TALLEST) {
            throw order("set index " + index, "0 to " + Math.min(entries.size(), TALLEST - 1));
        }
        Entry<P> entry = new Entry<>(program, snapshot);
        if (index == entries.size()) {
            entries.add(entry);
        } else {
            entries.set(index, entry);
        }
    }

    void pop(int index) {
        if (entries.isEmpty() || index != entries.size() - 1) {
            throw order("pop index " + index, entries.isEmpty() ? "empty" : "top is " + (entries.size() - 1));
        }
        entries.remove(index);
    }

    private static ProgramRejectedException order(String what, String limit) {
        return new ProgramRejectedException(
                REINIT_ORDER,
                ErrorDetail.of("reinit stack of the session", what, limit, "push and pop at the top only"),
                null);
    }

    /** The chip does not hold this configuration any more, or it is to be written again whatever it holds. */
    void allPending() {
        entries.forEach(entry -> entry.pending = true);
    }

    /** Index of the first entry to run; -1 when there is none. */
    int firstPending() {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).pending) {
                return i;
            }
        }
        return -1;
    }

    /** Begins a round of snapshots. */
    void beginSnapshots() {
        entries.forEach(entry -> entry.visited = false);
    }

    /**
     * Index of the next entry to take a snapshot of; -1 when the round is over. A pending entry has none: the chip does not
     * hold what it writes.
     */
    int nextSnapshot() {
        for (int i = 0; i < entries.size(); i++) {
            Entry<P> entry = entries.get(i);
            if (!entry.visited && !entry.pending && entry.snapshot.isPresent()) {
                entry.visited = true;
                return i;
            }
        }
        return -1;
    }

    Entry<P> entry(int index) {
        return entries.get(index);
    }
}
