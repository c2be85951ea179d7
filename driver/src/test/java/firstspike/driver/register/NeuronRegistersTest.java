package firstspike.driver.register;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.Side;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NeuronRegistersTest {

    private static NeuronConfig config(int neuron) {
        return NeuronConfig.defaults(AtomicNeuron.of(neuron));
    }

    private static NeuronBackendConfig backend(int neuron) {
        return NeuronBackendConfig.defaults(AtomicNeuron.of(neuron));
    }

    @Test
    @DisplayName("R021 addresses of NeuronConfig")
    void placesConfig() {
        assertThat(config(0).writeAddresses()[0]).isEqualTo(0x0016_0002);
        assertThat(config(128).writeAddresses()[0]).isEqualTo(0x0016_8002);
        assertThat(config(256).writeAddresses()[0]).isEqualTo(0x0017_0002);
        assertThat(config(511).writeAddresses()[5]).isEqualTo(0x0017_83FF);
    }

    @Test
    @DisplayName("R022 NeuronConfig default: six zero words")
    void defaultsToZero() {
        assertThat(config(0).words()).containsExactly(0, 0, 0, 0, 0, 0);
    }

    @Test
    @DisplayName("R023 membrane_capacitor_size 63 and 1")
    void shiftsCapacitance() {
        assertThat(config(0).withMembraneCapacitorSize(63).words()[3]).isEqualTo(0xFC);
        assertThat(config(0).withMembraneCapacitorSize(1).words()[3]).isEqualTo(0x04);
    }

    @Test
    @DisplayName("R024 readout_source adaptation")
    void selectsReadoutSource() {
        assertThat(config(0)
                        .withReadoutSource(NeuronConfig.ReadoutSource.ADAPTATION)
                        .words()[1])
                .isEqualTo(0x60);
    }

    @Test
    @DisplayName("R025 the neuron for integration")
    void encodesIntegrationNeuron() {
        NeuronConfig neuron = config(3)
                .withReadoutAmplifier(true)
                .withSynapticInputExcitatory(true)
                .withSynapticInputInhibitory(true)
                .withLeakDivision(true)
                .withFire(true)
                .withResetMultiplication(true)
                .withMembraneCapacitorSize(63)
                .withReadoutSource(NeuronConfig.ReadoutSource.MEMBRANE);
        assertThat(neuron.words()).containsExactly(0x14, 0x10, 0x00, 0xFC, 0x34, 0x00);
    }

    @Test
    @DisplayName("R026 NeuronBackendConfig default words")
    void defaultsBackend() {
        assertThat(backend(0).words()).containsExactly(0xFF, 0xFF, 0xBC, 0x00);
    }

    @Test
    @DisplayName("R027 address_out 0xA5")
    void invertsAddress() {
        assertThat(backend(0).withAddressOut(0xA5).words()).containsExactly(0xD6, 0xEF, 0xBC, 0x00);
    }

    @Test
    @DisplayName("R028 refractory_time 255")
    void invertsRefractoryTime() {
        int[] words = backend(0).withRefractoryTime(255).words();
        assertThat(words[1] & 0xF).isZero();
        assertThat(words[2] >> 2 & 0xF).isZero();
    }

    @Test
    @DisplayName("R029 reset_holdoff 5")
    void splitsHoldoff() {
        int[] words = backend(0).withResetHoldoff(5).words();
        assertThat(words[0] >> 6).isEqualTo(0b01);
        assertThat(words[1] >> 6).isEqualTo(0b01);
    }

    @Test
    @DisplayName("R030 addresses of the back-ends")
    void placesBackend() {
        assertThat(backend(256).writeAddresses()[0]).isEqualTo(0x001A_1200);
        assertThat(backend(128).writeAddresses()[0]).isEqualTo(0x001A_9000);
        assertThat(backend(511).writeAddresses()[0]).isEqualTo(0x001A_93FC);
    }

    @Test
    @DisplayName("R031 CommonNeuronBackendConfig default")
    void defaultsCommonBackend() {
        CommonNeuronBackendConfig east = CommonNeuronBackendConfig.defaults(Side.EAST);
        assertThat(east.words()).containsExactly(0xF005, 0x0470_0401);
        assertThat(east.writeAddresses()).containsExactly(0x001A_9800, 0x001A_9801);
    }

    @Test
    @DisplayName("R032 addresses of NeuronReset")
    void placesReset() {
        assertThat(new NeuronReset(AtomicNeuron.of(256)).writeAddresses()).containsExactly(0x0012_2200);
        assertThat(new NeuronReset(AtomicNeuron.of(128)).writeAddresses()).containsExactly(0x0012_A000);
        assertThat(new NeuronReset(AtomicNeuron.of(128)).words()).containsExactly(0);
        assertThat(new SpikeCounterReset(AtomicNeuron.of(128)).writeAddresses()).containsExactly(0x0012_AC00);
    }

    @Test
    @DisplayName("R033 NeuronResetQuad enum 64 goes to 0x03C9_4000")
    void placesResetQuad() {
        assertThat(Container.NEURON_RESET_QUAD.layout().writeAddresses(64)).containsExactly(0x03C9_4000);
    }

    @Test
    @DisplayName("R034 SpikeCounterRead of two words")
    void decodesCounter() {
        assertThat(SpikeCounterRead.decode(0x0000_01FF)).isEqualTo(new SpikeCounterRead(255, true));
        assertThat(SpikeCounterRead.decode(0xFFFF_FE00)).isEqualTo(new SpikeCounterRead(0, false));
        assertThat(SpikeCounterRead.readAddress(AtomicNeuron.of(256))).isEqualTo(0x0012_2A00);
    }

    @Test
    @DisplayName("all 512 neurons have configurations, back-ends and resets of their own")
    void separatesNeurons() {
        Set<Integer> addresses = new HashSet<>();
        for (int neuron = 0; neuron < AtomicNeuron.COUNT; neuron++) {
            for (RegisterView view :
                    new RegisterView[] {config(neuron), backend(neuron), new NeuronReset(AtomicNeuron.of(neuron))}) {
                for (int address : view.writeAddresses()) {
                    assertThat(addresses.add(address)).isTrue();
                }
            }
        }
        assertThat(addresses).hasSize(AtomicNeuron.COUNT * (6 + 4 + 1));
    }
}
