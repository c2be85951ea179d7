package firstspike.driver.server;

import firstspike.driver.server.turn.TurnEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The last events of a session, for those who attach late. Any thread. */
final class EventLog {

    /** Older ones are forgotten. */
    static final int KEPT = 256;

    private final Deque<TurnEvent> events = new ArrayDeque<>();
    private long last;

    synchronized void add(TurnEvent event) {
        events.add(event);
        last = event.number();
        if (events.size() > KEPT) {
            events.remove();
        }
    }

    /** Number of the last one; 0: none yet. */
    synchronized long last() {
        return last;
    }

    /** Number of the oldest one that is known; one more than the last when there is none. */
    synchronized long oldest() {
        return events.isEmpty() ? last + 1 : events.peek().number();
    }

    /** Those from a number on, in order. */
    synchronized List<TurnEvent> from(long number) {
        Deque<TurnEvent> wanted = new ArrayDeque<>();
        // mostly the last one or two
        for (Iterator<TurnEvent> newest = events.descendingIterator(); newest.hasNext(); ) {
            TurnEvent event = newest.next();
            if (event.number() < number) {
                break;
            }
            wanted.addFirst(event);
        }
        return List.copyOf(wanted);
    }
}
