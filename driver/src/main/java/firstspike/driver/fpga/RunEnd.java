package firstspike.driver.fpga;

import firstspike.driver.message.WireException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Where a run meets its end: whoever waits for it is woken by the halt, a failure or a limit, and in between by parts of a
 * streamed result. Only the first end counts. Any thread.
 */
final class RunEnd {

    /** Parts that wait for the listener; beyond, the FPGA is held back. */
    private static final int MOST_PARTS = 8;

    private final Queue<Runnable> parts = new ArrayDeque<>();
    private Kind kind;
    private RuntimeException cause;

    /** How a run can end. */
    enum Kind {
        /** The halt arrived and the stream is aligned. */
        HALTED,
        /** Link or stream broke. */
        FAILED,
        /** The execution limit passed. */
        LIMIT,
        /** The caller's deadline passed. */
        DEADLINE,
        /** The caller did not want to wait any longer. */
        ABANDONED
    }

    void halted() {
        end(Kind.HALTED, null);
    }

    /** @param why a {@link WireException}, or the error of the link itself */
    void failed(RuntimeException why) {
        end(Kind.FAILED, why);
    }

    /** Ends it without an error of the link. */
    void end(Kind how) {
        end(how, null);
    }

    private synchronized void end(Kind how, RuntimeException why) {
        if (kind == null) {
            kind = how;
            cause = why;
            notifyAll();
        }
    }

    /** Gives a part of a streamed result to the thread that waits. */
    synchronized void part(Runnable delivery) {
        parts.add(delivery);
        notifyAll();
    }

    /** Whether more parts may come. */
    synchronized boolean hasRoom() {
        return parts.size() < MOST_PARTS;
    }

    /**
     * Waits for the next part or the end.
     *
     * @param millis how long at most
     * @return whether there is one of them
     * @throws InterruptedException when the thread is interrupted
     */
    synchronized boolean await(long millis) throws InterruptedException {
        if (parts.isEmpty() && kind == null) {
            wait(millis);
        }
        return !parts.isEmpty() || kind != null;
    }

    /** What delivers the next part, null when there is none. */
    synchronized Runnable poll() {
        return parts.poll();
    }

    /** Delivers what is left of a run that has ended. */
    void deliverRest() {
        for (Runnable part = poll(); part != null; part = poll()) {
            part.run();
        }
    }

    /** Whether it has ended. */
    synchronized boolean ended() {
        return kind != null;
    }

    /** How it ended; null before. */
    synchronized Kind kind() {
        return kind;
    }

    /** Why it failed; null otherwise. */
    synchronized RuntimeException cause() {
        return cause;
    }
}
