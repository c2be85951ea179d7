package firstspike.driver.remote;

import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.Endpoint;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.link.PrintableName;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.WallClock;
import java.util.Set;

/** Targets {@code grpc://host:port} and {@code grpcs://host:port} (targets.md 3). */
public final class GrpcProvider implements LinkProvider {

    private static final Set<String> OPTIONS =
            Set.of("chip", "shared", "ppu", "token_file", "ca_file", "cert_file", "key_file", "insecure", "spread");
    private static final Set<String> TLS_ONLY = Set.of("ca_file", "cert_file", "key_file");
    /** 64 KiB: on a link that breaks often a whole chunk still gets through, which is what an upload goes on behind. */
    private static final int CHUNK_INSTRUCTIONS = 1 << 13;

    /** For {@link java.util.ServiceLoader}. */
    public GrpcProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("grpc", "grpcs");
    }

    @Override
    public ChipSource source(TargetUri uri, LinkOptions patience) {
        return source(uri, patience, WallClock.system(), CHUNK_INSTRUCTIONS);
    }

    static ChipSource source(TargetUri uri, LinkOptions patience, WallClock clock, int chunkInstructions) {
        Connector connector = connector(uri, clock);
        return flag(uri, "spread")
                ? new SpreadSource(uri, connector, patience, clock, chunkInstructions)
                : new RemoteSource(uri, connector, patience, clock, chunkInstructions);
    }

    /** What connects to the server that a target names, for those who want no chip of it. */
    static Connector connector(TargetUri uri, WallClock clock) {
        if (!uri.scheme().equals("grpc") && !uri.scheme().equals("grpcs")) {
            throw new UnknownTargetException(
                    "server: '" + uri + "' (known: grpc://host:port, grpcs://host:port); write one of them");
        }
        Endpoint endpoint = endpoint(uri);
        return new Connector(endpoint.toString(), endpoint::resolve, ClientAccess.of(uri, endpoint), clock);
    }

    private static Endpoint endpoint(TargetUri uri) {
        uri.allowOptions(OPTIONS);
        Endpoint endpoint = Endpoint.parse(uri, 0);
        boolean secure = uri.scheme().equals("grpcs");
        check(uri, secure);
        boolean insecure = flag(uri, "insecure");
        flag(uri, "spread");
        if (!secure && !endpoint.isLoopback() && !insecure) {
            throw new UnknownTargetException("target: '" + uri
                    + "' is plain text to an address that is not loopback; use grpcs://, or add insecure=true");
        }
        return endpoint;
    }

    private static void check(TargetUri uri, boolean secure) {
        if (uri.options().containsKey("ppu")) {
            PpuPolicy.parse(uri.options().get("ppu"));
        }
        for (String option : new String[] {"chip", "shared", "token_file", "ca_file", "cert_file", "key_file"}) {
            if (uri.options().getOrDefault(option, "x").isEmpty()) {
                throw new UnknownTargetException(
                        "target: '" + uri + "' gives the option '" + option + "' no value; write " + option + "=…");
            }
        }
        if (!PrintableName.isOne(uri.options().getOrDefault("shared", "x"), PrintableName.LONGEST_SHARED)) {
            throw new UnknownTargetException("option of target '" + uri.scheme() + ":': shared (limit: "
                    + PrintableName.LONGEST_SHARED + " printed characters, blanks inside only); choose another name");
        }
        for (String option : uri.options().keySet()) {
            if (!secure && TLS_ONLY.contains(option) || secure && option.equals("insecure")) {
                throw new UnknownTargetException("option of target '" + uri + "': '" + option + "' belongs to "
                        + (secure ? "grpc://" : "grpcs://") + " only; remove it");
            }
        }
    }

    private static boolean flag(TargetUri uri, String name) {
        String value = uri.options().getOrDefault(name, "false");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new UnknownTargetException("option of target '" + uri + "': " + name + "='" + value
                        + "' (known: true, false); write one of them");
        };
    }
}
