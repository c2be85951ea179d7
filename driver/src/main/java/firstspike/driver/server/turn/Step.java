package firstspike.driver.server.turn;

import java.util.UUID;

/**
 * What the chip does next. One at a time; its end is told to {@link ChipTurns#ended}.
 *
 * @param <P> how the owner of the machine holds a program of a reinit entry
 */
public sealed interface Step<P> {

    /** The kinds of steps. */
    enum Kind {
        /** A program of a submission. */
        PART,
        /** The chip forgets what another user left on it. */
        RESET,
        /** A program that restores the configuration of a session. */
        REINIT,
        /** A program that reads the configuration of a session before it loses the chip. */
        SNAPSHOT
    }

    /** Which one this is. */
    Kind kind();

    /** For whom the chip works. */
    String session();

    /** Whether it runs a program of that submission. */
    default boolean isPartOf(UUID submission) {
        return false;
    }

    /**
     * Runs one program of a submission.
     *
     * @param session that it belongs to
     * @param unit the submission
     * @param part index of the program
     * @param last whether it is the last one
     */
    record Part<P>(String session, UUID unit, int part, boolean last) implements Step<P> {
        @Override
        public Kind kind() {
            return Kind.PART;
        }

        @Override
        public boolean isPartOf(UUID submission) {
            return unit.equals(submission);
        }
    }

    /**
     * Brings the chip into the state that a new session finds: after another user had it, before the reinit programs.
     *
     * @param session that gets the chip
     */
    record Reset<P>(String session) implements Step<P> {
        @Override
        public Kind kind() {
            return Kind.RESET;
        }
    }

    /**
     * Runs the program of a reinit entry; reads and spikes are of no interest.
     *
     * @param session that it belongs to
     * @param index of the entry, from the bottom
     * @param program to run
     */
    record Reinit<P>(String session, int index, P program) implements Step<P> {
        @Override
        public Kind kind() {
            return Kind.REINIT;
        }
    }

    /**
     * Runs the snapshot program of a reinit entry; its reads, turned into writes, become the entry's program.
     *
     * @param session that it belongs to
     * @param index of the entry, from the bottom
     * @param program to run
     */
    record Snapshot<P>(String session, int index, P program) implements Step<P> {
        @Override
        public Kind kind() {
            return Kind.SNAPSHOT;
        }
    }
}
