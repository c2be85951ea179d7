package firstspike.experiments.cli.serve;

import firstspike.driver.credential.CredentialException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerLimits;
import firstspike.driver.server.ServerOptions;
import firstspike.driver.server.access.AccessOptions;
import firstspike.driver.server.spool.SpoolException;
import firstspike.experiments.cli.common.Durations;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that serves chips over gRPC. */
final class ServerSwitches {

    private static final Duration LONGEST_PROGRAM = Duration.ofHours(24);

    @Mixin
    AccessSwitches access = new AccessSwitches();

    @Option(
            names = "--spool",
            paramLabel = "DIR",
            description = "Folder for uploads and results, emptied at the start. Default: a new temporary one.")
    Path spool;

    @Option(
            names = "--turn-period",
            paramLabel = "TIME",
            converter = Durations.class,
            description =
                    "How long a session keeps a shared chip while others wait (default: 10s); 0s: one program a turn.")
    Duration turnPeriod;

    /**
     * Starts a server.
     *
     * @param source of the chips
     * @param address to listen on
     * @param listen that address as given, for messages
     * @param links of the chips
     * @param callers how they are known
     * @return the running server
     * @throws StorageException when the port cannot be had
     * @throws CredentialException when a file of tokens or certificates cannot be used
     */
    ChipServer start(
            ChipSource source, InetSocketAddress address, String listen, LinkOptions links, AccessOptions callers) {
        ServerOptions options = ServerOptions.defaults()
                .withLinks(links)
                .withAccess(callers)
                // a second signal stops at once, so that nobody has to cut what runs
                .withLimits(ServerLimits.defaults().withDrain(LONGEST_PROGRAM));
        if (turnPeriod != null) {
            options = options.withTurnPeriod(turnPeriod);
        }
        if (spool != null) {
            options = options.withSpool(spool);
        }
        try {
            return ChipServer.start(source, address, options);
        } catch (SpoolException e) {
            throw new StorageException(
                    e.isBusy() ? StorageException.Code.RUN_LOCKED : StorageException.Code.STORAGE_DENIED,
                    e.detail(),
                    e);
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    ErrorDetail.of(
                            "--listen " + listen,
                            "cannot be had (" + e.getMessage() + ")",
                            "a free port",
                            "choose another port, 0 takes a free one"),
                    e);
        }
    }
}
