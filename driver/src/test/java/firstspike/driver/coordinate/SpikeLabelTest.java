package firstspike.driver.coordinate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpikeLabelTest {

    @Test
    @DisplayName("R078 fields of 0xC7E9")
    void readsFields() {
        SpikeLabel label = SpikeLabel.of(0xC7E9);
        assertThat(label.spl1Address()).isEqualTo(3);
        assertThat(label.neuronLabel()).isEqualTo(0x07E9);
        assertThat(label.rowSelectAddress()).isEqualTo(31);
        assertThat(label.synapseLabel()).isEqualTo(41);
        assertThat(label.neuronEventOutput()).isEqualTo(7);
        assertThat(label.neuronBackendAddress()).isEqualTo(0xE9);
    }

    @Test
    @DisplayName("T109 composing and splitting labels")
    void composes() {
        assertThat(SpikeLabel.of(0).withSpl1Address(2).withNeuronLabel(0x1234).value())
                .isEqualTo(0x9234);
        SpikeLabel label = SpikeLabel.of(0x0161);
        assertThat(label.rowSelectAddress()).isEqualTo(5);
        assertThat(label.synapseLabel()).isEqualTo(0x21);
        assertThat(label.spl1Address()).isZero();
    }

    @Test
    @DisplayName("T110 the PADI label has 11 bits")
    void padiLabel() {
        SpikeLabel label = SpikeLabel.of(0x07FF);
        assertThat(label.rowSelectAddress()).isEqualTo(31);
        assertThat(label.synapseLabel()).isEqualTo(63);
        assertThat(label.padiLabel()).isEqualTo(0x7FF);
        assertThat(SpikeLabel.of(0xF800).padiLabel()).isZero();
    }

    @Test
    @DisplayName("R079 setters change their own bits only")
    void setsFields() {
        SpikeLabel label = SpikeLabel.of(0xC03F).withRowSelectAddress(31);
        assertThat(label.value()).isEqualTo(0xC7FF);
        assertThat(label.withSpl1Address(1).value()).isEqualTo(0x47FF);
        assertThatThrownBy(() -> label.withSynapseLabel(64)).hasMessageContaining("0..63");
        assertThatThrownBy(() -> SpikeLabel.of(0x1_0000)).hasMessageContaining("0..65535");
    }

    @Test
    @DisplayName("R043 label of column 200, row 1, address 17 over output 2 (driver's part)")
    void composesNeuronLabel() {
        AtomicNeuron neuron = AtomicNeuron.of(Hemisphere.BOTTOM, NeuronColumn.of(200));
        assertThat(SpikeLabel.ofNeuron(neuron.eventOutput(), 17, 2).value()).isEqualTo(0x8611);
    }

    @Test
    @DisplayName("R143 label to neuron and back for all neurons; address 64 is no neuron's")
    void findsNeuron() {
        for (int index = 0; index < AtomicNeuron.COUNT; index++) {
            AtomicNeuron neuron = AtomicNeuron.of(index);
            assertThat(neuron.defaultAddressOut())
                    .isEqualTo(neuron.column().index() % 32
                            + 32 * neuron.hemisphere().index());
            SpikeLabel label = SpikeLabel.ofNeuron(neuron.eventOutput(), neuron.defaultAddressOut(), 3);
            assertThat(AtomicNeuron.ofDefaultLabel(label)).contains(neuron);
        }
        assertThat(AtomicNeuron.ofDefaultLabel(SpikeLabel.of(64))).isEmpty();
        assertThat(AtomicNeuron.ofDefaultLabel(SpikeLabel.of(255))).isEmpty();
    }
}
