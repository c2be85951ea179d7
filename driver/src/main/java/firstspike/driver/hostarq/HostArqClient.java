package firstspike.driver.hostarq;

import firstspike.driver.link.ErrorDetail;
import firstspike.driver.message.WireException;

/**
 * One session with an FPGA over UDP, host side (wire.md 12 to 16). Any thread may call; frames arrive at the {@link
 * FrameListener} on the session's own network thread, which ends with the session.
 */
public final class HostArqClient implements AutoCloseable {

    private final BitfileInformation information;

    private HostArqClient(BitfileInformation information) {
        this.information = information;
    }

    /**
     * Resets the FPGA's side, checks its settings and its bitfile, and opens. Takes at most about 7 s.
     *
     * @param address of the FPGA; one session at a time in this process
     * @param options of the session
     * @param listener takes frames from now on, until closed
     * @return the open session
     * @throws WireException {@code ENDPOINT_BUSY}, {@code RESET_TIMEOUT}, {@code SETTINGS_MISMATCH}, {@code CFG_MALFORMED},
     *     {@code BITFILE_…}, {@code LOOPBACK_…}, {@code SOCKET}
     */
    public static HostArqClient open(HostArqAddress address, HostArqOptions options, FrameListener listener) {
        throw notBuilt(address);
    }

    /** What the FPGA said of itself when the session opened. */
    public BitfileInformation information() {
        return information;
    }

    /**
     * Sends words in frames of 180, the last one shorter. Returns when all are queued; blocks while 512 frames wait.
     *
     * @param packetType 0x0010 for words of the FPGA
     * @param words from where to copy
     * @param from index of the first
     * @param count of words
     * @throws WireException {@code TX_STALLED} after 10 s without room, {@code CLOSED}, or what the session died of
     */
    public void send(int packetType, long[] words, int from, int count) {
        throw notBuilt(null);
    }

    /** Hands everything that waits to the network thread now; {@link #send} alone may collect some frames first. */
    public void flush() {
        throw notBuilt(null);
    }

    /** The listener has room again after {@link FrameListener#ready()} was false. Never blocks. */
    public void resume() {
        throw notBuilt(null);
    }

    /** The counters now. */
    public HostArqCounters counters() {
        throw notBuilt(null);
    }

    /**
     * Tells the FPGA, waits at most 500 ms until everything is acknowledged, closes the socket and ends the thread. What was
     * not acknowledged is logged ({@code CLOSE_INCOMPLETE}). Idempotent; waiting calls end with {@code CLOSED}.
     */
    @Override
    public void close() {}

    private static WireException notBuilt(Object subject) {
        return new WireException(
                WireException.Code.SOCKET, ErrorDetail.of("session with " + subject, "not built yet", "", "wait"));
    }
}
