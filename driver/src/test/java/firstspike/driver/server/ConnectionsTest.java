package firstspike.driver.server;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.TestClock;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections that are too many, or that do nothing. */
@Timeout(30)
@ExtendWith(NoLeaks.class)
class ConnectionsTest {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final TestClock clock = TestClock.stopped();
    private final Totals totals = new Totals();
    private final Connections connections = new Connections(3, IDLE, clock, totals);
    private final ServerSockets sockets = new ServerSockets(List.of(connections.acceptance()));
    private final BlockingQueue<Object> marks = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> gone = new LinkedBlockingQueue<>();
    private final Set<Object> holding = ConcurrentHashMap.newKeySet();
    private final List<Socket> opened = new ArrayList<>();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .addService(new HealthStatusManager().getHealthService())
                .intercept(new Marking())
                .addTransportFilter(connections.marks(gone::add));
        sockets.apply(builder);
        server = builder.build().start();
        connections.watch(holding::contains);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : opened) {
            socket.close();
        }
        channel.shutdownNow();
        connections.stop();
        server.shutdownNow().awaitTermination();
        sockets.close();
    }

    private final class Marking implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Object mark = Connections.of(call);
            marks.add(mark);
            connections.callBegins(mark);
            return new GatedCall<>(call, next.startCall(call, headers), () -> {}, () -> connections.callEnds(mark));
        }
    }

    @Test
    @DisplayName("Connections beyond the limit are closed at once, and those of others go on")
    void tooMany() throws IOException {
        check();
        Socket first = open();
        Socket second = open();

        Socket third = open();
        assertThat(third.getInputStream().read()).isEqualTo(-1);
        assertThat(open().getInputStream().read()).isEqualTo(-1);

        assertThat(totals.refusedConnections()).isEqualTo(2);
        assertThat(connections.open()).isEqualTo(3);
        check();
        first.close();
        awaitOpen(2);
        assertThat(alive(open())).isTrue();
        assertThat(alive(second)).isTrue();
    }

    @Test
    @DisplayName("A connection that sends nothing, or makes no call and holds no session, is closed after 30 s")
    void idle() throws Exception {
        Socket silent = open();
        check();
        Object mark = marks.take();
        clock.advance(Duration.ofSeconds(29));
        assertThat(connections.open()).isEqualTo(2);
        check();

        clock.advance(Duration.ofSeconds(12));

        silent.getInputStream().readAllBytes(); // until the other side closes
        awaitOpen(1);
        assertThat(totals.idleConnections()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(41));
        assertThat(gone.poll(10, TimeUnit.SECONDS)).isSameAs(mark);
        awaitOpen(0);
    }

    @Test
    @DisplayName("A connection that holds a session, or on which a call runs, stays")
    void busy() throws Exception {
        check();
        holding.add(marks.take());
        clock.advance(Duration.ofMinutes(10));
        check();
        assertThat(totals.idleConnections()).isZero();
        holding.clear();
        Iterator<HealthCheckResponse> watch =
                HealthGrpc.newBlockingStub(channel).watch(HealthCheckRequest.getDefaultInstance());
        watch.next();

        clock.advance(Duration.ofMinutes(10));

        check();
        assertThat(totals.idleConnections()).isZero();
        assertThat(connections.open()).isEqualTo(1);
    }

    private void check() {
        HealthGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance());
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        opened.add(socket);
        return socket;
    }

    /** An HTTP/2 server speaks first; one that closed does not speak. */
    private static boolean alive(Socket socket) throws IOException {
        return socket.getInputStream().read() != -1;
    }

    private void awaitOpen(int count) {
        while (connections.open() != count) {
            Thread.onSpinWait();
        }
    }
}
