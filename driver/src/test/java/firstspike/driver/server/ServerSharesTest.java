package firstspike.driver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TestClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.remote.WireTargets;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.OpenSessionRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one user or one connection may take of a server, over real sockets. */
@Timeout(60)
class ServerSharesTest {

    private static final int SESSIONS = 80;

    private final TestClock clock = TestClock.stopped();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<String> sessions = new ArrayList<>();
    private ChipServer server;

    @BeforeEach
    void start() throws IOException {
        server = ChipServer.start(
                ScriptedSource.each(ScriptedLink::new),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerOptions.defaults()
                        .withClock(clock)
                        .withLimits(ServerLimits.defaults().withSessions(SESSIONS)));
    }

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.close();
    }

    private ManagedChannel channel() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        channels.add(channel);
        return channel;
    }

    /** Opens sessions until one is refused; how many there were. */
    private int openAll(ManagedChannel channel, String user) {
        ChipServiceGrpc.ChipServiceBlockingStub calls = ChipServiceGrpc.newBlockingStub(channel);
        for (int opened = 0; ; opened++) {
            try {
                sessions.add(open(calls, user));
            } catch (StatusRuntimeException e) {
                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(e).hasMessageContaining("open sessions of the");
                assertThat(e.getTrailers().keys()).as("typed detail").isNotEmpty();
                return opened;
            }
        }
    }

    private static String open(ChipServiceGrpc.ChipServiceBlockingStub calls, String user) {
        return calls.openSession(OpenSessionRequest.newBuilder()
                        .setProtocolVersion(WireTargets.PROTOCOL)
                        .setUser(user)
                        .build())
                .getSessionId();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName(
            "a user who opens sessions until he is refused leaves room for ten others, and his room is free within 10 s of"
                    + " the end of his connections")
    void leavesRoom() {
        int taken = 0;
        int more;
        do {
            // another connection for the next ones
            more = openAll(channel(), "greedy");
            taken += more;
        } while (more > 0);

        assertThat(taken).isEqualTo(SESSIONS / 4);
        for (int other = 0; other < 10; other++) {
            open(ChipServiceGrpc.newBlockingStub(channel()), "other-" + other);
        }

        channels.subList(0, channels.size() - 10).forEach(ManagedChannel::shutdownNow);
        await(() -> sessions.stream().noneMatch(server::isConnected));
        clock.advance(Duration.ofSeconds(10));
        await(() -> server.openSessions() == 10);
        assertThat(openAll(channel(), "greedy")).isPositive();
    }

    @Test
    @DisplayName("one connection that states many names has no more than its share")
    void sharesOfAConnection() {
        ChipServiceGrpc.ChipServiceBlockingStub calls = ChipServiceGrpc.newBlockingStub(channel());
        int most = ServerLimits.defaults().withSessions(SESSIONS).sessionsOfConnection();
        for (int i = 0; i < most; i++) {
            open(calls, "name-" + i);
        }

        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> open(calls, "one-more"));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refusal).hasMessageContaining("open sessions of the connection");
    }

    @Test
    @DisplayName("a session in which something ran stays as long as before")
    void usedSessionsStay() {
        TransferClient used = TransferClient.open(server.port(), "ada");
        assertThat(used.executing(
                                UUID.randomUUID(),
                                PlaybackProgram.builder().write(0x10, 1).done())
                        .all())
                .isNotEmpty();
        TransferClient unused = TransferClient.open(server.port(), "bob");
        String session = used.session();
        String other = unused.session();
        unused.close();
        used.close();
        await(() -> !server.isConnected(session) && !server.isConnected(other));
        clock.advance(Duration.ofSeconds(10));
        await(() -> server.openSessions() == 1);
        assertThat(server.isConnected(session)).isFalse();
        assertThatThrownBy(() -> server.isConnected(other)).hasMessageContaining("not known here");
    }

    @Test
    @DisplayName("shares: a quarter for one, all for all, and what is given back counts no more")
    void shares() {
        UserShares shares = new UserShares("things", 8);
        Runnable first = shares.take("a");
        shares.take("a");
        assertThatThrownBy(() -> shares.take("a")).isInstanceOf(TargetUnavailableException.class);
        for (String user : new String[] {"b", "b", "c", "c", "d", "d"}) {
            shares.take(user);
        }
        assertThatThrownBy(() -> shares.take("e")).hasMessageContaining("things of all users");
        first.run();
        first.run();
        shares.take("a");
        assertThatThrownBy(() -> shares.take("e")).hasMessageContaining("things of all users");
    }
}
