package firstspike.experiments.bench;

import firstspike.driver.credential.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A certificate for this machine that lasts a day, made by the JDK's keytool, and deleted in the end. */
final class OwnCertificate implements AutoCloseable {

    private static final String WORD = "of-one-measurement";
    private static final int LINE = 64;

    private final Path folder;
    private final Path certificate;
    private final Path key;

    private OwnCertificate(Path folder) {
        this.folder = folder;
        this.certificate = folder.resolve("server.pem");
        this.key = folder.resolve("server.key");
    }

    static OwnCertificate make() {
        try {
            OwnCertificate made = new OwnCertificate(Files.createTempDirectory("firstspike-bench"));
            made.write();
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificate could be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a certificate was made", e);
        }
    }

    private void write() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        WORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said.strip());
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, WORD.toCharArray());
        }
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("own").getEncoded()));
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                key, pem("PRIVATE KEY", keys.getKey("own", WORD.toCharArray()).getEncoded()));
        Files.delete(store);
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }

    /** What a server shows. */
    TlsFiles files() {
        return new TlsFiles(Optional.of(certificate), Optional.of(key), Optional.empty());
    }

    /** What a client believes. */
    Path authority() {
        return certificate;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(certificate);
            Files.deleteIfExists(key);
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
