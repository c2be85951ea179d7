package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.fpga.FpgaOptions;
import firstspike.driver.fpga.FpgaSource;
import firstspike.driver.hostarq.FaultInjector;
import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.hostarq.Impairments;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.TimeBase;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.playback.Ticket;
import firstspike.driver.remote.GrpcProvider;
import firstspike.driver.server.ChipServer;
import firstspike.driver.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The same programs in process and through HostARQ over UDP: the same answers, as far as absolute times go. */
class FpgaLinkTest {

    private static final String TARGET = "emu:nominal?seed=3";

    private FpgaServer fpga;
    private FpgaSource source;
    private ChipLink wire;

    @BeforeEach
    void open() {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        fpga = FpgaServer.start(TARGET, anyPort, OptionalInt.empty(), 1);
        source = FpgaSource.of(
                uri(new HostArqAddress("127.0.0.1", fpga.dataPort(), fpga.resetPort())), FpgaOptions.defaults());
        wire = source.open(source.chips().get(0).chipId(), LinkOptions.defaults());
    }

    @AfterEach
    void close() {
        wire.close();
        source.close();
        fpga.close();
    }

    @Test
    @DisplayName(
            "W115 the description over the wire gives target, fidelity, calibration and latencies of the chip in process")
    void description() {
        try (ChipLink inProcess = EmulatedChip.open(TARGET)) {
            ChipDescription expected = inProcess.describe();
            ChipDescription found = wire.describe();

            assertThat(found.kind()).isEqualTo(expected.kind());
            assertThat(found.target()).isEqualTo(expected.target());
            assertThat(found.chipId()).isEqualTo(expected.chipId());
            assertThat(found.fidelity()).isEqualTo(expected.fidelity());
            assertThat(found.needsCalibration()).isEqualTo(expected.needsCalibration());
            assertThat(found.inputLatencyTicks()).isEqualTo(expected.inputLatencyTicks());
            assertThat(found.outputLatencyTicks()).isEqualTo(expected.outputLatencyTicks());
            assertThat(found.chipRevision()).isEqualTo(expected.chipRevision());
            assertThat(found.softwareVersion()).isEqualTo(expected.softwareVersion());
            assertThat(found.properties())
                    .containsEntry("device_dna", expected.properties().get("device_dna"))
                    .containsEntry("jtag_id", "0x348580af");
        }
    }

    @Test
    @DisplayName("Spikes, markers and counters of a network are those in process, relative to the first marker")
    void sameResult() {
        try (ChipLink inProcess = EmulatedChip.open(TARGET)) {
            Observed expected = observe(inProcess);
            Observed found = observe(wire);

            assertThat(expected.spikes()).hasSizeGreaterThan(10);
            assertThat(found.spikes()).isEqualTo(expected.spikes());
            assertThat(found.markers()).isEqualTo(expected.markers());
            assertThat(found.result().timeBase()).isEqualTo(TimeBase.SYNCED);
            SortedMap<String, Long> counters =
                    withoutLink(found.result().health().counters());
            assertThat(expected.result().health().counters()).containsAllEntriesOf(counters);
            assertThat(counters)
                    .containsKeys(
                            HealthKeys.CROSSBAR_INPUT_DROPS + "0",
                            HealthKeys.CROSSBAR_OUTPUT_EVENTS + "11",
                            HealthKeys.DROPPED_CROSSBAR,
                            HealthKeys.PACKS_OF + "3");
            assertThat(found.result().health().count(HealthKeys.LINK_LINKS_UP)).isEqualTo(8);
            assertThat(found.result().health().lossFree()).isTrue();
        }
    }

    @Test
    @DisplayName("J38 through gRPC, bridge and a bad network: the spikes and counters of the chip in process")
    void sameResultThroughEverything() throws IOException {
        Impairments bad = Impairments.none().withLoss(0.1).withDuplication(0.05).withReordering(0.05, 1_000_000);
        HostArqAddress behind = new HostArqAddress("127.0.0.1", fpga.dataPort(), fpga.resetPort());
        source.close();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (FaultInjector network = FaultInjector.before(behind, bad, 38);
                FpgaSource impaired = FpgaSource.of(uri(network.address()), FpgaOptions.defaults());
                ChipServer bridge = ChipServer.start(impaired, anyPort, ServerOptions.defaults());
                ChipSource remote = new GrpcProvider()
                        .source(TargetUri.parse("grpc://127.0.0.1:" + bridge.port()), LinkOptions.defaults());
                ChipLink chip = remote.open(remote.chips().get(0).chipId(), LinkOptions.defaults());
                ChipLink inProcess = EmulatedChip.open(TARGET)) {
            Observed expected = observe(inProcess);
            Observed found = observe(chip);

            assertThat(found.spikes()).isEqualTo(expected.spikes());
            assertThat(found.markers()).isEqualTo(expected.markers());
            assertThat(expected.result().health().counters())
                    .containsAllEntriesOf(withoutLink(found.result().health().counters()));
            assertThat(network.toFpga().lost() + network.toHost().lost()).isPositive();
            assertThat(chip.describe().fidelity()).isEqualTo("nominal");
            assertThat(chip.describe().kind()).isEqualTo(ChipDescription.Kind.EMULATOR);
        }
    }

    private static String uri(HostArqAddress address) {
        return "fpga://" + address.host() + ":" + address.dataPort() + "?reset_port=" + address.resetPort();
    }

    private static SortedMap<String, Long> withoutLink(Map<String, Long> counters) {
        SortedMap<String, Long> rest = new TreeMap<>(counters);
        rest.keySet().removeIf(key -> key.startsWith("link."));
        return rest;
    }

    private static Observed observe(ChipLink chip) {
        PlaybackProgramBuilder init = PlaybackProgram.builder();
        InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), init);
        RunResult set = chip.run(init.done(), RunOptions.forSetup());
        assertThat(set.notifications()).hasSize(8);
        chip.run(TwoNeurons.configuration(), RunOptions.forSetup());
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        builder.timerReset();
        Ticket<PlaybackProgramBuilder.Marker> first = builder.marker();
        RunResult result = chip.run(TwoNeurons.stimulus(builder, 5), RunOptions.defaults());
        long zero = result.fpgaTime(first);
        List<String> spikes = new ArrayList<>();
        SpikeColumns columns = result.spikes();
        for (int i = 0; i < columns.size(); i++) {
            spikes.add(columns.label(i) + "," + (columns.chipTime(i) - zero) + "," + (columns.fpgaTime(i) - zero));
        }
        List<Long> markers = new ArrayList<>();
        for (long time : result.times(ResponseKind.LOOPBACK)) {
            markers.add(time - zero);
        }
        return new Observed(result, spikes, markers);
    }

    private record Observed(RunResult result, List<String> spikes, List<Long> markers) {}
}
