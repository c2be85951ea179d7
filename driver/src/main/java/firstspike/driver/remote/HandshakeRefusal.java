package firstspike.driver.remote;

import io.grpc.Status;
import io.netty.handler.ssl.SslClosedEngineException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Tells a connection that one side refused (certificate, authority, protocol, plain text against TLS) from one that broke
 * (playback.md 14.9): a refusal is the same however often one asks. With TLS 1.3 a server refuses a certificate after the
 * client took the handshake for done, so any call may meet it.
 */
final class HandshakeRefusal {

    /** Error of HTTP/2 by which our servers answer plain text on a port that speaks TLS. */
    private static final String PLAIN_TEXT_REFUSED = "INADEQUATE_SECURITY";
    /** How gRPC quotes the alert of TLS 1.x with which other servers answer plain text. */
    private static final String ALERT_FOR_PLAIN_TEXT = "hex dump for first 5 bytes: 1503";
    /** How Netty reports a connection that ended before the handshake did; of the type of a refusal, but none. */
    private static final String ENDED_EARLY = "connection closed while ssl/tls handshake was in progress";

    private HandshakeRefusal() {}

    /**
     * @param failure of a call
     * @return what was refused, for people; empty when nothing was
     */
    static Optional<String> of(Throwable failure) {
        Optional<String> plain = plainText(failure);
        return plain.isPresent() ? plain : tls(failure);
    }

    private static Optional<String> plainText(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        String text = (status.getDescription() + " " + status.getCause()).toLowerCase(Locale.ROOT);
        boolean refused =
                text.contains(PLAIN_TEXT_REFUSED.toLowerCase(Locale.ROOT)) || text.contains(ALERT_FOR_PLAIN_TEXT);
        return refused ? Optional.of("plain text, where the server speaks TLS only") : Optional.empty();
    }

    private static Optional<String> tls(Throwable failure) {
        boolean ssl = false;
        Throwable root = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            root = at;
            if (isBroken(at)) {
                return Optional.empty();
            }
            ssl |= at instanceof SSLException;
        }
        return ssl ? Optional.of(String.valueOf(root.getMessage())) : Optional.empty();
    }

    private static boolean isBroken(Throwable at) {
        if (at instanceof SslHandshakeTimeoutException
                || at instanceof SslClosedEngineException
                || at instanceof ClosedChannelException) {
            return true;
        }
        if (at instanceof SSLException) {
            return String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT).contains(ENDED_EARLY);
        }
        return at instanceof IOException;
    }
}
