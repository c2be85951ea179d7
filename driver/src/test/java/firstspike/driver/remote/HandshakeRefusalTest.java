package firstspike.driver.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What is a refusal and what a broken connection, by the causes that the transport gives. */
class HandshakeRefusalTest {

    @Test
    void refusals() {
        assertThat(of(new SSLException("General problem", new CertificateException("no path"))))
                .contains("no path");
        assertThat(of(new SSLException("Received fatal alert: certificate_expired")))
                .isNotEmpty();
        assertThat(of(new NotSslRecordException("not an SSL/TLS record"))).isNotEmpty();
        assertThat(HandshakeRefusal.of(Status.UNAVAILABLE
                        .withDescription("HTTP/2 error code: INADEQUATE_SECURITY\nReceived Goaway")
                        .asRuntimeException()))
                .get()
                .asString()
                .contains("TLS only");
        assertThat(HandshakeRefusal.of(Status.INTERNAL
                        .withDescription(
                                "First received frame was not SETTINGS. Hex dump for first 5 bytes: 1503030002")
                        .asRuntimeException()))
                .isNotEmpty();
    }

    @Test
    void brokenConnections() {
        assertThat(of(new SSLHandshakeException("Connection closed while SSL/TLS handshake was in progress")))
                .isEmpty();
        assertThat(of(new SslHandshakeTimeoutException("handshake timed out after 10000ms")))
                .isEmpty();
        assertThat(of(new SSLException("lost", new IOException("Connection reset by peer"))))
                .isEmpty();
        assertThat(of(new ClosedChannelException())).isEmpty();
        assertThat(of(new IOException("Connection refused"))).isEmpty();
        assertThat(HandshakeRefusal.of(Status.UNAVAILABLE.asRuntimeException())).isEmpty();
    }

    private static Optional<String> of(Throwable cause) {
        return HandshakeRefusal.of(Status.UNAVAILABLE
                .withDescription("io exception")
                .withCause(cause)
                .asRuntimeException());
    }
}
