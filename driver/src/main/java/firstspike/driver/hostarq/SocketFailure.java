package firstspike.driver.hostarq;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.message.WireException;
import io.netty.channel.unix.Errors;
import java.net.ConnectException;
import java.net.PortUnreachableException;

/** Tells what a system's error on a socket means. */
final class SocketFailure {

    private SocketFailure() {}

    /** Whether it only says that nobody listened to a datagram (ICMP), which is no reason to give up (wire.md 15). */
    static boolean isRefusal(Throwable cause) {
        return cause instanceof PortUnreachableException
                || cause instanceof ConnectException
                || cause instanceof Errors.NativeIoException nativeError
                        && nativeError.expectedErr() == Errors.ERROR_ECONNREFUSED_NEGATIVE;
    }

    /** The system's own words, or the kind of error when it has none. */
    static String text(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /**
     * {@code SOCKET} for a port that cannot be had.
     *
     * @param what is bound, for example "reset port 45054"
     * @param cause of the system
     */
    static WireException bind(String what, Throwable cause) {
        WireException error = new WireException(
                WireException.Code.SOCKET,
                ErrorDetail.of(what, text(cause), "a free UDP port of this machine", "choose another address or port"));
        error.initCause(cause);
        return error;
    }
}
