package firstspike.driver.hostarq;

/** The FPGA behind a {@link HostArqEndpoint}. Called on the network thread, in order: never waits. */
public interface EndpointHandler {

    /**
     * A correct reset frame came: forget everything of the session before, whose sender refuses from now on.
     *
     * @param sender to the host of the new session
     */
    void sessionStarted(WordSender sender);

    /**
     * UT words (packet type 0x0010).
     *
     * @param words from index 0; the array is reused after return
     * @param count of words, 0 to 180
     */
    void words(long[] words, int count);

    /** The host is about to close (packet type 0x8000): send what waits. */
    void flushRequested();

    /**
     * Whether {@link #words} may be called now. While it is false frames wait, at most 8192, then the host is held back
     * (wire.md 14); {@link WordSender#resume()} asks again.
     *
     * @return true when there is room
     */
    default boolean ready() {
        return true;
    }
}
