package firstspike.driver.hostarq;

import firstspike.driver.link.ErrorDetail;
import firstspike.driver.message.WireException;
import java.net.InetSocketAddress;

/**
 * The FPGA's side of HostARQ on two UDP ports (wire.md 17): who sends a correct reset frame is the peer from then on. One
 * network thread, which ends with {@link #close()}.
 */
public final class HostArqEndpoint implements AutoCloseable {

    private HostArqEndpoint() {}

    /**
     * Binds both ports and answers from now on.
     *
     * @param data address of the data port; port 0 lets the system choose
     * @param resetPort on the same address; 0 lets the system choose
     * @param informationText YAML that each opening session gets, at most 65535 bytes of UTF-8
     * @param handler the FPGA behind it
     * @return the open endpoint
     * @throws WireException {@code SOCKET} when a port cannot be bound
     */
    public static HostArqEndpoint bind(
            InetSocketAddress data, int resetPort, String informationText, EndpointHandler handler) {
        throw new WireException(
                WireException.Code.SOCKET, ErrorDetail.of("endpoint at " + data, "not built yet", "", "wait"));
    }

    /** UDP port of the data frames. */
    public int dataPort() {
        return 0;
    }

    /** UDP port of the reset frames. */
    public int resetPort() {
        return 0;
    }

    /** The counters now: since the last reset, but {@code badReset} and {@code foreignPeer} since the start. */
    public HostArqCounters counters() {
        throw new WireException(WireException.Code.CLOSED, ErrorDetail.of("endpoint", "not built yet", "", "wait"));
    }

    /** Closes both ports and ends the thread; senders get {@code CLOSED}. Idempotent. */
    @Override
    public void close() {}
}
