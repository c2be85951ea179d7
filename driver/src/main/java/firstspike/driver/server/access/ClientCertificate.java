package firstspike.driver.server.access;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * The certificate that a client showed; TLS has checked it already.
 *
 * @param user its common name; empty when it has none that could be a user
 * @param end after which it is worth nothing, also on a connection that was made before
 */
record ClientCertificate(Optional<String> user, Instant end) {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+'-]{0,127}");

    /**
     * @param session of a connection
     * @return the certificate of its client, if it showed one
     */
    static Optional<ClientCertificate> of(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length == 0 || !(chain[0] instanceof X509Certificate leaf)) {
                return Optional.empty();
            }
            return Optional.of(
                    new ClientCertificate(commonName(leaf), leaf.getNotAfter().toInstant()));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> commonName(X509Certificate leaf) {
        Optional<String> found = Optional.empty();
        try {
            // from the most general part to the most special one, which counts
            for (Rdn part : new LdapName(leaf.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
                    found = Optional.of(name);
                }
            }
        } catch (InvalidNameException e) {
            // a name that cannot be read names nobody
        }
        return found.filter(name -> NAME.matcher(name).matches());
    }
}
