package firstspike.driver.server.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import firstspike.driver.link.WallClock;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One JSON object a line for each event: {@code time}, {@code event}, {@code user}, {@code role}, {@code peer},
 * {@code chip}, {@code session}, {@code reason}; null where there is nothing to say. Of refusals only so many a second are
 * written one by one, the others are counted: whoever has no token must not be able to fill a disk. Any thread.
 */
public final class JsonAudit implements Audit {

    private static final int REFUSALS_PER_SECOND = 50;
    private static final int LONGEST_TEXT = 512;
    private static final long SECOND = 1_000_000_000L;

    private final WallClock clock;
    private final Consumer<String> lines;
    private long secondBegan;
    private int refusals;
    private long unwritten;

    /**
     * @param clock for times
     * @param lines takes each line without its end; never throws
     */
    public JsonAudit(WallClock clock, Consumer<String> lines) {
        this.clock = clock;
        this.lines = lines;
        secondBegan = clock.nanoTime();
    }

    @Override
    public synchronized void record(AuditEvent event) {
        long now = clock.nanoTime();
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            refusals = 0;
            sumUp();
        }
        if (event.kind() == AuditEvent.Kind.REFUSED && ++refusals > REFUSALS_PER_SECOND) {
            unwritten++;
            return;
        }
        lines.accept(line(event));
    }

    /** Writes how many refusals are not in the lines so far, if any. */
    @Override
    public synchronized void sumUp() {
        if (unwritten > 0) {
            String reason = unwritten + " more calls and connections";
            unwritten = 0;
            lines.accept(line(new AuditEvent(AuditEvent.Kind.REFUSED, Caller.unproved(""), "", "", reason)));
        }
    }

    private String line(AuditEvent event) {
        Caller caller = event.caller();
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("time", Instant.ofEpochMilli(clock.epochMillis()).toString());
        line.put("event", event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        line.put("user", text(caller.user()));
        line.put("role", caller.user().isEmpty() ? null : caller.role().name().toLowerCase(Locale.ROOT));
        line.put("peer", text(caller.peer()));
        line.put("chip", text(event.chip()));
        line.put("session", text(event.session()));
        line.put("reason", text(event.reason()));
        return line.toString();
    }

    private static String text(String value) {
        if (value.isEmpty()) {
            return null;
        }
        return value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
