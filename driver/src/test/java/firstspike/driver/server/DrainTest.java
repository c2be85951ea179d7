package firstspike.driver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.Submission;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.TestClock;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.remote.ChipActivity;
import firstspike.driver.remote.GrpcProvider;
import firstspike.driver.remote.RemoteServer;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What others see of a server that was asked to stop while a program runs. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class DrainTest {

    private static final ChipId CHIP = new ChipId("mock");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TestClock clock = TestClock.stopped();
    private final ScriptedLink chip = new ScriptedLink(clock);

    @Test
    @DisplayName("A draining server says so of each chip, takes nothing new, and ends when what runs has ended")
    void drains() throws Exception {
        chip.delay(Duration.ofMinutes(10));
        ChipServer server = ChipServer.start(
                ScriptedSource.of(chip),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerOptions.defaults().withLimits(ServerLimits.defaults().withDrain(Duration.ofHours(24))));
        String uri = "grpc://127.0.0.1:" + server.port();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        LinkOptions options = LinkOptions.defaults().withPatience(PATIENCE, PATIENCE);
        PlaybackProgram program = PlaybackProgram.builder().write(0x10, 1).done();
        try (ChipSource source = new GrpcProvider().source(TargetUri.parse(uri), options);
                ChipLink link = source.open(CHIP, options)) {
            assertThat(health(channel, "mock")).isEqualTo(ServingStatus.SERVING);
            Submission running = link.submit(program, RunOptions.defaults());
            clock.awaitPausing(1);
            Thread closing = new Thread(server::close);
            closing.start();
            while (!server.isDraining()) {
                Thread.onSpinWait();
            }

            assertThat(health(channel, "mock")).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(health(channel, "")).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(RemoteServer.of(uri, PATIENCE).report().chips())
                    .singleElement()
                    .satisfies(
                            served -> assertThat(served.activity().orElseThrow().health())
                                    .isEqualTo(ChipActivity.Health.DRAINING));
            assertThatThrownBy(() -> source.open(CHIP, options))
                    .isInstanceOfSatisfying(
                            ChipBusyException.class,
                            e -> assertThat(e.detail().fields()).containsEntry("reason", "DRAINING"));
            clock.advance(Duration.ofMinutes(10));

            assertThat(running.result(Duration.ofSeconds(20))).isNotNull();
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
            closing.join();
        }
        assertThat(server.totals().programsDone()).isOne();
        assertThat(server.totals().programsFailed()).isZero();
        assertThat(chip.isClosed()).isTrue();
    }

    private static ServingStatus health(ManagedChannel channel, String name) {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.newBuilder().setService(name).build())
                .getStatus();
    }
}
