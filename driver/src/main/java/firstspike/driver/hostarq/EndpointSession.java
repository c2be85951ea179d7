package firstspike.driver.hostarq;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * The FPGA's side of HostARQ (wire.md 17), without thread, clock or socket: one session after the other, each begun by a reset
 * frame. Congestion control is off.
 *
 * <p>One thread owns it; {@link #words}, {@link #flush}, {@link #free} and {@link #counters} may be called from any.
 */
final class EndpointSession {

    /**
     * An endpoint that waits for a reset frame.
     *
     * @param informationText what the configuration answer says, at most 65,536 bytes of UTF-8
     * @param port where datagrams leave
     * @param events what is told
     */
    EndpointSession(String informationText, EndpointPort port, EndpointEvents events) {}

    /** Takes a datagram of the reset port. */
    void reset(SocketAddress from, ByteBuffer datagram, long now) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Takes a datagram of the data port. Bytes from position to limit, which are left as they were. */
    void datagram(SocketAddress from, ByteBuffer datagram, long now) {}

    /** Sends queued frames as far as the window allows. */
    void pump(long now) {}

    /** Does what is due: resends, delayed ACKs, a partial frame after 100 µs. */
    void tick(long now) {}

    /** When {@link #tick} is due, ns; {@code Long.MAX_VALUE} when nothing waits. */
    long nextWakeNanos() {
        return Long.MAX_VALUE;
    }

    /** Hands received words on and answers loopback frames, while there is room for the answers. */
    int deliver(int max) {
        return 0;
    }

    /**
     * Queues words for the host; full frames leave with the next {@link #pump}. Any thread.
     *
     * @param session the number of {@link EndpointEvents#sessionStarted}
     * @param words the array is copied
     * @param from first word
     * @param count how many
     * @param now ns
     * @return how many were taken; fewer than count when 512 frames wait
     * @throws firstspike.driver.message.WireException {@code SESSION_LOST} when that session is over
     */
    int words(int session, long[] words, int from, int count, long now) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Queues the partial frame, if there is one. Any thread.
     *
     * @return whether it could be queued
     */
    boolean flush(int session) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Frames that can be queued. Any thread. */
    int free() {
        return 0;
    }

    /** The counters now. Any thread. */
    HostArqCounters counters() {
        throw new UnsupportedOperationException("not built yet");
    }
}
