package firstspike.driver.hostarq;

/** What a {@link ClientSession} needs of the network: sockets, one after the other, and their datagrams to the data port. */
interface ClientPort extends DatagramSink {

    /**
     * Closes the socket there may be and opens another with a new local port, connected to the FPGA (wire.md 12, D15). When it
     * is bound, {@link ClientSession#socketReady} is due; it may be called from within this method.
     *
     * @param attempt 1, 2 or 3; datagrams of this socket are handed on with this number
     */
    void open(int attempt);

    /**
     * Sends a datagram to the reset port from the present socket.
     *
     * @param bytes valid until this method returns
     * @param length bytes from 0
     */
    void reset(byte[] bytes, int length);
}
