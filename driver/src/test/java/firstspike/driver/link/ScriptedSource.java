package firstspike.driver.link;

import firstspike.driver.error.ChipBusyException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Hands out scripted chips, so that a server or whatever takes a {@link ChipSource} can be tested. Any thread. */
public final class ScriptedSource implements ChipSource {

    private final List<ChipDescription> chips;
    private final Supplier<ScriptedLink> links;
    private final List<ScriptedLink> opened = new ArrayList<>();
    private final List<LinkOptions> options = new ArrayList<>();

    private ScriptedSource(List<ChipDescription> chips, Supplier<ScriptedLink> links) {
        this.chips = chips;
        this.links = links;
    }

    /**
     * A source of given links, one an opening, in order; then it is busy.
     *
     * @param links of one chip
     * @return the source
     */
    public static ScriptedSource of(ScriptedLink... links) {
        Deque<ScriptedLink> left = new ArrayDeque<>(List.of(links));
        return new ScriptedSource(List.of(links[0].describe()), left::poll);
    }

    /**
     * A source that makes a new link for each opening.
     *
     * @param links makes one
     * @return the source
     */
    public static ScriptedSource each(Supplier<ScriptedLink> links) {
        return new ScriptedSource(List.of(links.get().describe()), links);
    }

    /** Links that were handed out, in order. */
    public synchronized List<ScriptedLink> opened() {
        return List.copyOf(opened);
    }

    /** With what options they were asked for. */
    public synchronized List<LinkOptions> options() {
        return List.copyOf(options);
    }

    @Override
    public List<ChipDescription> chips() {
        return chips;
    }

    @Override
    public synchronized ChipLink open(ChipId chip, LinkOptions linkOptions) {
        ScriptedLink link = links.get();
        if (link == null) {
            throw new ChipBusyException(
                    "chip " + chip, "all scripted links are out", opened.size(), "script more links");
        }
        opened.add(link);
        options.add(linkOptions);
        return link;
    }

    @Override
    public synchronized void close() {
        opened.forEach(ScriptedLink::close);
    }
}
