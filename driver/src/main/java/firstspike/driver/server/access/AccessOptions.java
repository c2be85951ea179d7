package firstspike.driver.server.access;

import firstspike.driver.credential.TlsFiles;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a server knows its callers and shows itself to them.
 *
 * @param insecure whether it may listen in plain text on an address that is not loopback
 * @param tokens file of the tokens that are accepted; empty: everybody is who they say
 * @param tls certificates; empty: plain text
 * @param audit takes what has to be answered for
 */
public record AccessOptions(boolean insecure, Optional<Path> tokens, Optional<TlsFiles> tls, Audit audit) {

    /** Refuses nulls. */
    public AccessOptions {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(audit, "audit");
    }

    /** Plain text on loopback, no tokens, nothing written down. */
    public static AccessOptions open() {
        return new AccessOptions(false, Optional.empty(), Optional.empty(), event -> {});
    }

    /** The same options, listening in plain text wherever it is told. */
    public AccessOptions listeningInsecurely() {
        return new AccessOptions(true, tokens, tls, audit);
    }

    /**
     * @param file of tokens
     * @return the same options with it
     */
    public AccessOptions withTokens(Path file) {
        return new AccessOptions(insecure, Optional.of(file), tls, audit);
    }

    /**
     * @param files certificate, key and authorities
     * @return the same options, encrypted
     */
    public AccessOptions withTls(TlsFiles files) {
        return new AccessOptions(insecure, tokens, Optional.of(files), audit);
    }

    /**
     * @param other takes the events
     * @return the same options with it
     */
    public AccessOptions withAudit(Audit other) {
        return new AccessOptions(insecure, tokens, tls, other);
    }
}
