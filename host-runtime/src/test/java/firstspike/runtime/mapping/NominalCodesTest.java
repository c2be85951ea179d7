package firstspike.runtime.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.network.NeuronModel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NominalCodesTest {

    @Test
    @DisplayName("I-23 nominal codes of the published chip files")
    void publishedExample() {
        NominalCodes codes = NominalCodes.of(Networks.neuron(), Networks.SETTINGS, 2);

        assertThat(codes.leak()).isEqualTo(466);
        assertThat(codes.reset()).isEqualTo(498);
        assertThat(codes.threshold()).isEqualTo(279);
        assertThat(codes.leakBias()).isEqualTo(160);
        assertThat(codes.leakDivision()).isFalse();
        assertThat(codes.synapticTau()).isEqualTo(512);
        assertThat(codes.gm()).isEqualTo(728);
        assertThat(codes.scale()).isEqualTo(30);
        assertThat(codes.thresholdDrive()).isCloseTo(1.521, within(5e-4));
        assertThat(codes.tauMemUs()).isCloseTo(5.999, within(5e-4));
        assertThat(codes.tauSynUs()).isCloseTo(5.996, within(5e-4));
    }

    @Test
    @DisplayName("I-23 where the strength is at its end the scale follows, and a warning names both numbers")
    void scaleFollowsTheLargestStrength() {
        NominalCodes codes = NominalCodes.of(new NeuronModel(1, 1, 1, 0, 1), Networks.SETTINGS, 2);

        assertThat(codes.gm()).isEqualTo(1022);
        assertThat(codes.scale()).isCloseTo(31.14 * 2.4 / 2.3, within(0.05));
        assertThat(codes.thresholdDrive()).isCloseTo(1, within(1e-12));
    }

    @Test
    @DisplayName("I-23 a strength below 30 is refused with the names of both settings")
    void tooWeak() {
        assertThatThrownBy(() -> NominalCodes.of(new NeuronModel(1, 1, 1, 0, 50), Networks.SETTINGS, 2))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("scale_weights")
                .hasMessageContaining("synapse_dac_bias");
    }

    @Test
    @DisplayName("I-23 slow membranes take the division")
    void division() {
        NominalCodes codes = NominalCodes.of(new NeuronModel(1, 4, 1, 0, 1), Networks.SETTINGS, 2);

        assertThat(codes.leakDivision()).isTrue();
        assertThat(codes.leakBias()).isEqualTo(320);
        assertThat(codes.tauMemUs()).isCloseTo(24, within(0.05));
    }
}
