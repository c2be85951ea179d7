package firstspike.driver.hostarq;

/**
 * Where an FPGA listens (wire.md 11).
 *
 * @param host name or address, IPv4
 * @param dataPort UDP port of the data frames, 1 to 65535
 * @param resetPort UDP port of the reset frames, 1 to 65535
 */
public record HostArqAddress(String host, int dataPort, int resetPort) {

    /** Data port of the laboratory's FPGAs. */
    public static final int DATA_PORT = 1234;

    /** Reset port that belongs to {@link #DATA_PORT}. */
    public static final int RESET_PORT = 45054;

    private static final int LAST_PORT = 65535;

    /** Checks the ranges. */
    public HostArqAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: empty (limit: a name or an IPv4 address); name the FPGA");
        }
        check("data port", dataPort);
        check("reset port", resetPort);
    }

    /**
     * The usual ports: 45054 beside 1234, else the next one (targets.md 4).
     *
     * @param host name or address
     * @param dataPort port of the data frames
     * @return the address
     */
    public static HostArqAddress of(String host, int dataPort) {
        return new HostArqAddress(host, dataPort, resetPortFor(dataPort));
    }

    /**
     * @param dataPort port of the data frames
     * @return the reset port that goes with it when nobody says otherwise
     */
    public static int resetPortFor(int dataPort) {
        return dataPort == DATA_PORT ? RESET_PORT : dataPort + 1;
    }

    private static void check(String what, int port) {
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException(
                    what + ": " + port + " (limit: 1 to " + LAST_PORT + "); choose a UDP port");
        }
    }

    /** As errors name it: {@code fpga://host:port (reset port N)}. */
    @Override
    public String toString() {
        return "fpga://" + host + ":" + dataPort + " (reset port " + resetPort + ")";
    }
}
