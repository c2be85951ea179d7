package firstspike.experiments.cli.wire;

import firstspike.experiments.cli.common.Console;
import firstspike.experiments.wire.Direction;
import firstspike.experiments.wire.WireRecord;
import firstspike.runtime.recording.JsonText;
import java.util.Optional;
import java.util.function.Consumer;

/** Prints the lines of a listing in pieces: line by line a long one would take minutes. */
final class Listing implements Consumer<WireRecord> {

    private static final int PIECE = 1 << 15;

    private final Console console;
    private final Optional<Direction> only;
    private final StringBuilder waiting = new StringBuilder();

    Listing(Console console, Optional<Direction> only) {
        this.console = console;
        this.only = only;
    }

    @Override
    public void accept(WireRecord line) {
        if (only.isPresent() && line.of().isPresent() && !only.equals(line.of())) {
            return;
        }
        waiting.append(waiting.isEmpty() ? "" : "\n")
                .append(console.json() ? JsonText.compact(line.json()) : line.text());
        if (waiting.length() > PIECE) {
            flush();
        }
    }

    void flush() {
        if (!waiting.isEmpty()) {
            console.result(waiting.toString());
            waiting.setLength(0);
        }
    }
}
