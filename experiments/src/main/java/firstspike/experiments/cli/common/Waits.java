package firstspike.experiments.cli.common;

import java.time.Duration;
import java.util.Locale;

/** How long users waited for a chip, in words. */
public final class Waits {

    private Waits() {}

    /**
     * @param largest wait
     * @param bound what turns allow
     * @return both in milliseconds
     */
    public static String text(Duration largest, Duration bound) {
        return String.format(Locale.ROOT, "%.1f ms (bound: %.1f ms)", largest.toNanos() / 1e6, bound.toNanos() / 1e6);
    }
}
