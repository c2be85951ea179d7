package firstspike.experiments.wire;

import java.util.function.Consumer;

/** Lists bare words of one direction, as a file or a chunk holds them. */
public final class WordListing {

    private final Direction direction;
    private final WordLines lines;
    private final WireTotals totals = new WireTotals();

    /**
     * @param direction they travelled
     * @param sink gets each line
     */
    public WordListing(Direction direction, Consumer<WireRecord> sink) {
        this.direction = direction;
        lines = switch (direction) {
            case TO -> new InstructionLines(sink);
            case FROM -> new ResponseLines(sink);
        };
    }

    /** @param word the next one */
    public void word(long word) {
        lines.word(word, Place.NONE);
    }

    /** The words end. */
    public void finish() {
        lines.finish(Place.NONE);
        totals.messages(direction, lines.messages(), lines.errors());
    }

    /** What was seen; complete after {@link #finish()}. */
    public WireTotals totals() {
        return totals;
    }
}
