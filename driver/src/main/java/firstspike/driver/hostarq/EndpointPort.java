package firstspike.driver.hostarq;

import java.net.SocketAddress;

/** Where the datagrams of an {@link EndpointSession} leave: from the data port. Called on the owner's thread. */
interface EndpointPort {

    /**
     * Sends one datagram.
     *
     * @param to the peer
     * @param bytes valid until this method returns; not to be written to
     * @param from first byte
     * @param length 4 to 1452 bytes
     */
    void datagram(SocketAddress to, byte[] bytes, int from, int length);
}
