package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;

/** Takes what an open session receives. Called on the network thread, in order, each frame exactly once: never waits. */
public interface FrameListener {

    /**
     * One frame.
     *
     * @param packetType 0x0010 for words of the FPGA; others are the listener's to refuse
     * @param words from index 0; the array is reused after return
     * @param count of words, 0 to 180
     */
    void frame(int packetType, long[] words, int count);

    /**
     * The session is dead; called once, unless somebody closed it before.
     *
     * @param cause which every other call gets too
     */
    void failed(WireException cause);

    /**
     * Whether {@link #frame} may be called now. While it is false frames wait, at most 8192, then the other side is held back
     * (wire.md 14); {@link HostArqClient#resume()} asks again.
     *
     * @return true when the listener has room
     */
    default boolean ready() {
        return true;
    }
}
