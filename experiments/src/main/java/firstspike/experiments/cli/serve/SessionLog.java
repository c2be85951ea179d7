package firstspike.experiments.cli.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Lines about each session of a server on standard error, while it is open, for those who ask for more. */
final class SessionLog implements AutoCloseable {

    private static final String SERVICE = "firstspike.driver.server";

    private final Runnable end;

    private SessionLog(Runnable end) {
        this.end = end;
    }

    /**
     * Begins.
     *
     * @param wanted whether anything is shown
     * @return closes to end
     */
    static SessionLog begin(boolean wanted) {
        if (!wanted || !(LoggerFactory.getLogger(SERVICE) instanceof Logger logger)) {
            return new SessionLog(() -> {});
        }
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        return new SessionLog(() -> logger.setLevel(before));
    }

    @Override
    public void close() {
        end.run();
    }
}
