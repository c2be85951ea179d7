package firstspike.experiments.cli.log;

import firstspike.experiments.cli.common.Console;
import firstspike.experiments.spikelog.SpikeRows;

/** Gathers lines into pieces for the standard output, and stops when nobody reads them. One owner thread. */
final class RowOutput implements SpikeRows.LineSink {

    private static final int PIECE = 1 << 15;

    private final Console console;
    private final StringBuilder waiting = new StringBuilder();

    RowOutput(Console console) {
        this.console = console;
    }

    @Override
    public void line(CharSequence text) {
        waiting.append(waiting.isEmpty() ? "" : "\n").append(text);
        if (waiting.length() > PIECE) {
            flush();
        }
    }

    void flush() {
        if (!waiting.isEmpty()) {
            console.result(waiting.toString());
            waiting.setLength(0);
            if (console.isGone()) {
                throw new ReaderGone();
            }
        }
    }
}
