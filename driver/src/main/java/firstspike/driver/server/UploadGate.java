package firstspike.driver.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lets so many uploads of a session in at once; those beyond wait without a thread. Any thread. */
final class UploadGate {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    UploadGate(int uploads) {
        free = uploads;
    }

    /** Calls back at once, or when another upload {@linkplain #leave leaves}. */
    void enter(Runnable begin) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(begin);
                return;
            }
            free--;
        }
        begin.run();
    }

    /** An upload that had entered has ended. */
    void leave() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        next.run();
    }

    /** An upload that still waited is gone; false when it had entered. */
    synchronized boolean withdraw(Runnable begin) {
        return waiting.remove(begin);
    }
}
