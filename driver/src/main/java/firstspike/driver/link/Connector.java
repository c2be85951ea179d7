package firstspike.driver.link;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Makes the first connection to a server: every address of its name in turn, again and again, as long as told. */
final class Connector {

    private final Endpoint endpoint;
    private final ClientAccess access;
    private final WallClock clock;

    Connector(Endpoint endpoint, ClientAccess access, WallClock clock) {
        this.endpoint = endpoint;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Connects.
     *
     * @param <T> what the first call gives
     * @param patience how long to try
     * @param firstCall shows that a server answers; what it gives is kept, its connection belongs to it
     * @return what the first call gave
     * @throws TargetUnreachableException when nobody answered in time
     * @throws ChipException that the server answered with
     */
    <T> T connect(Duration patience, Function<Connection, T> firstCall) {
        long begin = clock.nanoTime();
        Backoff backoff = new Backoff(new SplittableRandom());
        for (int attempt = 1; ; attempt++) {
            Exception last;
            try {
                return tryOnce(firstCall);
            } catch (StatusRuntimeException | UnknownHostException e) {
                last = e;
            }
            long elapsed = clock.nanoTime() - begin;
            Duration wait = backoff.next();
            if (elapsed + wait.toNanos() > patience.toNanos()) {
                throw unreachable(attempt, Duration.ofNanos(elapsed), patience, last);
            }
            try {
                clock.pause(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unreachable(attempt, Duration.ofNanos(elapsed), patience, e);
            }
        }
    }

    private <T> T tryOnce(Function<Connection, T> firstCall) throws UnknownHostException {
        StatusRuntimeException last = null;
        for (InetSocketAddress address : endpoint.resolve()) {
            Connection connection = new Connection(address, access);
            try {
                return firstCall.apply(connection);
            } catch (StatusRuntimeException e) {
                connection.close();
                if (!isUnreachable(e)) {
                    throw WireErrors.rebuild(e, null, endpoint.toString());
                }
                last = e;
            } catch (ChipException e) {
                connection.close();
                throw e;
            }
        }
        throw last;
    }

    private static boolean isUnreachable(StatusRuntimeException e) {
        Status.Code code = e.getStatus().getCode();
        return (code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED)
                && WireErrors.detailOf(e).isEmpty()
                && HandshakeRefusal.of(e).isEmpty();
    }

    private TargetUnreachableException unreachable(int attempts, Duration elapsed, Duration patience, Exception last) {
        String error = last instanceof StatusRuntimeException e && e.getStatus().getDescription() != null
                ? e.getStatus().getDescription()
                : last.toString();
        Throwable root = last;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = root == last ? error : root.getMessage();
        return new TargetUnreachableException(
                ErrorDetail.of(
                                "server " + endpoint,
                                String.format(
                                        Locale.ROOT,
                                        "no answer in %d attempts over %.1f s, last error: %s",
                                        attempts,
                                        elapsed.toNanos() / 1e9,
                                        why),
                                patience.toMillis() / 1000.0 + " s",
                                "see whether a server runs there, or raise the connect patience")
                        .with(WireErrors.REASON, "UNREACHABLE")
                        .with("address", endpoint)
                        .with("attempts", attempts)
                        .with("elapsed_ms", elapsed.toMillis())
                        .with("last_error", why),
                last);
    }
}
