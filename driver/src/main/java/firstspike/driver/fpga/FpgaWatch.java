package firstspike.driver.fpga;

import firstspike.driver.error.ChipException;
import firstspike.driver.link.WallClock;
import java.time.Duration;

/**
 * Looks after an FPGA that nobody uses, so that a server can say whether it is there: sends a word that means nothing but must
 * be acknowledged, and opens a lost session again. Ends with the board. One daemon thread.
 */
final class FpgaWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final FpgaBoard board;
    private final WallClock clock;
    private Thread thread;

    FpgaWatch(FpgaBoard board, WallClock clock) {
        this.board = board;
        this.clock = clock;
    }

    /** Begins, once. */
    synchronized void start() {
        if (thread == null) {
            thread = new Thread(this::watch, "firstspike-fpga-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Ends it; never waits. */
    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                clock.pause(INTERVAL);
                look();
            }
        } catch (InterruptedException e) {
            // the board was closed
        }
    }

    /** One look. */
    void look() {
        if (!board.use().tryLock()) {
            return;
        }
        try {
            board.look();
        } catch (ChipException e) {
            // the board has told it to whom it concerns, and the next look tries again
        } finally {
            board.use().unlock();
        }
    }
}
