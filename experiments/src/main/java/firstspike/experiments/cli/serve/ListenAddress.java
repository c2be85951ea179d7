package firstspike.experiments.cli.serve;

import firstspike.experiments.cli.common.UsageException;
import java.net.InetSocketAddress;

/** An address of this machine on the command line, {@code HOST:PORT}; port 0 takes a free one. */
final class ListenAddress {

    private static final int LAST_PORT = 65535;

    private ListenAddress() {}

    /**
     * Parses an address.
     *
     * @param option that it was given to, for messages
     * @param text as given
     * @param insecure whether an address that is not loopback may be listened to
     * @return the resolved address
     * @throws UsageException when it is none, or may not be listened to
     */
    static InetSocketAddress parse(String option, String text, boolean insecure) {
        return parse(option, text, text, insecure);
    }

    /**
     * Parses an address that is a part of an option's value.
     *
     * @param shown the whole value, for messages
     */
    static InetSocketAddress parse(String option, String shown, String text, boolean insecure) {
        int colon = text.lastIndexOf(':');
        String port = colon < 1 ? "" : text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > LAST_PORT) {
            throw new UsageException(option + ": " + shown + " (limit: HOST:PORT, port 0 to 65535); write for example"
                    + " 127.0.0.1:7007");
        }
        InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), Integer.parseInt(port));
        if (address.isUnresolved()) {
            throw new UsageException(option + ": " + shown + " has no address (limit: an address of this machine);"
                    + " correct the host");
        }
        if (!address.getAddress().isLoopbackAddress() && !insecure) {
            throw new UsageException(option + ": " + shown + " in plain text (limit: loopback); listen on 127.0.0.1,"
                    + " name --tls-cert and --tls-key, or say --insecure");
        }
        return address;
    }
}
