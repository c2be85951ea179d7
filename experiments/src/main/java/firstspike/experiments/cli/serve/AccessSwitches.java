package firstspike.experiments.cli.serve;

import firstspike.driver.credential.TlsFiles;
import firstspike.driver.link.WallClock;
import firstspike.driver.server.access.AccessOptions;
import firstspike.driver.server.access.Audit;
import firstspike.driver.server.access.AuditFile;
import firstspike.driver.server.access.JsonAudit;
import firstspike.experiments.cli.common.UsageException;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a server that a command starts knows its callers. */
final class AccessSwitches {

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Speak TLS with this certificate (PEM).")
    Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM, PKCS #8).")
    Path key;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "Ask clients for a certificate that one of these authorities signed (PEM).")
    Path authorities;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Ask clients for a token of this file, which 'firstspike token new' writes.")
    Path tokens;

    @Option(names = "--insecure", description = "Listen in plain text on an address that is not loopback.")
    boolean insecure;

    // its place is our decision: lines of sessions, leases and refusals must not be lost by default
    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "Append a JSON line for each session, lease and refusal (default: standard error).")
    Path audit;

    /** Whether an address that is not loopback may be listened to. */
    boolean anywhere() {
        return insecure || certificate != null;
    }

    /** Whether clients have to show anything, or are shown something. */
    boolean asks() {
        return certificate != null || tokens != null;
    }

    /**
     * @param err takes audit lines when no file does
     * @return what was asked for
     * @throws UsageException for options that do not go together
     */
    AccessOptions options(PrintStream err) {
        if ((certificate == null) != (key == null)) {
            throw new UsageException((certificate == null ? "--tls-cert" : "--tls-key")
                    + ": not given (limit: both or none of --tls-cert, --tls-key); name the other file too");
        }
        if (authorities != null && certificate == null) {
            throw new UsageException("--tls-ca: given without a certificate of the server (limit: TLS only); name"
                    + " --tls-cert and --tls-key");
        }
        Optional<TlsFiles> tls = Optional.ofNullable(certificate)
                .map(file -> new TlsFiles(Optional.of(file), Optional.of(key), Optional.ofNullable(authorities)));
        return new AccessOptions(insecure, Optional.ofNullable(tokens), tls, audit(err));
    }

    private Audit audit(PrintStream err) {
        if (audit == null) {
            return new JsonAudit(WallClock.system(), err::println);
        }
        try {
            return new JsonAudit(WallClock.system(), new AuditFile(audit));
        } catch (IOException e) {
            throw StorageFailure.of(audit, e);
        }
    }
}
