package firstspike.driver.hostarq;

/** Where the datagrams of a window leave. Called on the owner's thread. */
interface DatagramSink {

    /**
     * Sends one datagram.
     *
     * @param bytes valid until this method returns; not to be written to
     * @param from first byte
     * @param length 4 to 1452 bytes
     */
    void datagram(byte[] bytes, int from, int length);
}
