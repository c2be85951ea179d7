package firstspike.driver.link;

import firstspike.driver.error.TargetUnavailableException;
import java.util.List;
import java.util.function.BiConsumer;

/** Where links come from. One source may serve many links at a time; its methods may be called from any thread. */
public interface ChipSource extends AutoCloseable {

    /** The chips behind this source, in a fixed order. */
    List<ChipDescription> chips();

    /**
     * Opens a link to one chip.
     *
     * @param chip one of {@link #chips()}
     * @param options of the link
     * @return the link; the caller closes it
     * @throws TargetUnavailableException when the chip cannot be had
     */
    ChipLink open(ChipId chip, LinkOptions options);

    /**
     * Opens a link to one chip by its place: the only way to a chip whose id another server of the same source has as well.
     *
     * @param index into {@link #chips()}
     * @param options of the link
     * @return the link; the caller closes it
     * @throws TargetUnavailableException when the chip cannot be had
     */
    default ChipLink openAt(int index, LinkOptions options) {
        return open(chips().get(index).chipId(), options);
    }

    /**
     * Whether all links to a chip reach the same chip, which one link at a time may use: a server then opens one and lets
     * its sessions take turns on it. Otherwise each link has a chip of its own, or that of its shared name.
     */
    default boolean oneLinkAChip() {
        return false;
    }

    /**
     * Asks to be told when a chip is lost and when it is there again; sources whose chips are always there never tell.
     *
     * @param listener gets the chip and whether it can be reached; on any thread, returns at once
     */
    default void onAvailability(BiConsumer<ChipId, Boolean> listener) {}

    @Override
    void close();
}
