package firstspike.runtime.target;

import firstspike.driver.error.SessionUnknownException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkListener;
import firstspike.driver.link.LinkOptions;
import firstspike.runtime.session.LinkOpener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One or several chips, of one source or of several that are a farm together. Links are opened on demand; closing the
 * target closes its sources, not its links.
 */
public final class ChipTarget implements Target {

    private final String uri;
    private final List<ChipSource> sources;
    private final LinkOptions options;
    private final LinkTap tap;
    private List<Place> places;

    /**
     * @param uri as given
     * @param source of the links; closed with this target
     * @param options of every link, up to the ordinal
     */
    public ChipTarget(String uri, ChipSource source, LinkOptions options) {
        this(uri, List.of(source), options);
    }

    /**
     * @param uri of all of them, as given
     * @param sources of the links, in their order; closed with this target
     * @param options of every link, up to the ordinal
     */
    public ChipTarget(String uri, List<ChipSource> sources, LinkOptions options) {
        this(uri, sources, options, LinkTap.NONE);
    }

    private ChipTarget(String uri, List<ChipSource> sources, LinkOptions options, LinkTap tap) {
        this.uri = uri;
        this.sources = List.copyOf(sources);
        this.options = options;
        this.tap = tap;
    }

    /**
     * The same chips, every link of which passes through a tap. Closing one of both closes both.
     *
     * @param through sees each link that is opened
     * @return the target with the tap
     */
    public ChipTarget tapped(LinkTap through) {
        return new ChipTarget(uri, sources, options, through);
    }

    @Override
    public Kind kind() {
        return Kind.CHIP;
    }

    @Override
    public String uri() {
        return uri;
    }

    /** Hears when a link of this target breaks and when it is back. */
    public LinkListener listener() {
        return options.listener();
    }

    /**
     * The chips that the URI means, in their order; asked once.
     *
     * @return at least one
     * @throws TargetUnavailableException when a source cannot be reached
     * @throws UnknownTargetException when there is no chip, or chips that one network cannot be run on alike
     */
    public List<ChipDescription> chips() {
        return places().stream().map(Place::chip).toList();
    }

    private synchronized List<Place> places() {
        if (places == null) {
            List<Place> found = new ArrayList<>();
            for (ChipSource source : sources) {
                List<ChipDescription> chips = source.chips();
                for (int i = 0; i < chips.size(); i++) {
                    found.add(new Place(source, i, chips.get(i)));
                }
            }
            if (found.isEmpty()) {
                throw new UnknownTargetException("target: '" + uri + "' has no chip (limit: 1 or more); name another");
            }
            alike(found, "fidelity", ChipDescription::fidelity);
            alike(found, "input latency", ChipDescription::inputLatencyTicks);
            alike(found, "output latency", ChipDescription::outputLatencyTicks);
            places = List.copyOf(found);
        }
        return places;
    }

    /** A batch is mapped and corrected once for all chips that share it. */
    private void alike(List<Place> found, String what, Function<ChipDescription, Object> of) {
        Object first = of.apply(found.get(0).chip());
        for (Place place : found) {
            Object other = of.apply(place.chip());
            if (!first.equals(other)) {
                throw new UnknownTargetException(what + " of chips of target '" + uri + "': " + other + " of "
                        + place.chip().chipId() + " (limit: " + first + ", as the first one); name chips of one kind");
            }
        }
    }

    /**
     * Opens a link.
     *
     * @param chip index into {@link #chips()}
     * @param firstProgramOrdinal ordinal of the first program that is not set-up
     * @return the link; the caller closes it
     */
    public ChipLink open(int chip, long firstProgramOrdinal) {
        return open(chip, options.withFirstProgramOrdinal(firstProgramOrdinal));
    }

    /**
     * Opens a link anew whose server has forgotten it, as {@link SessionUnknownException} says: a server that was there a
     * moment ago is waited for as long as a broken link.
     *
     * @param chip index into {@link #chips()}
     * @param firstProgramOrdinal ordinal of the program that is to be repeated
     * @return the link; the caller closes it
     */
    public ChipLink reopen(int chip, long firstProgramOrdinal) {
        return open(
                chip,
                options.withFirstProgramOrdinal(firstProgramOrdinal)
                        .withPatience(options.linkPatience(), options.linkPatience()));
    }

    /**
     * @param chip index into {@link #chips()}
     * @return what opens its link, as often as it takes
     */
    public LinkOpener opener(int chip) {
        return new Opener(this, chip);
    }

    private ChipLink open(int chip, LinkOptions ofLink) {
        Place place = places().get(chip);
        ChipLink link = place.source().openAt(place.index(), ofLink);
        return tap.tap(chip, ofLink.firstProgramOrdinal(), link);
    }

    @Override
    public void close() {
        sources.forEach(ChipSource::close);
    }

    private record Place(ChipSource source, int index, ChipDescription chip) {}

    private record Opener(ChipTarget target, int index) implements LinkOpener {

        @Override
        public ChipLink open(long firstProgramOrdinal) {
            return target.open(index, firstProgramOrdinal);
        }

        @Override
        public ChipLink reopen(long firstProgramOrdinal) {
            return target.reopen(index, firstProgramOrdinal);
        }

        @Override
        public LinkListener listener() {
            return target.listener();
        }
    }
}
