package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.link.TargetUri;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.remote.GrpcProvider;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Snapshots of virtual chips behind a server. */
class ServedSnapshotTest {

    private static final String TARGET = "emu:varied?seed=3&mismatch=residual";

    private ChipServer server;
    private ChipSource source;

    @BeforeEach
    void start() throws Exception {
        server = ChipServer.start(
                EmulatorSource.of(TARGET),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerOptions.defaults());
        source =
                new GrpcProvider().source(TargetUri.parse("grpc://127.0.0.1:" + server.port()), LinkOptions.defaults());
    }

    @AfterEach
    void stop() {
        source.close();
        server.close();
    }

    private ChipLink open(LinkOptions options) {
        return source.open(source.chips().get(0).chipId(), options);
    }

    @Test
    @DisplayName("T219 snapshot, run A, restore, run A over the wire: byte-identical spikes, by session")
    void snapshotAndRestore() {
        PlaybackProgram program = TwoNeurons.stimulus(4);
        try (ChipLink chip = open(LinkOptions.defaults());
                ChipLink other = open(LinkOptions.defaults())) {
            chip.run(Bench.initialisation(InitialisationOptions.standard()), RunOptions.forSetup());
            chip.run(TwoNeurons.configuration(), RunOptions.forSetup());
            String id = chip.snapshot();
            SpikeColumns first = chip.run(program, RunOptions.defaults()).spikes();
            chip.run(PlaybackProgram.builder().write(0x8000_0000, 2).done(), RunOptions.defaults());

            chip.restore(id);

            assertThat(first.size()).isPositive();
            assertThat(chip.run(program, RunOptions.defaults()).spikes()).isEqualTo(first);
            assertThatThrownBy(() -> other.restore(id))
                    .isInstanceOf(ProgramRejectedException.class)
                    .returns("ILLEGAL_SNAPSHOT", error -> ((ChipException) error).code());
        }
    }

    @Test
    @DisplayName("A chip that several sessions share has no snapshots: they would capture what belongs to others")
    void shared() {
        try (ChipLink chip = open(LinkOptions.defaults().withShared("lab"))) {
            assertThatThrownBy(chip::snapshot)
                    .isInstanceOf(UnsupportedOnTargetException.class)
                    .hasMessageContaining("shared");
        }
    }
}
