package firstspike.driver.remote;

import static firstspike.driver.error.TargetUnavailableException.Code.TARGET_UNREACHABLE;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.link.WallClock;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Makes the first connection to a server: every address of its name in turn, again and again, as long as told. */
final class Connector {

    private final String server;
    private final AddressBook addresses;
    private final ClientAccess access;
    private final WallClock clock;

    /**
     * @param server for messages
     * @param addresses where it may be
     * @param access how connections are secured
     * @param clock by which it waits
     */
    Connector(String server, AddressBook addresses, ClientAccess access, WallClock clock) {
        this.server = server;
        this.addresses = addresses;
        this.access = access;
        this.clock = clock;
    }

    /** The same for one of the addresses only. */
    Connector to(InetSocketAddress address) {
        String named = server + " at " + address.getAddress().getHostAddress() + ":" + address.getPort();
        return new Connector(named, () -> List.of(address), access, clock);
    }

    /**
     * Asks for all addresses, as often as it takes.
     *
     * @param patience how long
     * @return at least one
     * @throws TargetUnavailableException when the name is not known in time
     */
    List<InetSocketAddress> addresses(Duration patience) {
        return insist(patience, addresses::resolve);
    }

    /** Whom requests name as their user; empty where a token or certificate does. */
    String user() {
        return access.provesUser() ? "" : System.getProperty("user.name", "");
    }

    /**
     * Connects.
     *
     * @param <T> what the first call gives
     * @param patience how long to try
     * @param firstCall shows that a server answers; what it gives is kept, its connection belongs to it
     * @return what the first call gave
     * @throws TargetUnavailableException when nobody answered in time
     * @throws ChipException that the server answered with
     */
    <T> T connect(Duration patience, Function<Connection, T> firstCall) {
        return insist(patience, () -> tryOnce(firstCall));
    }

    private <T> T insist(Duration patience, Attempt<T> once) {
        long begin = clock.nanoTime();
        Backoff backoff = new Backoff(new SplittableRandom());
        for (int attempt = 1; ; attempt++) {
            Exception last;
            try {
                return once.run();
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
        for (InetSocketAddress address : addresses.resolve()) {
            Connection connection = new Connection(address, access);
            try {
                return firstCall.apply(connection);
            } catch (StatusRuntimeException e) {
                connection.close();
                if (!isUnreachable(e)) {
                    throw WireErrors.rebuild(e, null, server);
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

    private TargetUnavailableException unreachable(int attempts, Duration elapsed, Duration patience, Exception last) {
        String error = last instanceof StatusRuntimeException e && e.getStatus().getDescription() != null
                ? e.getStatus().getDescription()
                : last.toString();
        Throwable root = last;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = root == last ? error : root.getMessage();
        return new TargetUnavailableException(
                TARGET_UNREACHABLE,
                ErrorDetail.of(
                                "server " + server,
                                String.format(
                                        Locale.ROOT,
                                        "no answer in %d attempts over %.1f s, last error: %s",
                                        attempts,
                                        elapsed.toNanos() / 1e9,
                                        why),
                                patience.toMillis() / 1000.0 + " s",
                                "see whether a server runs there, or raise the connect patience")
                        .with(ErrorDetail.REASON, "UNREACHABLE")
                        .with("address", server)
                        .with("attempts", attempts)
                        .with("elapsed_ms", elapsed.toMillis())
                        .with("last_error", why),
                last);
    }

    /** Where a server may be: asked anew for each attempt, for names move. */
    @FunctionalInterface
    interface AddressBook {

        /**
         * @return at least one address
         * @throws UnknownHostException when the name is not known
         */
        List<InetSocketAddress> resolve() throws UnknownHostException;
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws UnknownHostException;
    }
}
