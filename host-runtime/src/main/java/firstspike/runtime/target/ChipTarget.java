package firstspike.runtime.target;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.TargetUnavailableException;
import firstspike.driver.link.UnknownTargetException;
import java.util.List;

/** One or several chips of one source. Links are opened on demand; closing the target closes the source, not its links. */
public final class ChipTarget implements Target {

    private final String uri;
    private final ChipSource source;
    private final LinkOptions options;
    private List<ChipDescription> chips;

    /**
     * @param uri as given
     * @param source of the links; closed with this target
     * @param options of every link, up to the ordinal
     */
    public ChipTarget(String uri, ChipSource source, LinkOptions options) {
        this.uri = uri;
        this.source = source;
        this.options = options;
    }

    @Override
    public Kind kind() {
        return Kind.CHIP;
    }

    @Override
    public String uri() {
        return uri;
    }

    /**
     * The chips that the URI means, in their order; asked once.
     *
     * @return at least one
     * @throws TargetUnavailableException when the source cannot be reached
     * @throws UnknownTargetException when the source has no chip
     */
    public synchronized List<ChipDescription> chips() {
        if (chips == null) {
            List<ChipDescription> found = List.copyOf(source.chips());
            if (found.isEmpty()) {
                throw new UnknownTargetException("target: '" + uri + "' has no chip (limit: 1 or more); name another");
            }
            chips = found;
        }
        return chips;
    }

    /**
     * Opens a link.
     *
     * @param chip index into {@link #chips()}
     * @param firstProgramOrdinal ordinal of the first program that is not set-up
     * @return the link; the caller closes it
     */
    public ChipLink open(int chip, long firstProgramOrdinal) {
        return source.open(chips().get(chip).chipId(), options.withFirstProgramOrdinal(firstProgramOrdinal));
    }

    @Override
    public void close() {
        source.close();
    }
}
