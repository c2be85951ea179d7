package firstspike.driver.credential;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM. */
final class PemFile {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");
    private static final String[] KEY_KINDS = {"RSA", "EC", "Ed25519"};
    private static final byte[] NONSENSE = "does this key belong to that certificate?".getBytes(StandardCharsets.UTF_8);

    private PemFile() {}

    /**
     * @param file of certificates
     * @param what it is, for messages
     * @return its certificates in order, at least one
     * @throws IOException when there is none or one is broken
     */
    static List<X509Certificate> certificates(Path file, String what) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(SecretFile.read(file, what));
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                found.add(certificate(block.group(2), file, what));
            }
        }
        if (found.isEmpty()) {
            throw new IOException(what + " " + file + ": holds no certificate (limit: PEM, at least one); name a file"
                    + " with BEGIN CERTIFICATE");
        }
        return found;
    }

    private static X509Certificate certificate(String text, Path file, String what) throws IOException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(text)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(what + " " + file + ": holds a broken certificate; make it again", e);
        }
    }

    /**
     * @param file of one private key, PKCS #8
     * @param what it is, for messages
     * @return the key
     * @throws IOException when there is none, or one of another form; never with bytes of it
     */
    static PrivateKey key(Path file, String what) throws IOException {
        Matcher block = BLOCK.matcher(SecretFile.read(file, what));
        String other = "";
        while (block.find()) {
            if (block.group(1).equals("PRIVATE KEY")) {
                return key(block.group(2), file, what);
            }
            other = block.group(1).endsWith("PRIVATE KEY") ? block.group(1) : other;
        }
        throw new IOException(what + " " + file + ": holds "
                + (other.isEmpty() ? "no private key" : "a key of the form " + other)
                + " (limit: PKCS #8 without a password, BEGIN PRIVATE KEY); openssl pkcs8 -topk8 -nodes makes one");
    }

    private static PrivateKey key(String text, Path file, String what) throws IOException {
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind)
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // of another kind, or broken: said when none fits; without the cause, which may quote bytes
            }
        }
        throw new IOException(what + " " + file + ": holds no usable key (limit: " + String.join(", ", KEY_KINDS)
                + "); make it again");
    }

    /**
     * Whether a key and a certificate belong together; while files are replaced one after the other they do not.
     *
     * @param key private
     * @param certificate with the public half
     * @return whether one verifies what the other signs
     */
    static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        PublicKey half = certificate.getPublicKey();
        String algorithm =
                switch (half.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "Ed25519";
                };
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(NONSENSE);
            byte[] signed = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(half);
            verifying.update(NONSENSE);
            return verifying.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
