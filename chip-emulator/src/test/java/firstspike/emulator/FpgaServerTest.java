package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An emulated FPGA on UDP ports, against this product's own client. */
class FpgaServerTest {

    private static final String RESIDUAL = "emu:varied?seed=7&mismatch=residual";

    @Test
    @DisplayName("W115 the information text says what stands behind the FPGA")
    void informationText() throws IOException {
        try (FpgaServer fpga = UdpHost.fpga(RESIDUAL);
                UdpHost host = new UdpHost(fpga);
                EmulatedChip chip = EmulatedChip.open(RESIDUAL)) {
            JsonNode text = new YAMLMapper().readTree(host.information());
            ChipDescription inProcess = chip.describe();

            assertThat(text.get("version").intValue()).isEqualTo(1);
            assertThat(text.get("compatible_until").intValue()).isEqualTo(2);
            JsonNode facts = text.get("firstspike");
            assertThat(facts.get("target").textValue()).isEqualTo(RESIDUAL);
            assertThat(facts.get("chip_id").textValue())
                    .isEqualTo(inProcess.chipId().value());
            assertThat(facts.get("fidelity").textValue()).isEqualTo("varied");
            assertThat(facts.get("needs_calibration").booleanValue()).isFalse();
            assertThat(facts.get("latency_input_ticks").longValue())
                    .isEqualTo(inProcess.inputLatencyTicks().orElseThrow());
            assertThat(facts.get("latency_output_ticks").longValue())
                    .isEqualTo(inProcess.outputLatencyTicks().orElseThrow());
            assertThat(facts.get("software").textValue()).isEqualTo(inProcess.softwareVersion());
        }
    }

    @Test
    @DisplayName("W112 the vendor's test program over UDP: 2000 ticks, one answer, one halt")
    void vendorsProgram() {
        try (FpgaServer fpga = UdpHost.fpga("emu:nominal");
                UdpHost host = new UdpHost(fpga)) {
            PlaybackProgramBuilder builder = PlaybackProgram.builder()
                    .chipReset(true)
                    .timerReset()
                    .waitUntil(10)
                    .chipReset(false)
                    .waitUntil(100);
            for (int i = 0; i < 2000; i++) {
                builder.marker();
            }
            builder.read(Bench.TIMER);

            ResultAssembler result = host.run(builder.barrier(Barrier.OMNIBUS).done());

            assertThat(result.halted()).isTrue();
            assertThat(result.responses(ResponseKind.LOOPBACK)).isEqualTo(2000);
            assertThat(result.responses(ResponseKind.OMNIBUS)).isOne();
        }
    }

    @Test
    @DisplayName("Sessions one after another find the chip as it was, each with an empty playback memory")
    void sessionsOneAfterAnother() {
        try (FpgaServer fpga = UdpHost.fpga("emu:nominal")) {
            try (UdpHost host = new UdpHost(fpga)) {
                host.run(Bench.initialisation(InitialisationOptions.standard()));
                host.run(PlaybackProgram.builder().write(Bench.PPU_MEMORY, 42).done());
            }
            try (UdpHost host = new UdpHost(fpga)) {
                ResultAssembler result = host.run(
                        PlaybackProgram.ofWords(new long[] {ToFpga.omnibusRead(Bench.PPU_MEMORY), ToFpga.barrier(1)}));
                RunResult.Builder builder = RunResult.builder();
                result.fill(builder);
                assertThat(builder.build().values(ResponseKind.OMNIBUS)).containsExactly(42);
            }
        }
    }

    @Test
    @DisplayName("A big answer goes back while the host is slow to take it: nothing is lost")
    void bigAnswer() {
        int markers = 300_000;
        try (FpgaServer fpga = UdpHost.fpga("emu:nominal");
                UdpHost host = new UdpHost(fpga)) {
            ResultAssembler result = host.run(ProgramSource.of(markers, i -> ToFpga.tick()));
            assertThat(result.responses(ResponseKind.LOOPBACK)).isEqualTo(markers);
        }
    }

    @Test
    @DisplayName("Several chips do not fit behind an FPGA; a port that is taken is refused, and named")
    void refused() {
        assertThatThrownBy(() -> UdpHost.fpga("emu:nominal?chips=2"))
                .isInstanceOf(UnknownTargetException.class)
                .hasMessageContaining("chips=2");
        try (FpgaServer fpga = UdpHost.fpga("emu:nominal")) {
            InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), fpga.dataPort());
            assertThatThrownBy(() -> FpgaServer.start("emu:nominal", taken, OptionalInt.of(0), 1))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining(Integer.toString(fpga.dataPort()));
        }
    }
}
