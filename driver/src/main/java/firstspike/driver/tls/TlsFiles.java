package firstspike.driver.tls;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where one end of a connection keeps what TLS needs, all PEM.
 *
 * @param certificate own certificate, then those between it and its authority; a server has one
 * @param key its private key, PKCS #8 without a password
 * @param authorities who may have signed the certificate of the other end; on a server: clients must show one
 */
public record TlsFiles(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities) {

    /** A certificate and its key come together. */
    public TlsFiles {
        Objects.requireNonNull(authorities, "authorities");
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("certificate and key: only one of two files is named (limit: both or"
                    + " none); name the other one too");
        }
    }
}
