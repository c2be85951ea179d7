package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * The FPGA's side of HostARQ on two UDP ports (wire.md 17): who sends a correct reset frame is the peer from then on. One
 * network thread, which ends with {@link #close()}.
 */
public final class HostArqEndpoint implements AutoCloseable {

    private final EndpointNetwork network;
    private final int dataPort;
    private final int resetPort;

    private HostArqEndpoint(EndpointNetwork network) {
        this.network = network;
        this.dataPort = network.dataPort();
        this.resetPort = network.resetPort();
    }

    /**
     * Binds both ports and answers from now on.
     *
     * @param data address of the data port; port 0 lets the system choose
     * @param resetPort on the same address; 0 lets the system choose
     * @param informationText YAML that each opening session gets, at most 65,536 bytes of UTF-8
     * @param handler the FPGA behind it
     * @return the open endpoint
     * @throws WireException {@code SOCKET} when a port cannot be bound
     */
    public static HostArqEndpoint bind(
            InetSocketAddress data, int resetPort, String informationText, EndpointHandler handler) {
        Objects.requireNonNull(handler, "handler");
        NetworkThread thread = NetworkThread.named("hostarq-endpoint-" + data.getPort(), true);
        try {
            EndpointNetwork network = new EndpointNetwork(thread, informationText, handler);
            network.bind(data, resetPort);
            return new HostArqEndpoint(network);
        } catch (RuntimeException e) {
            thread.stop();
            throw e;
        }
    }

    /** UDP port of the data frames. */
    public int dataPort() {
        return dataPort;
    }

    /** UDP port of the reset frames. */
    public int resetPort() {
        return resetPort;
    }

    /** The counters now. */
    public HostArqCounters counters() {
        return network.session().counters();
    }

    /** Closes both ports and ends the thread; senders get {@code CLOSED}. Idempotent. */
    @Override
    public void close() {
        network.stop();
    }
}
