package firstspike.driver.link;

import firstspike.driver.error.UnknownTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Host and port of a server as they stand in a target.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

    /**
     * Parses {@code host:port}; an IPv6 address stands in brackets.
     *
     * @param uri whose rest is parsed
     * @param defaultPort when none is given, 0: one must be
     * @return host and port
     * @throws UnknownTargetException when it is neither
     */
    public static Endpoint parse(TargetUri uri, int defaultPort) {
        String rest = uri.rest();
        int colon = rest.lastIndexOf(':');
        boolean portGiven = colon > rest.lastIndexOf(']');
        String host = portGiven ? rest.substring(0, colon) : rest;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw malformed(uri, "an IPv6 address without brackets");
        }
        if (!host.matches("[A-Za-z0-9._:%-]+")) {
            throw malformed(uri, "no host name before the port");
        }
        if (!portGiven && defaultPort == 0) {
            throw malformed(uri, "no port");
        }
        return new Endpoint(host, portGiven ? port(uri, rest.substring(colon + 1)) : defaultPort);
    }

    private static int port(TargetUri uri, String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw malformed(uri, "port '" + text + "' (limit: 1 to 65535)");
        }
        return port;
    }

    private static UnknownTargetException malformed(TargetUri uri, String what) {
        return new UnknownTargetException(
                "target: '" + uri + "' has " + what + "; write " + uri.scheme() + "://host:port");
    }

    /** Whether it is this machine by its very text, without asking a name server. */
    public boolean isLoopback() {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Asks for the addresses behind the name.
     *
     * @return at least one
     * @throws UnknownHostException when there is none
     */
    public List<InetSocketAddress> resolve() throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
