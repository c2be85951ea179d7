package firstspike.experiments.cli.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.AppenderBase;
import firstspike.runtime.recording.JsonText;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** The log of a server as JSON, one object a line on standard error, while it is open. */
final class StructuredLog implements AutoCloseable {

    private static final String OURS = "firstspike";
    private static final int MOST_FRAMES = 32;

    private final Logger logger;
    private final Level before;
    private final AppenderBase<ILoggingEvent> appender;

    private StructuredLog(Logger logger, AppenderBase<ILoggingEvent> appender) {
        this.logger = logger;
        this.appender = appender;
        before = logger.getLevel();
    }

    /**
     * Begins.
     *
     * @param err takes the lines
     * @param quiet warnings and errors only, else what the server does too
     * @return closes to end; null-safe in try when another logging system is in place
     */
    static StructuredLog begin(PrintStream err, boolean quiet) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory.getLogger(OURS) instanceof Logger logger)) {
            return null;
        }
        StructuredLog log = new StructuredLog(logger, new Lines(err));
        log.appender.setContext(logger.getLoggerContext());
        log.appender.start();
        logger.addAppender(log.appender);
        logger.setAdditive(false);
        logger.setLevel(quiet ? Level.WARN : Level.INFO);
        return log;
    }

    @Override
    public void close() {
        logger.setLevel(before);
        logger.setAdditive(true);
        logger.detachAppender(appender);
        appender.stop();
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final PrintStream err;

        Lines(PrintStream err) {
            this.err = err;
        }

        @Override
        protected void append(ILoggingEvent event) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
            tree.put("level", event.getLevel().toString());
            tree.put("logger", event.getLoggerName());
            tree.put("thread", event.getThreadName());
            tree.put("message", event.getFormattedMessage());
            IThrowableProxy thrown = event.getThrowableProxy();
            if (thrown != null) {
                tree.put("error", thrown.getClassName() + ": " + thrown.getMessage());
                List<Object> stack = new ArrayList<>();
                for (StackTraceElementProxy frame : thrown.getStackTraceElementProxyArray()) {
                    if (stack.size() < MOST_FRAMES) {
                        stack.add(frame.getSTEAsString());
                    }
                }
                tree.put("stack", stack);
            }
            err.println(JsonText.compact(tree));
        }
    }
}
