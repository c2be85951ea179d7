package firstspike.driver.hostarq;

/**
 * Throws datagrams of an open session away, to measure what a bad network costs without having one. Called on the network
 * thread for each datagram at the client's socket, handshake apart.
 */
@FunctionalInterface
public interface DatagramFilter {

    /** Throws nothing away. */
    DatagramFilter NONE = leaving -> true;

    /**
     * @param leaving true for a datagram to the FPGA, false for one from it
     * @return whether it passes
     */
    boolean passes(boolean leaving);
}
