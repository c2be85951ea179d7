package firstspike.driver.server;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.ScriptedSource;
import firstspike.driver.link.TestClock;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.ListTargetsRequest;
import firstspike.proto.chip.v1.ListTargetsResponse;
import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TrafficTest {

    @Test
    void countsConnectionsCallsAndBytesOfAServer() throws Exception {
        ScriptedSource chips = ScriptedSource.each(() -> new ScriptedLink(TestClock.stopped()));
        ChipServer server = ChipServer.start(
                chips, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerOptions.defaults());
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        ListTargetsRequest request = ListTargetsRequest.newBuilder()
                .setProtocolVersion(firstspike.driver.remote.WireTargets.PROTOCOL)
                .build();
        ListTargetsResponse answer = ChipServiceGrpc.newBlockingStub(channel).listTargets(request);

        assertThat(server.traffic().acceptedConnections()).isOne();
        assertThat(server.traffic().openConnections()).isOne();
        assertThat(server.traffic().receivedBytes()).isEqualTo(request.getSerializedSize());
        assertThat(server.traffic().sentBytes()).isEqualTo(answer.getSerializedSize());
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.close();

        assertThat(server.traffic().openConnections()).isZero();
        assertThat(server.traffic().openCalls()).isZero();
        assertThat(server.traffic().endedCalls())
                .isEqualTo(Map.of(new Traffic.Ended("ListTargets", Status.Code.OK), 1L));
    }

    @Test
    void namesThatStrangersChooseDoNotMultiplyTheCounters() {
        Traffic traffic = new Traffic();
        for (int i = 0; i < 100; i++) {
            ServerStreamTracer call = traffic.calls().newServerStreamTracer("forged/Name" + i, new Metadata());
            call.streamClosed(Status.UNIMPLEMENTED);
        }

        assertThat(traffic.endedCalls()).isEqualTo(Map.of(new Traffic.Ended("other", Status.Code.UNIMPLEMENTED), 100L));
    }

    @Test
    void aTransportThatNeverBecameReadyIsNoConnection() {
        Traffic traffic = new Traffic();
        traffic.connections().transportTerminated(null);
        assertThat(traffic.openConnections()).isZero();

        traffic.connections().transportReady(Attributes.EMPTY);
        assertThat(traffic.openConnections()).isOne();
        traffic.connections().transportTerminated(Attributes.EMPTY);
        assertThat(traffic.openConnections()).isZero();
    }
}
