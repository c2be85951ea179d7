package firstspike.driver.remote;

import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.ChipServiceGrpc.ChipServiceBlockingStub;
import firstspike.proto.chip.v1.ChipServiceGrpc.ChipServiceFutureStub;
import firstspike.proto.chip.v1.ChipServiceGrpc.ChipServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The connection of one session to one address: whatever happens, every call goes there (targets.md 3). Any thread, only
 * one at a time reopens it; {@link #blocking} and {@link #streaming} give stubs of the connection as it now is.
 */
final class Connection implements AutoCloseable {

    /** A server that does not answer a short call within this time is as good as gone. */
    static final Duration CALL_LIMIT = Duration.ofSeconds(20);

    private static final int CONNECT_MILLIS = 5000;
    private static final int MESSAGE_BYTES = 8 << 20;
    private static final int WINDOW_BYTES = 4 << 20;
    private static final int KEEP_ALIVE_SECONDS = 20;

    private final InetSocketAddress address;
    private final ClientAccess access;
    private volatile ManagedChannel channel;
    private boolean closed;

    Connection(InetSocketAddress address, ClientAccess access) {
        this.address = address;
        this.access = access;
        this.channel = open(address, access);
    }

    private static ManagedChannel open(InetSocketAddress address, ClientAccess access) {
        return access.apply(NettyChannelBuilder.forAddress(address), address)
                .directExecutor()
                .disableRetry()
                // an idle session must not lose its connection, by which the server knows that it lives
                .idleTimeout(1000, TimeUnit.DAYS)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .maxInboundMessageSize(MESSAGE_BYTES)
                .flowControlWindow(WINDOW_BYTES)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .build();
    }

    /** Leaves the broken connection and begins a new one: at once, whatever the channel would have waited. A closed one stays so. */
    synchronized void reopen() {
        channel.shutdownNow();
        if (!closed) {
            channel = open(address, access);
        }
    }

    /** Ends all calls at once; {@link #reopen} begins anew. */
    void drop() {
        channel.shutdownNow();
    }

    /** For short calls, with their deadline. */
    ChipServiceBlockingStub blocking(Duration limit) {
        return ChipServiceGrpc.newBlockingStub(channel).withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** For short calls that nobody waits for. */
    ChipServiceFutureStub later() {
        return ChipServiceGrpc.newFutureStub(channel).withDeadlineAfter(CALL_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** For streams. */
    ChipServiceStub streaming() {
        return ChipServiceGrpc.newStub(channel);
    }

    @Override
    public synchronized void close() {
        closed = true;
        channel.shutdownNow();
    }

    @Override
    public String toString() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
