package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;

/** What an {@link EndpointSession} tells its owner, on the owner's thread. */
interface EndpointEvents {

    /**
     * A correct reset frame came; everything before it is forgotten, its answer is queued.
     *
     * @param session number of the new session, from 1; {@link EndpointSession#words} wants it
     */
    void sessionStarted(int session);

    /**
     * UT words of the host, in order.
     *
     * @param words valid from 0 until this method returns; the array is reused
     * @param count 0 to 180
     */
    void words(long[] words, int count);

    /** The host sent a flush frame (0x8000). */
    void flushRequested();

    /**
     * The peer was silent for too long; nothing happens until the next reset frame.
     *
     * @param cause {@code MAX_RESENDS}
     */
    void stopped(WireException cause);
}
