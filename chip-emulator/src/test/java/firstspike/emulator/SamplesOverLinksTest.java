package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.SynapseRow;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.TargetUri;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.register.CadcRowRead;
import firstspike.driver.remote.GrpcProvider;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One program that records a membrane and reads the CADC, in process and through both wires. */
class SamplesOverLinksTest {

    private static final String TARGET = "emu:nominal?seed=4";
    private static final List<PlaybackProgram> SETUP = List.of(
            Bench.initialisation(InitialisationOptions.standard()),
            TwoNeurons.configuration(),
            ReadoutSetup.configuration());
    private static final PlaybackProgram RECORDING = recording();

    private static RunResult inProcess;

    private static PlaybackProgram recording() {
        PlaybackProgramBuilder program =
                ReadoutSetup.woken().write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.START | ReadoutSetup.CONTINUOUS);
        for (int spike = 0; spike < 5; spike++) {
            program.spike(TwoNeurons.INPUT).pause(60);
        }
        program.read(CadcRowRead.addresses(Hemisphere.TOP, SynapseRow.of(0)), CadcRowRead::samples);
        return program.barrier(Barrier.OMNIBUS)
                .write(ReadoutSetup.MADC_CONTROL, ReadoutSetup.STOP)
                .settle(1000)
                .done();
    }

    @BeforeAll
    static void runInProcess() {
        try (ChipLink chip = EmulatedChip.open(TARGET)) {
            inProcess = run(chip);
        }
        assertThat(inProcess.samples().size()).isGreaterThan(100);
        assertThat(inProcess.spikes().size()).isPositive();
    }

    private static RunResult run(ChipLink chip) {
        SETUP.forEach(program -> chip.run(program, RunOptions.forSetup()));
        return chip.run(RECORDING, RunOptions.defaults());
    }

    private static void assertSame(RunResult result) {
        assertThat(result.samples()).isEqualTo(inProcess.samples());
        assertThat(result.spikes()).isEqualTo(inProcess.spikes());
        assertThat(result.values(ResponseKind.OMNIBUS)).isEqualTo(inProcess.values(ResponseKind.OMNIBUS));
        assertThat(result.times(ResponseKind.OMNIBUS)).isEqualTo(inProcess.times(ResponseKind.OMNIBUS));
    }

    @Test
    @DisplayName("7.1 samples and conversions through gRPC are those of a run in process")
    void throughGrpc() throws Exception {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ChipServer server = ChipServer.start(EmulatorSource.of(TARGET), anyPort, ServerOptions.defaults());
                ChipSource source = new GrpcProvider()
                        .source(TargetUri.parse("grpc://127.0.0.1:" + server.port()), LinkOptions.defaults());
                ChipLink chip = source.open(source.chips().get(0).chipId(), LinkOptions.defaults())) {
            assertSame(run(chip));
        }
    }

    @Test
    @DisplayName("7.1 samples and conversions through HostARQ are those of a run in process")
    void throughHostArq() {
        try (FpgaServer fpga = UdpHost.fpga(TARGET);
                UdpHost host = new UdpHost(fpga)) {
            SETUP.forEach(host::run);
            RunResult.Builder result = RunResult.builder();
            host.run(RECORDING).fill(result);
            assertSame(result.build());
        }
    }
}
