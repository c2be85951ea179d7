package firstspike.driver.hostarq;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Watches the datagrams of a session as they leave and arrive, for captures. Called on the thread that sends or receives
 * them, so an implementation returns at once, never throws and keeps nothing of the buffer.
 */
@FunctionalInterface
public interface DatagramTap {

    /** Watches nothing. */
    DatagramTap NONE = (from, to, payload) -> {};

    /**
     * One datagram, in the order in which the socket had them; reset frames too.
     *
     * @param from sender
     * @param to receiver
     * @param payload UDP payload from position to limit; valid during the call only, read only
     */
    void datagram(InetSocketAddress from, InetSocketAddress to, ByteBuffer payload);
}
