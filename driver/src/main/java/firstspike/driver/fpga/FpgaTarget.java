package firstspike.driver.fpga;

import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.link.Endpoint;
import firstspike.driver.link.TargetUri;
import java.util.Set;

/**
 * A parsed target {@code fpga://host[:port]} (targets.md 4).
 *
 * @param text as given
 * @param address of the FPGA
 * @param congestionControl whether the window shrinks after losses
 * @param allowUnknown whether a chip or bitfile outside the supported range is accepted
 */
record FpgaTarget(String text, HostArqAddress address, boolean congestionControl, boolean allowUnknown) {

    private static final Set<String> OPTIONS = Set.of("reset_port", "congestion", "allow_unknown");

    /**
     * Parses a target completely.
     *
     * @param uri with scheme {@code fpga}
     * @return its parts
     * @throws UnknownTargetException when any part is not known
     */
    static FpgaTarget of(TargetUri uri) {
        uri.allowOptions(OPTIONS);
        Endpoint endpoint = Endpoint.parse(uri, HostArqAddress.DATA_PORT);
        int resetPort = uri.options().containsKey("reset_port")
                ? port(uri, uri.options().get("reset_port"))
                : HostArqAddress.resetPortFor(endpoint.port());
        if (resetPort > 65535) {
            throw unknown(uri, "reset_port", "1 to 65535, by default the data port + 1");
        }
        return new FpgaTarget(
                uri.text(),
                new HostArqAddress(endpoint.host(), endpoint.port(), resetPort),
                flag(uri, "congestion", "on", "off", "on"),
                flag(uri, "allow_unknown", "true", "false", "false"));
    }

    private static int port(TargetUri uri, String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw unknown(uri, "reset_port", "1 to 65535");
        }
        return port;
    }

    private static boolean flag(TargetUri uri, String option, String yes, String no, String byDefault) {
        String value = uri.options().getOrDefault(option, byDefault);
        if (!value.equals(yes) && !value.equals(no)) {
            throw unknown(uri, option, yes + ", " + no);
        }
        return value.equals(yes);
    }

    private static UnknownTargetException unknown(TargetUri uri, String option, String known) {
        return new UnknownTargetException("option of target '" + uri + "': " + option + "='"
                + uri.options().get(option) + "' (known: " + known + "); write one of them");
    }

    @Override
    public String toString() {
        return text;
    }
}
