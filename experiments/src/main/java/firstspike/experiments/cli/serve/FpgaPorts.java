package firstspike.experiments.cli.serve;

import firstspike.experiments.cli.common.UsageException;
import java.net.InetSocketAddress;
import java.util.OptionalInt;

/**
 * Where an emulated FPGA listens: {@code udp://HOST:PORT[?reset_port=N]} (targets.md 4).
 *
 * @param data address of the data port; port 0 takes free ones for both
 * @param resetPort on the same address; empty: by the rule of that chapter
 */
record FpgaPorts(InetSocketAddress data, OptionalInt resetPort) {

    private static final String SCHEME = "udp://";
    private static final String RESET_PORT = "?reset_port=";
    private static final int LAST_PORT = 65535;

    /**
     * Parses the option {@code --fpga} of {@code emulate}.
     *
     * @param text as given
     * @param insecure whether an address that is not loopback may be listened to
     * @return the ports
     * @throws UsageException when it is none, or may not be listened to
     */
    static FpgaPorts parse(String text, boolean insecure) {
        if (!text.startsWith(SCHEME)) {
            throw new UsageException("--fpga: " + text
                    + " (limit: udp://HOST:PORT[?reset_port=N]); write for example udp://127.0.0.1:1234");
        }
        int question = text.indexOf('?');
        String address = text.substring(SCHEME.length(), question < 0 ? text.length() : question);
        OptionalInt reset = question < 0 ? OptionalInt.empty() : OptionalInt.of(resetPort(text, question));
        InetSocketAddress data = ListenAddress.parse("--fpga", text, address, insecure);
        if (data.getPort() == LAST_PORT && reset.isEmpty()) {
            throw new UsageException("--fpga: " + text
                    + " (limit: a port below 65535, since the reset port is the next one); add ?reset_port=N");
        }
        return new FpgaPorts(data, reset);
    }

    private static int resetPort(String text, int question) {
        String port = text.startsWith(RESET_PORT, question) ? text.substring(question + RESET_PORT.length()) : "";
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > LAST_PORT) {
            throw new UsageException(
                    "--fpga: " + text
                            + " (known option: reset_port, 0 to 65535); write for example udp://127.0.0.1:1234?reset_port=45054");
        }
        return Integer.parseInt(port);
    }
}
