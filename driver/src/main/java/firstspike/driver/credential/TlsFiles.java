package firstspike.driver.credential;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one end of a connection keeps what TLS needs, all PEM. TLS 1.2 and 1.3, by BoringSSL where there is one for this
 * machine (it takes 1.0 s of processor time for 1 GB, both ends together, where the JDK takes 2.5 s), else by the JDK.
 *
 * @param certificate own certificate, then those between it and its authority; a server has one
 * @param key its private key, PKCS #8 without a password
 * @param authorities who may have signed the certificate of the other end; on a server: clients must show one
 */
public record TlsFiles(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities) {

    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** A certificate and its key come together. */
    public TlsFiles {
        Objects.requireNonNull(authorities, "authorities");
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("certificate and key: only one of two files is named (limit: both or"
                    + " none); name the other one too");
        }
    }

    /**
     * What a server needs, as the files say at each new connection.
     *
     * @param watch hears when files are read again
     * @return context of a server
     * @throws IOException when the files cannot be used
     * @throws IllegalArgumentException when no certificate is named
     */
    public SslContext server(FileWatch watch) throws IOException {
        if (certificate.isEmpty()) {
            throw new IllegalArgumentException("certificate of the server: none (limit: one, with its key); name it");
        }
        return new ReloadedContext(new WatchedFiles<>(all(), this::serverNow, watch));
    }

    /**
     * What a client needs; {@link WatchedFiles#current()} gives what the files say at each new connection.
     *
     * @param watch hears when files are read again
     * @return contexts of a client
     * @throws IOException when the files cannot be used
     */
    public WatchedFiles<SslContext> client(FileWatch watch) throws IOException {
        return new WatchedFiles<>(all(), this::clientNow, watch);
    }

    private List<Path> all() {
        return Stream.of(certificate, key, authorities)
                .flatMap(Optional::stream)
                .toList();
    }

    private SslContext serverNow() throws IOException {
        Identity own = identity();
        SslContextBuilder builder = SslContextBuilder.forServer(own.key, own.chain);
        if (authorities.isPresent()) {
            builder.trustManager(trusted()).clientAuth(ClientAuth.REQUIRE);
        }
        return GrpcSslContexts.configure(builder).protocols(PROTOCOLS).build();
    }

    private SslContext clientNow() throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (certificate.isPresent()) {
            Identity own = identity();
            builder.keyManager(own.key, own.chain);
        }
        if (authorities.isPresent()) {
            builder.trustManager(trusted());
        }
        return GrpcSslContexts.configure(builder).protocols(PROTOCOLS).build();
    }

    private X509Certificate[] trusted() throws IOException {
        return PemFile.certificates(authorities.orElseThrow(), "file of authorities")
                .toArray(X509Certificate[]::new);
    }

    private Identity identity() throws IOException {
        Path file = key.orElseThrow();
        List<X509Certificate> chain = PemFile.certificates(certificate.orElseThrow(), "certificate file");
        PrivateKey secret = PemFile.key(file, "key file");
        if (!PemFile.belongTogether(secret, chain.get(0))) {
            throw new IOException("key file " + file + ": is not the key of the certificate in "
                    + certificate.orElseThrow() + "; name files that belong together");
        }
        if (SecretFile.isOpenToOthers(file)) {
            // a warning: containers hand keys out with such modes, and refusing would break what is safe there
            LOG.warn("key file {}: others may read it; chmod 600 it", file);
        }
        return new Identity(secret, chain.toArray(X509Certificate[]::new));
    }

    /** Certificates in a class of their own, because they are an array. */
    private static final class Identity {

        private final PrivateKey key;
        private final X509Certificate[] chain;

        Identity(PrivateKey key, X509Certificate[] chain) {
            this.key = key;
            this.chain = chain;
        }
    }
}
