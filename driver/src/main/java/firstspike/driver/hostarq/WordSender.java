package firstspike.driver.hostarq;

/** Words from the FPGA to the host of one session; any one thread at a time, not the network thread for what may block. */
public interface WordSender {

    /**
     * Appends words to the frame that is being filled; full frames of 180 words leave at once, a partial one on {@link
     * #flush()} or 100 us after its last word. Blocks while 512 frames wait.
     *
     * @param words from index 0; copied
     * @param count of words
     * @throws firstspike.driver.message.WireException {@code CLOSED} when the session was reset or ended
     */
    void words(long[] words, int count);

    /** Sends the partial frame now. Never blocks for want of a full queue longer than {@link #words} does. */
    void flush();

    /** The handler has room again after {@link EndpointHandler#ready()} was false. Any thread, never blocks. */
    void resume();
}
