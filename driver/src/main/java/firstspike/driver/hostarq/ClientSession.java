package firstspike.driver.hostarq;

import java.nio.ByteBuffer;

/**
 * The host's side of one HostARQ session: handshake, windows, close (wire.md 11 to 16), without thread, clock or socket.
 *
 * <p>One thread owns it; {@link #offer}, {@link #free} and {@link #counters} may be called from any. Times are nanoseconds of a
 * monotonic clock that the caller chooses. The owner calls {@link #open} once, {@link #datagram} for each datagram, {@link #tick}
 * not before and soon after {@link #nextWakeNanos}, and {@link #pump} after frames were offered.
 */
final class ClientSession {

    /**
     * A session that is not open.
     *
     * @param settings peer and limits
     * @param port sockets
     * @param events what is told
     * @param loopbackWord the random word of the handshake, another one for each session
     */
    ClientSession(SessionSettings settings, ClientPort port, ClientEvents events, long loopbackWord) {}

    /** Asks the port for the first socket. */
    void open(long now) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The socket of an attempt is bound: sends the reset frame.
     *
     * @param attempt as given to {@link ClientPort#open}
     * @param now ns
     */
    void socketReady(int attempt, long now) {}

    /**
     * Takes one datagram. Bytes from position to limit; the buffer's position and limit are left as they were.
     *
     * @param attempt the socket that it came from; datagrams of an earlier socket are dropped
     * @param datagram big endian
     * @param now ns
     */
    void datagram(int attempt, ByteBuffer datagram, long now) {}

    /** The system said that nobody received a datagram: counted, nothing else (wire.md 15). */
    void refused() {}

    /**
     * A socket does not work: the session fails with {@code SOCKET}.
     *
     * @param text of the system
     * @param cause may be null
     */
    void socketFailed(String text, Throwable cause) {}

    /**
     * Queues a frame. Any thread. It leaves with the next {@link #pump}, {@link #datagram} or {@link #tick}.
     *
     * @param packetType 0 to 65535
     * @param words the array is copied
     * @param from first word
     * @param count 1 to 180
     * @return whether there was room: at most 512 frames wait or are unacknowledged
     * @throws firstspike.driver.message.WireException the error that ended the session, {@code CLOSED}, or {@code FRAME_LENGTH}
     */
    boolean offer(int packetType, long[] words, int from, int count) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Frames that can be queued. Any thread. */
    int free() {
        return 0;
    }

    /** Sends queued frames as far as the window allows. */
    void pump(long now) {}

    /** Does what is due: resends, delayed ACKs, time-outs. */
    void tick(long now) {}

    /** When {@link #tick} is due, ns; {@code Long.MAX_VALUE} when nothing waits. */
    long nextWakeNanos() {
        return Long.MAX_VALUE;
    }

    /**
     * Hands received frames to {@link ClientEvents#frame}. What is not fetched waits in a queue of 8,192 frames; beyond it the other
     * side has to send again.
     *
     * @param max how many frames at most
     * @return how many were handed on
     */
    int deliver(int max) {
        return 0;
    }

    /** Says good-bye and waits at most 500 ms for its acknowledgement (wire.md 16). A second call does nothing. */
    void close(long now) {}

    /** The counters now. Any thread. */
    HostArqCounters counters() {
        throw new UnsupportedOperationException("not built yet");
    }
}
