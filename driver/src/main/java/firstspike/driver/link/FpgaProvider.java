package firstspike.driver.link;

import java.util.Set;

/** Targets {@code fpga://host[:port]} (targets.md 4): understood, but this version does not speak HostARQ. */
public final class FpgaProvider implements LinkProvider {

    private static final Set<String> OPTIONS = Set.of("reset_port", "congestion", "allow_unknown");
    private static final int DATA_PORT = 1234;

    /** For {@link java.util.ServiceLoader}. */
    public FpgaProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("fpga");
    }

    @Override
    public ChipSource source(TargetUri uri, LinkOptions patience) {
        uri.allowOptions(OPTIONS);
        Endpoint.parse(uri, DATA_PORT);
        String port = uri.options().getOrDefault("reset_port", "1");
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            throw unknown(uri, "reset_port", "1 to 65535");
        }
        if (!Set.of("on", "off").contains(uri.options().getOrDefault("congestion", "on"))) {
            throw unknown(uri, "congestion", "on, off");
        }
        if (!Set.of("true", "false").contains(uri.options().getOrDefault("allow_unknown", "false"))) {
            throw unknown(uri, "allow_unknown", "true, false");
        }
        throw new UnsupportedOnTargetException(
                "target " + uri,
                "HostARQ over UDP",
                "not built in this version",
                "use emu: or a grpc:// server that reaches the chip");
    }

    private static UnknownTargetException unknown(TargetUri uri, String option, String known) {
        return new UnknownTargetException("option of target '" + uri + "': " + option + "='"
                + uri.options().get(option) + "' (known: " + known + "); write one of them");
    }
}
