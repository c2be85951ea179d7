package firstspike.driver.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.CadcChannel;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.SynapseRow;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadoutRegistersTest {

    private static ContainerValues defaults(Container container) {
        return container.layout().defaults();
    }

    @Test
    @DisplayName("R094 CADCConfig default")
    void defaultsCadc() {
        assertThat(defaults(Container.CADC_CONFIG).words()).containsExactly(0x0001_4640);
    }

    @Test
    @DisplayName("R095 addresses of CADC channels")
    void placesChannels() {
        assertThat(channel(Hemisphere.TOP, CadcChannel.Type.CAUSAL, 0)).isEqualTo(0x0240_0800);
        assertThat(channel(Hemisphere.TOP, CadcChannel.Type.CAUSAL, 128)).isEqualTo(0x0240_0000);
        assertThat(channel(Hemisphere.TOP, CadcChannel.Type.ACAUSAL, 127)).isEqualTo(0x0240_08FF);
        assertThat(channel(Hemisphere.BOTTOM, CadcChannel.Type.ACAUSAL, 255)).isEqualTo(0x0340_00FF);
    }

    private static int channel(Hemisphere hemisphere, CadcChannel.Type type, int column) {
        CadcChannel channel = new CadcChannel(hemisphere, type, NeuronColumn.of(column));
        return Container.CADC_CHANNEL_CONFIG.layout().writeAddresses(channel.index())[0];
    }

    @Test
    @DisplayName("R096 CADC offset is stored plus 128")
    void storesOffset() {
        int[][] pairs = {{-128, 0x00}, {0, 0x80}, {127, 0xFF}};
        for (int[] pair : pairs) {
            assertThat(defaults(Container.CADC_CHANNEL_CONFIG)
                            .with("offset", pair[0])
                            .words())
                    .containsExactly(pair[1]);
        }
    }

    @Test
    @DisplayName("R097 CADCSampleQuad word 0x0102_03FF")
    void decodesSamples() {
        assertThat(Container.CADC_SAMPLE_QUAD
                        .layout()
                        .decode(new int[] {0x0102_03FF})
                        .toMap())
                .containsEntry("samples", List.of(1L, 2L, 3L, 255L));
    }

    @Test
    @DisplayName("R098 reading one row emits 129 reads")
    void readsRow() {
        int[] expected = IntStream.concat(
                        IntStream.concat(IntStream.of(0x02C8_0000), IntStream.range(0x02E8_0001, 0x02E8_0040)),
                        IntStream.concat(IntStream.range(0x02EC_0000, 0x02EC_0040), IntStream.of(0x02E8_0000)))
                .toArray();
        assertThat(CadcRowRead.addresses(Hemisphere.TOP, SynapseRow.of(0))).containsExactly(expected);
        assertThat(CadcRowRead.addresses(Hemisphere.BOTTOM, SynapseRow.of(1))[0])
                .isEqualTo(0x03C8_0040);
    }

    @Test
    @DisplayName("R098 samples of a row stand by column, and the triggering word is not used")
    void ordersSamples() {
        int[] words = new int[CadcRowRead.READS];
        Arrays.fill(words, 0);
        words[0] = 0xDEAD_BEEF;
        words[128] = 0x0A0B_0C0D;
        words[32] = 0x1111_1111;
        words[64 + 63] = 0x0000_00FE;
        short[] samples = CadcRowRead.samples(words);
        assertThat(samples[0]).isEqualTo((short) 10);
        assertThat(samples[2]).isEqualTo((short) 11);
        assertThat(samples[6]).isEqualTo((short) 13);
        assertThat(samples[1]).isEqualTo((short) 0x11);
        assertThat(samples[256 + 255]).isEqualTo((short) 0xFE);
        assertThatThrownBy(() -> CadcRowRead.samples(new int[128])).hasMessageContaining("129");
    }

    @Test
    @DisplayName("R098 a row is not read in auto-calibrating reset mode, where hardware hangs")
    void refusesToHang() {
        ContainerValues auto = defaults(Container.COMMON_CORRELATION_CONFIG).with("reset_mode", 1);
        int[] addresses = Container.COMMON_CORRELATION_CONFIG.layout().writeAddresses(0);
        int[] top = CadcRowRead.addresses(Hemisphere.TOP, SynapseRow.of(7));
        int[] bottom = CadcRowRead.addresses(Hemisphere.BOTTOM, SynapseRow.of(7));
        PlaybackProgramBuilder program = PlaybackProgram.builder().write(addresses, auto.words());
        assertThatThrownBy(() -> program.read(top, CadcRowRead::samples))
                .isInstanceOf(UnsupportedOnTargetException.class)
                .hasMessageContaining("auto-calibrating");
        program.read(bottom, CadcRowRead::samples);
        program.write(addresses, defaults(Container.COMMON_CORRELATION_CONFIG).words());
        program.read(top, CadcRowRead::samples);
    }

    @Test
    @DisplayName("R103 CommonCorrelationConfig")
    void encodesCorrelation() {
        ContainerValues defaults = defaults(Container.COMMON_CORRELATION_CONFIG);
        assertThat(defaults.words()).containsExactly(1, 0xC8, 5, 0);
        assertThat(defaults.with("cadc_v_offset_assignment", 0, 1)
                        .with("cadc_v_offset_assignment", 1, 0)
                        .words()[3])
                .isEqualTo(0x6);
    }

    @Test
    @DisplayName("R104 MADCConfig default words")
    void defaultsMadc() {
        assertThat(defaults(Container.MADC_CONFIG).words())
                .containsExactly(0x3500, 0xC060, 0, 0, 0x103, 0x1C9, 1, 0xF9, 0, 0x51);
    }

    @Test
    @DisplayName("R105 sample rate of the MADC")
    void computesSampleRate() {
        ContainerValues madc = defaults(Container.MADC_CONFIG);
        assertThat(rate(madc)).isCloseTo(29_411_764.7, within(0.05));
        assertThat(rate(madc.with("enable_madc_clock_scaling", true).with("madc_clock_scale_value", 1)))
                .isCloseTo(7_352_941.2, within(0.05));
        assertThat(rate(madc.with("sample_duration_adjust", 0))).isCloseTo(41_666_666.7, within(0.05));
    }

    private static double rate(ContainerValues madc) {
        return MadcSampleRate.of(madc, MadcSampleRate.CLOCK_HZ).hertz();
    }

    @Test
    @DisplayName("R106 MADCControl")
    void encodesMadcControl() {
        ContainerValues powered = defaults(Container.MADC_CONTROL).with("enable_pre_amplifier", true);
        assertThat(powered.with("wake_up", true).words()).containsExactly(0x21);
        assertThat(powered.with("start_recording", true).words()).containsExactly(0x22);
    }

    @Test
    @DisplayName("R111 ReadoutSourceSelection")
    void encodesReadoutSource() {
        assertThat(defaults(Container.READOUT_SOURCE_SELECTION)
                        .with("buffer[0].neuron_even[0]", true)
                        .with("enable_buffer_to_pad[0]", true)
                        .words())
                .containsExactly(0x0400, 0x4000);
    }

    @Test
    @DisplayName("R112 PadMultiplexerConfig of pad 1")
    void placesPads() {
        assertThat(Container.PAD_MULTIPLEXER_CONFIG.layout().writeAddresses(1))
                .containsExactly(0x000C_0010, 0x000C_0011);
    }

    @Test
    @DisplayName("R113 CurrentDAC with thermometer code")
    void encodesCurrentDac() {
        ContainerLayout layout = Container.CURRENT_DAC.layout();
        ContainerValues dac = layout.defaults().with("current", 200).with("enable_current", true);
        assertThat(dac.words()).containsExactly(0x0788);
        assertThat(layout.decode(dac.words())).isEqualTo(dac);
        assertThat(layout.defaults().with("current", 255).words()[0] >> 8 & 0x7).isEqualTo(0b111);
        assertThat(layout.decode(new int[] {0b100 << 8}).value("current"))
                .as("highest bit")
                .isEqualTo(192);
        for (int current = 0; current < 256; current++) {
            ContainerValues values = layout.defaults().with("current", current);
            assertThat(layout.decode(values.words())).isEqualTo(values);
        }
    }
}
