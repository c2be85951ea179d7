package firstspike.driver.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BoardTest {

    @Test
    @DisplayName("R127 default ShiftRegister and its bytes")
    void sendsShiftRegister() {
        int word = Container.SHIFT_REGISTER.layout().defaults().words()[0];
        assertThat(word).isEqualTo(0xFF9C40);
        SpiTransfer transfer = SpiTransfer.shiftRegister(word);
        assertThat(transfer.words()).containsExactly(0xFF, 0x9C, 0x8000_0040);
        assertThat(transfer.addresses()).containsOnly(0x8800_7001);
    }

    @Test
    @DisplayName("R128 DAC 1 channel 1 value 2090, then LDAC")
    void sendsDacData() {
        SpiTransfer transfer = SpiTransfer.dacData(1, 1, 2090);
        assertThat(transfer.words()).containsExactly(0x18, 0x8000_002A);
        assertThat(transfer.addresses()).containsOnly(0x8800_7004);
        assertThat(SpiTransfer.updateOutputs(1).words()).containsExactly(0xA0, 0x8000_0002);
        assertThat(SpiTransfer.updateOutputs(0).addresses()).containsOnly(0x8800_7002);
        assertThatThrownBy(() -> SpiTransfer.dacData(2, 0, 0)).hasMessageContaining("0..1");
        assertThatThrownBy(() -> SpiTransfer.dacData(0, 8, 0)).hasMessageContaining("0..7");
        assertThatThrownBy(() -> SpiTransfer.dacData(0, 0, 4096)).hasMessageContaining("0..4095");
    }

    @Test
    @DisplayName("R129 DACControl with channel 0 off")
    void sendsDacControl() {
        ContainerValues control = Container.DAC_CONTROL.layout().defaults().with("enable_channel", 0, false);
        int[] words = control.words();
        assertThat(SpiTransfer.dacControl(0, SpiTransfer.GAIN_REFERENCE, words[0])
                        .words())
                .containsExactly(0x80, 0x8000_000C);
        assertThat(SpiTransfer.dacControl(0, SpiTransfer.POWER_DOWN, words[1]).words())
                .containsExactly(0xC0, 0x8000_0001);
    }

    @Test
    @DisplayName("R130 voltages of DAC channels")
    void convertsVolts() {
        assertThat(DacChannel.MUX_DAC_25.code(1.25)).isEqualTo(2047);
        assertThat(DacChannel.V_RESET.code(1.2)).isEqualTo(4095);
        assertThatThrownBy(() -> DacChannel.VDD12_ANALOG.code(1.2)).hasMessageContaining("vdd12_analog");
        assertThatThrownBy(() -> DacChannel.V_RESET.code(1.3)).hasMessageContaining("0..1.2 V");
        assertThatThrownBy(() -> DacChannel.V_RESET.code(Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    @DisplayName("R144 sensors")
    void decodesSensors() {
        SupplyReading reading = SupplyReading.decode(0x1770, 0x0100);
        assertThat(reading).isEqualTo(new SupplyReading(3000, 2560, false));
        assertThat(reading.milliwatts()).isCloseTo(284.4, within(0.05));
        assertThat(SupplyReading.decode(0x1771, 0xFFFF)).isEqualTo(new SupplyReading(3000, -10, true));
        assertThat(Temperature.decode(0x1900).celsius()).isEqualTo(25.0);
        assertThat(Temperature.decode(0xFFF0).celsius()).isEqualTo(-0.0625);
    }
}
