package firstspike.driver.credential;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An authority that lives as long as a test, and the certificates that it signs, as PEM files in a folder. */
public final class TestAuthority {

    private final Path folder;
    private final X509Bundle root;
    private final Path certificate;

    /**
     * Makes an authority.
     *
     * @param folder takes all files
     * @param name of the authority and its file
     */
    public TestAuthority(Path folder, String name) {
        this.folder = folder;
        try {
            root = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=" + name)
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            certificate = Files.writeString(folder.resolve(name + ".pem"), root.getCertificatePEM());
        } catch (Exception e) {
            throw new AssertionError("certificate of the authority " + name, e);
        }
    }

    /** Its certificate. */
    public Path certificate() {
        return certificate;
    }

    /**
     * Signs the certificate of a server on this machine.
     *
     * @param address of it beside 127.0.0.1 and localhost
     * @return files of the server; asks for no client certificate
     */
    public TlsFiles server(String address) {
        CertificateBuilder builder = valid().subject("CN=server")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .addSanIpAddress(address);
        return files("server", builder, Optional.empty());
    }

    /**
     * Signs the certificate of a client.
     *
     * @param user common name
     * @return files of the client
     */
    public TlsFiles client(String user) {
        return files(user, valid().subject("CN=" + user + ",O=Lab"), Optional.of(certificate));
    }

    /**
     * Signs the certificate of a client that ended a minute ago.
     *
     * @param user common name
     * @return files of the client
     */
    public TlsFiles expired(String user) {
        CertificateBuilder builder =
                valid().subject("CN=" + user).notAfter(Instant.now().minus(Duration.ofMinutes(1)));
        return files(user, builder, Optional.of(certificate));
    }

    private static CertificateBuilder valid() {
        return new CertificateBuilder()
                .ecp256()
                .notBefore(Instant.now().minus(Duration.ofDays(2)))
                .notAfter(Instant.now().plus(Duration.ofDays(3650)));
    }

    private TlsFiles files(String name, CertificateBuilder builder, Optional<Path> authorities) {
        try {
            X509Bundle bundle = builder.buildIssuedBy(root);
            Path chain = Files.writeString(folder.resolve(name + "-cert.pem"), bundle.getCertificatePathPEM());
            Path key = folder.resolve(name + "-key.pem");
            writePrivately(key, bundle.getPrivateKeyPEM());
            return new TlsFiles(Optional.of(chain), Optional.of(key), authorities);
        } catch (Exception e) {
            throw new AssertionError("certificate of " + name, e);
        }
    }

    /**
     * Writes a file with mode 0600.
     *
     * @param file made or replaced
     * @param text content
     * @throws IOException when it cannot be written
     */
    public static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
