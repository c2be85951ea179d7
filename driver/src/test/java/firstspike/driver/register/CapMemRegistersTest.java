package firstspike.driver.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.CapMemCell;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CapMemRegistersTest {

    private static int address(CapMemCell cell) {
        return new CapMemCellValue(cell, 0).writeAddresses()[0];
    }

    @Test
    @DisplayName("R084 addresses of CapMem cells")
    void placesCells() {
        assertThat(address(AtomicNeuron.of(0).capMemCell(NeuronParameter.V_THRESHOLD)))
                .isEqualTo(0x0014_0002);
        assertThat(address(new CapMemCell(Quadrant.BOTTOM_EAST, 127, 23))).isEqualTo(0x0015_8FF7);
        assertThat(address(QuadrantParameter.SYN_I_BIAS_DAC.cell(Quadrant.TOP_EAST)))
                .isEqualTo(0x0014_9008);
        assertThat(address(QuadrantParameter.NEURON_I_BIAS_SYNIN_DROP.cell(Quadrant.TOP_WEST)))
                .isEqualTo(0x0014_1037);
    }

    @Test
    @DisplayName("R085 values encode to themselves, disabled refresh to 0x3FF, 1023 as a value is refused")
    void encodesValues() {
        CapMemCell cell = CapMemCell.of(5);
        for (int value = 0; value <= 1022; value++) {
            assertThat(new CapMemCellValue(cell, value).words()).containsExactly(value);
        }
        assertThat(CapMemCellValue.refreshDisabled(cell).words()).containsExactly(0x3FF);
        assertThatThrownBy(() -> Container.CAPMEM_CELL.layout().defaults().with("value", 1023))
                .hasMessageContaining("0..1022 or \"disable_refresh\"");
        assertThatThrownBy(() -> new CapMemCellValue(cell, 1024)).hasMessageContaining("1024");
    }

    @Test
    @DisplayName("R086 decode masks the word")
    void decodesMasked() {
        ContainerLayout layout = Container.CAPMEM_CELL.layout();
        assertThat(layout.decode(new int[] {0xFFFF_FFFF}).toMap()).containsEntry("value", "disable_refresh");
        assertThat(layout.decode(new int[] {0x0000_0400}).toMap()).containsEntry("value", 0L);
    }

    @Test
    @DisplayName("R088 CapMemBlockConfig default and debug readout")
    void encodesBlockConfig() {
        ContainerValues defaults = Container.CAPMEM_BLOCK_CONFIG.layout().defaults();
        assertThat(defaults.words()).containsExactly(0, 0, 0, 0x7337, 8, 0, 0x0331_0010, 0x0004_0007, 0, 0x1FA0);
        int[] words = defaults.with("debug_readout_enable", true)
                .with("debug_capmem_coord", 5)
                .words();
        assertThat(words[0]).isEqualTo(0x0080_0000);
        assertThat(words[1]).isEqualTo(5);

        words[0] |= 1 << 3;
        ContainerValues read = Container.CAPMEM_BLOCK_CONFIG.layout().decode(words);
        assertThat(read.value("debug_capmem_coord"))
                .as("the highest hot bit decides")
                .isEqualTo(5);
        words[1] = 130;
        assertThatThrownBy(() -> Container.CAPMEM_BLOCK_CONFIG.layout().decode(words, 1))
                .hasMessageContaining("debug_capmem_coord")
                .hasMessageContaining("0x0014C000");
    }

    @Test
    @DisplayName("R089 prescale_pause 7 is refused on set and on decode")
    void refusesPrescaler() {
        ContainerLayout layout = Container.CAPMEM_BLOCK_CONFIG.layout();
        assertThatThrownBy(() -> layout.defaults().with("prescale_pause", 7)).hasMessageContaining("0..6");
        int[] words = layout.defaults().words();
        for (int code = 7; code < 16; code++) {
            words[6] = words[6] & ~(0xF << 24) | code << 24;
            assertThatThrownBy(() -> layout.decode(words, 2))
                    .hasMessageContaining("CapMemBlockConfig.prescale_pause at 0x00154000")
                    .hasMessageContaining(String.format("0x%08X", words[6]))
                    .hasMessageContaining("0..6");
        }
    }

    @Test
    @DisplayName("R090 CapMemSRAMTimingConfig is stored as inverse Gray code")
    void encodesTiming() {
        ContainerLayout layout = Container.CAPMEM_SRAM_TIMING_CONFIG.layout();
        assertThat(layout.defaults().words()).containsExactly(0x0F, 0x1E);
        assertThat(layout.defaults().with("read_delay", 255).words()[0]).isEqualTo(0xAA);
        for (int delay = 0; delay < 256; delay++) {
            ContainerValues values = layout.defaults().with("read_delay", delay);
            assertThat(layout.decode(values.words())).isEqualTo(values);
        }
    }

    @Test
    @DisplayName("R091 ReferenceGeneratorConfig")
    void encodesReference() {
        assertThat(ReferenceGeneratorConfig.defaults().words())
                .containsExactly(0x1000, 0x280, 0x28, 0xA28, 0xA28, 0x41, 0x41, 0x2CB, 0x2CB);
        assertThat(ReferenceGeneratorConfig.defaults().withReset(true).words()[0])
                .isEqualTo(0x9000);
    }
}
