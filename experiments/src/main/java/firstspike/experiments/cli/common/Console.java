package firstspike.experiments.cli.common;

import firstspike.driver.credential.SecretText;
import firstspike.experiments.run.Screen;
import firstspike.runtime.recording.JsonText;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command speaks: results to standard output, as text or as JSON, messages to standard error. A reader that goes
 * away, as {@code head} does, is no error. Several threads may speak; each line stays whole.
 */
public final class Console implements Screen {

    private static final int WAIT_MS = 10_000;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final boolean quiet;
    private final boolean verbose;
    private final boolean terminal;
    private final boolean colour;
    private long lastProgressMs = Long.MIN_VALUE / 2;
    private int transientLength;

    public Console(Environment environment, CommonOptions options) {
        this.out = environment.out();
        this.err = environment.err();
        this.json = options.json;
        this.quiet = options.quiet;
        this.verbose = options.verbose;
        this.terminal = environment.terminal();
        this.colour = options.color.on(environment);
    }

    public boolean json() {
        return json;
    }

    public boolean verbose() {
        return verbose;
    }

    /** A line of the result, not shown in JSON mode. */
    public synchronized void line(String text) {
        if (!json) {
            clear();
            out.println(SecretText.hide(text));
        }
    }

    /** A piece of a result that is lines in both modes, made for the mode that holds. */
    public synchronized void result(String lines) {
        clear();
        out.println(lines);
    }

    /** Whether whoever read the results has gone. */
    public synchronized boolean isGone() {
        return out.checkError();
    }

    /** The result as one object, only shown in JSON mode. */
    public synchronized void object(Map<String, Object> tree) {
        if (json) {
            clear();
            out.println(SecretText.hide(JsonText.compact(tree)));
            out.flush();
        }
    }

    @Override
    public synchronized void message(String text) {
        clear();
        err.println(SecretText.hide(text));
    }

    @Override
    public synchronized void warn(String text) {
        clear();
        err.println((colour ? "\u001B[33mwarning:\u001B[0m " : "warning: ") + SecretText.hide(text));
    }

    /** A remark for those who ask for more. */
    public void detail(String text) {
        if (verbose) {
            message(text);
        }
    }

    @Override
    public synchronized void progress(String text) {
        long now = System.nanoTime() / 1_000_000;
        // a log file wants a line now and then, a terminal every one
        if (quiet || !terminal && now - lastProgressMs < WAIT_MS) {
            return;
        }
        lastProgressMs = now;
        message(text);
    }

    @Override
    public synchronized void fleeting(String text) {
        if (!quiet && terminal) {
            err.print("\r" + SecretText.hide(text) + " ".repeat(Math.max(0, transientLength - text.length())));
            err.flush();
            transientLength = text.length();
        }
    }

    private void clear() {
        if (transientLength > 0) {
            err.print("\r" + " ".repeat(transientLength) + "\r");
            transientLength = 0;
        }
    }
}
