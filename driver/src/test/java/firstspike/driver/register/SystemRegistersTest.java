package firstspike.driver.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SystemRegistersTest {

    private static ContainerValues defaults(Container container) {
        return container.layout().defaults();
    }

    @Test
    @DisplayName("R115 ADPLL default words and frequencies")
    void defaultsClocks() {
        ContainerValues pll = defaults(Container.ADPLL);
        assertThat(pll.words()).containsExactly(0x2A20_A902, 0xC0CB_F200);
        assertThat(ClockFrequencies.of(pll)).isEqualTo(new ClockFrequencies(1e9, 500e6, 500e6, 250e6));
    }

    @Test
    @DisplayName("R116 core_div_m1 5 gives 100 MHz")
    void dividesCore() {
        assertThat(ClockFrequencies.of(defaults(Container.ADPLL).with("core_div_m1", 5))
                        .core1Hz())
                .isEqualTo(100e6);
    }

    @Test
    @DisplayName("R117 PLLClockOutputBlock")
    void encodesClockOutputs() {
        ContainerValues outputs = defaults(Container.PLL_CLOCK_OUTPUT_BLOCK);
        assertThat(outputs.words()).containsExactly(0x110D_0101);
        assertThat(outputs.with("spl1_source", 3).words()).containsExactly(0x910D_0101);
        assertThatThrownBy(() -> outputs.with("spl1_source", 2)).hasMessageContaining("[1, 3]");
    }

    @Test
    @DisplayName("R118 PHY configurations")
    void placesPhys() {
        assertThat(defaults(Container.PHY_CONFIG_FPGA).words()).containsExactly(0x0020_4040);
        assertThat(defaults(Container.PHY_CONFIG_CHIP).words()).containsExactly(0x0020_4000);
        int register = Container.PHY_CONFIG_CHIP.layout().writeAddresses(0)[0];
        assertThat(register).isEqualTo(7);
        assertThat(0x40 + 8 * register + 4).isEqualTo(0x7C);
    }

    @Test
    @DisplayName("R119 only PHY 0 enabled")
    void reversesPhyMask() {
        assertThat(onlyFirstPhy(Container.COMMON_PHY_CONFIG_CHIP)).containsExactly(0x80);
        assertThat(onlyFirstPhy(Container.COMMON_PHY_CONFIG_FPGA)).containsExactly(0x01);
    }

    private static int[] onlyFirstPhy(Container container) {
        ContainerValues values = defaults(container);
        for (int phy = 1; phy < 8; phy++) {
            values = values.with("enable_phy", phy, false);
        }
        return values.words();
    }

    @Test
    @DisplayName("R120 JTAG IDCODE")
    void decodesIdCode() {
        ContainerValues code = Container.JTAG_ID_CODE.layout().decode(new int[] {0x3485_80AF});
        assertThat(code.value("version")).isEqualTo(3);
        assertThat(code.value("part_number")).isEqualTo(0x4858);
        assertThat(code.value("manufacturer_id")).isEqualTo(0x057);
        assertThatThrownBy(() -> Container.JTAG_ID_CODE.layout().decode(new int[] {0x3485_80AE}))
                .hasMessageContaining("JTAGIdCode")
                .hasMessageContaining("0x348580AE");
    }

    @Test
    @DisplayName("R122 SystimeSyncBase")
    void splitsSystemTime() {
        assertThat(new SystimeSyncBase((1L << 43) - 1).words()).containsExactly(0xFFFF_FFFF, 0x0000_07FF);
        assertThatThrownBy(() -> new SystimeSyncBase(1L << 43)).hasMessageContaining("0..8796093022207");
    }

    @Test
    @DisplayName("R123 InstructionTimeoutConfig")
    void refusesNoTimeout() {
        assertThat(defaults(Container.INSTRUCTION_TIMEOUT_CONFIG).words()).containsExactly(0x0013_12D0);
        assertThat(InstructionTimeoutConfig.STANDARD.words()).containsExactly(0x0013_12D0);
        assertThatThrownBy(() -> new InstructionTimeoutConfig(0)).hasMessageContaining("1..4294967295");
        assertThatThrownBy(() -> new InstructionTimeoutConfig(1L << 32)).hasMessageContaining("4294967295");
    }

    @Test
    @DisplayName("R124 FPGADeviceDNA")
    void decodesDna() {
        ContainerLayout layout = Container.FPGA_DEVICE_DNA.layout();
        long all = (1L << 57) - 1;
        assertThat(layout.decode(new int[] {0x01FF_FFFF, -1}).value("value")).isEqualTo(all);
        assertThat(layout.decode(new int[] {-1, -1}).value("value")).isEqualTo(all);
    }

    @Test
    @DisplayName("R137 PPU program image")
    void packsPpuProgram() {
        assertThat(PpuProgram.words(new byte[] {1, 2, 3, 4, 5})).containsExactly(0x0102_0304, 0x0500_0000);
        assertThat(PpuProgram.words(new byte[0])).isEmpty();
        assertThat(PpuProgram.words(new byte[16384])).hasSize(4096);
        assertThatThrownBy(() -> PpuProgram.words(new byte[16385])).hasMessageContaining("16385");
    }

    @Test
    @DisplayName("R139 external PPU memory bytes")
    void placesExternalBytes() {
        ContainerLayout layout = Container.EXTERNAL_PPU_MEMORY_BYTE.layout();
        ContainerValues value = layout.defaults().with("value", 0xAB);
        assertThat(layout.encode(value, 0)).containsExactly(0xAB00_0000);
        assertThat(layout.byteEnables(0)).isEqualTo(0b1000);
        assertThat(layout.writeAddresses(0)).containsExactly(0x8000_0000);
        assertThat(layout.writeAddresses(5)).containsExactly(0x8000_0001);
        assertThat(layout.byteEnables(5)).isEqualTo(0b0100);
        assertThatThrownBy(() -> layout.encode(value)).hasMessageContaining("coordinate");
    }

    @Test
    @DisplayName("4.6 codes that a field cannot hold are refused, all other codes decode")
    void refusesIllegalCodes() {
        refuses(Container.CAPMEM_BLOCK_CONFIG, 2, 0x3, 0x3, "debug_v_ref_select");
        refuses(Container.CAPMEM_BLOCK_CONFIG, 5, 0x3, 0x3, "debug_i_out_select");
        refuses(Container.CAPMEM_BLOCK_CONFIG, 6, 0xF << 20, 7 << 20, "prescale_ramp");
        refuses(Container.ADPLL, 0, 0x1F, 0, "loop_filter_int");
        refuses(Container.ADPLL, 0, 0x1F << 15, 0, "core_div_m0");
        refuses(Container.ADPLL, 0, 0x3 << 25, 0, "pre_div_p0");
        refuses(Container.SPIKE_IO_CONFIG, 0, 0xFFFF, 0, "data_rate_scaler");
        refuses(Container.PLL_CLOCK_OUTPUT_BLOCK, 0, 0x18, 0x18, "clock_output[0].select_adpll_output");
    }

    private static void refuses(Container container, int word, int mask, int code, String field) {
        int[] words = defaults(container).words();
        words[word] = words[word] & ~mask | code;
        assertThatThrownBy(() -> container.layout().decode(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(container.title() + "." + field)
                .hasMessageContaining(String.format("0x%08X", container.layout().address(0, 0)))
                .hasMessageContaining(String.format("0x%08X", words[word]));
    }

    @Test
    @DisplayName("polling block: address, target, mask")
    void encodesPolling() {
        PollingOmnibusBlockConfig polling = new PollingOmnibusBlockConfig(0x8800_0005, 1, 0xFFFF_FFFF);
        assertThat(polling.words()).containsExactly(0x8800_0005, 1, 0xFFFF_FFFF);
        assertThat(polling.writeAddresses()).containsExactly(0x8800_0006, 0x8800_0007, 0x8800_0008);
        assertThat(new EventRecordingConfig(true).words()).containsExactly(1);
    }
}
