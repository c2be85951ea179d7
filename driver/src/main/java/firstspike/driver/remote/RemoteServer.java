package firstspike.driver.remote;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.Endpoint;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.WallClock;
import firstspike.proto.chip.v1.AcquireLeaseRequest;
import firstspike.proto.chip.v1.ListTargetsRequest;
import firstspike.proto.chip.v1.ReleaseLeaseRequest;
import firstspike.proto.chip.v1.RenewLeaseRequest;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A server of chips as those see it who do not run programs: what it serves, and who has it for himself. Each call makes a
 * connection of its own. Any thread.
 */
public final class RemoteServer {

    private final TargetUri uri;
    private final Endpoint endpoint;
    private final ClientAccess access;
    private final Connector connector;
    private final Duration patience;

    private RemoteServer(
            TargetUri uri, Endpoint endpoint, ClientAccess access, Connector connector, Duration patience) {
        this.uri = uri;
        this.endpoint = endpoint;
        this.access = access;
        this.connector = connector;
        this.patience = patience;
    }

    /**
     * Names a server; nothing is connected yet.
     *
     * @param uri {@code grpc://} or {@code grpcs://} with its options
     * @param patience how long each connection may take
     * @return the server
     * @throws UnknownTargetException when the URI is malformed
     */
    public static RemoteServer of(String uri, Duration patience) {
        TargetUri parsed = TargetUri.parse(uri);
        Connector connector = GrpcProvider.connector(parsed, WallClock.system());
        Endpoint endpoint = Endpoint.parse(parsed, 0);
        return new RemoteServer(parsed, endpoint, ClientAccess.of(parsed, endpoint), connector, patience);
    }

    /** Host and port as they stand in the URI. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Asks for the addresses behind the name, once.
     *
     * @return at least one
     * @throws UnknownHostException when there is none
     */
    public List<InetSocketAddress> addresses() throws UnknownHostException {
        return endpoint.resolve();
    }

    /**
     * Shakes hands with one address, if the target is encrypted.
     *
     * @param address of the server
     * @return what was agreed on; empty for plain text
     * @throws IOException when there is no connection, or one side refuses the other
     */
    public Optional<TlsHandshake> handshake(InetSocketAddress address) throws IOException {
        Optional<SslContext> tls = access.encryption();
        return tls.isEmpty()
                ? Optional.empty()
                : Optional.of(TlsHandshake.with(address, endpoint.host(), tls.get(), patience));
    }

    /**
     * Asks for its chips.
     *
     * @return what it tells
     * @throws TargetUnavailableException when nobody answers in time
     */
    public ServerReport report() {
        ListTargetsRequest request = ListTargetsRequest.newBuilder()
                .setProtocolVersion(WireTargets.PROTOCOL)
                .build();
        return call(connection ->
                WireReports.decode(connection.blocking(Connection.CALL_LIMIT).listTargets(request), uri.text()));
    }

    /**
     * Takes a lease on a chip.
     *
     * @param chip which one
     * @param user for whom; ignored where a token or certificate says who it is
     * @param ttl 1 ms to 1 h
     * @return the lease
     * @throws ChipBusyException when somebody else has one, with holder and end
     */
    public HeldLease acquire(ChipId chip, String user, Duration ttl) {
        AcquireLeaseRequest request = AcquireLeaseRequest.newBuilder()
                .setChipId(chip.value())
                .setUser(user)
                .setTtlMs(ttl.toMillis())
                .build();
        return call(connection -> WireReports.lease(
                connection.blocking(Connection.CALL_LIMIT).acquireLease(request).getLease()));
    }

    /**
     * Moves the end of a lease.
     *
     * @param lease id
     * @param ttl from now on, 1 ms to 1 h
     * @return the lease as it now is
     * @throws TargetUnavailableException when it has ended
     */
    public HeldLease renew(String lease, Duration ttl) {
        RenewLeaseRequest request = RenewLeaseRequest.newBuilder()
                .setLeaseId(lease)
                .setTtlMs(ttl.toMillis())
                .build();
        return call(connection -> WireReports.lease(
                connection.blocking(Connection.CALL_LIMIT).renewLease(request).getLease()));
    }

    /**
     * Ends a lease; no effect on one that has ended.
     *
     * @param lease id
     */
    public void release(String lease) {
        ReleaseLeaseRequest request =
                ReleaseLeaseRequest.newBuilder().setLeaseId(lease).build();
        call(connection -> connection.blocking(Connection.CALL_LIMIT).releaseLease(request));
    }

    private <T> T call(Function<Connection, T> work) {
        return connector.connect(patience, connection -> {
            T answer = work.apply(connection);
            connection.close();
            return answer;
        });
    }

    @Override
    public String toString() {
        return uri.text();
    }
}
