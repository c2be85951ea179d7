package firstspike.driver.register;

import firstspike.driver.playback.PlaybackProgramBuilder;

/**
 * One instance of a container with named setters: its fields, its place, and what is written where. All views are
 * immutable records.
 */
public interface RegisterView {

    /** The fields. */
    ContainerValues values();

    /** Number of the instance, as registers.md 3.1 counts. */
    int coordinateIndex();

    /** The container. */
    default Container container() {
        return values().layout().container();
    }

    /** Words in write order. */
    default int[] words() {
        return values().layout().encode(values(), coordinateIndex());
    }

    /** Addresses in write order, as many as {@link #words()}. */
    default int[] writeAddresses() {
        return values().layout().writeAddresses(coordinateIndex());
    }

    /**
     * Writes the words that differ from what is on the chip; nothing when none does (playback.md 10.5).
     *
     * @param before the same instance as it was written last
     * @param program receives two instructions a word
     * @throws IllegalArgumentException if the other view is of another container or instance
     * @throws UnsupportedOperationException if each write of this container acts, so that none may be left out
     */
    default void writeDiff(RegisterView before, PlaybackProgramBuilder program) {
        if (before.container() != container() || before.coordinateIndex() != coordinateIndex()) {
            throw new IllegalArgumentException(
                    "difference of " + container().title() + " " + coordinateIndex() + " and "
                            + before.container().title() + " " + before.coordinateIndex()
                            + " (limit: one instance of one container); write it whole");
        }
        if (!values().layout().allowsDifferentialWrite()) {
            throw new UnsupportedOperationException(
                    container().title() + ": each write acts, so that none may be left out; write it whole");
        }
        program.writeDiff(writeAddresses(), words(), before.words());
    }

    /** Checks that values belong to a container: {@link IllegalArgumentException} otherwise. */
    static void requireContainer(Container container, ContainerValues values) {
        if (values.layout().container() != container) {
            throw new IllegalArgumentException(
                    values.layout() + " values given to a view of " + container.title() + "; start from its defaults");
        }
    }
}
