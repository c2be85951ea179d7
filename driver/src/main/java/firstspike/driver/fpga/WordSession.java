package firstspike.driver.fpga;

import firstspike.driver.hostarq.BitfileInformation;
import firstspike.driver.hostarq.FrameListener;
import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.message.WireException;
import java.util.Optional;

/** One session that carries words to an FPGA and back, as the link needs it: HostARQ, or a script in tests. Any thread. */
interface WordSession extends AutoCloseable {

    /** What the FPGA said of itself when the session opened. */
    BitfileInformation information();

    /**
     * Sends instruction words; blocks while too many wait.
     *
     * @param words from where to copy
     * @param count from index 0
     * @throws WireException when the session is dead
     */
    void send(long[] words, int count);

    /** Hands everything to the network. */
    void flush();

    /** The listener has room again. */
    void resume();

    /** The counters now. */
    FrameCounts counters();

    /** Everything that HostARQ counted; empty where something else carries the words. */
    default Optional<HostArqCounters> allCounters() {
        return Optional.empty();
    }

    /** Ends the session; never throws. */
    @Override
    void close();

    /** Opens sessions with always the same FPGA. */
    @FunctionalInterface
    interface Opener {

        /**
         * @param listener takes frames from now on
         * @return the open session
         * @throws WireException when the FPGA does not answer or does not fit
         */
        WordSession open(FrameListener listener);
    }
}
