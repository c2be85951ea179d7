package firstspike.driver.link;

import java.util.List;

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

    @Override
    void close();
}
