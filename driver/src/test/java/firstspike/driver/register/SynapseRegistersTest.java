package firstspike.driver.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.coordinate.SynapseRow;
import java.util.BitSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SynapseRegistersTest {

    private static final SynapseQuad FIRST = SynapseQuad.of(0);

    @Test
    @DisplayName("R044 weight permutation")
    void permutesWeights() {
        for (int weight = 0; weight < 64; weight++) {
            assertThat(SynapseWeightQuad.permute(SynapseWeightQuad.permute(weight)))
                    .isEqualTo(weight);
        }
        int[][] pairs = {{1, 16}, {2, 8}, {4, 4}, {8, 2}, {16, 1}, {32, 32}};
        for (int[] pair : pairs) {
            assertThat(SynapseWeightQuad.permute(pair[0])).isEqualTo(pair[1]);
        }
    }

    @Test
    @DisplayName("R045 SynapseWeightQuad [1, 2, 3, 63]")
    void encodesWeights() {
        assertThat(new SynapseWeightQuad(FIRST, 1, 2, 3, 63).words()).containsExactly(0x1008_183F);
    }

    @Test
    @DisplayName("R046 SynapseLabelQuad [1, 2, 3, 63]")
    void encodesLabels() {
        assertThat(new SynapseLabelQuad(FIRST, 1, 2, 3, 63).words()).containsExactly(0x0102_033F);
    }

    @Test
    @DisplayName("R047 columns and quads")
    void convertsColumns() {
        int[][] examples = {{0, 0, 0}, {1, 32, 0}, {255, 63, 3}, {6, 0, 3}};
        for (int[] example : examples) {
            NeuronColumn column = NeuronColumn.of(example[0]);
            assertThat(column.quadColumn().index()).isEqualTo(example[1]);
            assertThat(column.entryOnQuad()).isEqualTo(example[2]);
        }
        for (int column = 0; column < NeuronColumn.COUNT; column++) {
            int quad = SynapseQuadColumn.ofColumn(column);
            assertThat(SynapseQuadColumn.column(quad, SynapseQuadColumn.entryOfColumn(column)))
                    .isEqualTo(column);
        }
    }

    @Test
    @DisplayName("R048 weight of (top, row 255, column 255)")
    void placesWeight() {
        NeuronColumn column = NeuronColumn.of(255);
        SynapseQuad quad = new SynapseQuad(Hemisphere.TOP, SynapseRow.of(255), column.quadColumn());
        assertThat(new SynapseWeightQuad(quad, 0, 0, 0, 0).writeAddresses()).containsExactly(0x02C0_3FFF);
        assertThat(column.entryOnQuad()).isEqualTo(3);
        assertThat(new SynapseWeightQuad(quad, 0, 0, 0, 63).words()).containsExactly(0x3F);
    }

    @Test
    @DisplayName("R049 label of (bottom, row 0, column 2)")
    void placesLabel() {
        NeuronColumn column = NeuronColumn.of(2);
        SynapseQuad quad = new SynapseQuad(Hemisphere.BOTTOM, SynapseRow.of(0), column.quadColumn());
        assertThat(new SynapseLabelQuad(quad, 0, 63, 0, 0).writeAddresses()).containsExactly(0x03C4_0000);
        assertThat(column.entryOnQuad()).isEqualTo(1);
        assertThat(new SynapseLabelQuad(quad, 0, 63, 0, 0).words()).containsExactly(0x3F << 16);
    }

    @Test
    @DisplayName("R050 SynapseQuad (top, row 1, q 0)")
    void placesRawQuad() {
        SynapseQuad quad = new SynapseQuad(Hemisphere.TOP, SynapseRow.of(1), SynapseQuadColumn.of(0));
        assertThat(RawSynapseQuad.defaults(quad).writeAddresses()).containsExactly(0x02CF_0080, 0x02CF_00C0);
    }

    @Test
    @DisplayName("R052 a full weight matrix is 16384 word writes, each address once")
    void coversMatrixOnce() {
        BitSet addresses = new BitSet();
        for (int quad = 0; quad < SynapseQuad.ON_HEMISPHERE; quad++) {
            int address = SynapseWeightQuad.address(quad) - 0x02C0_0000;
            assertThat(addresses.get(address)).isFalse();
            addresses.set(address);
        }
        assertThat(addresses.cardinality()).isEqualTo(16384);
        assertThat(addresses.length()).isEqualTo(16384);
    }

    @Test
    @DisplayName("the encoders for whole arrays agree with the engine at all quads and weights")
    void fastEncodersEqualEngine() {
        for (int quad = 0; quad < SynapseQuad.COUNT; quad += 13) {
            SynapseQuad place = SynapseQuad.of(quad);
            int a = quad % 64;
            int b = quad / 64 % 64;
            SynapseWeightQuad weights = new SynapseWeightQuad(place, a, b, 63 - a, 63 - b);
            SynapseLabelQuad labels = new SynapseLabelQuad(place, a, b, 63 - a, 63 - b);
            assertThat(SynapseWeightQuad.address(quad)).isEqualTo(weights.writeAddresses()[0]);
            assertThat(SynapseLabelQuad.address(quad)).isEqualTo(labels.writeAddresses()[0]);
            int word = SynapseWeightQuad.word(a, b, 63 - a, 63 - b);
            assertThat(word).isEqualTo(weights.words()[0]);
            assertThat(SynapseWeightQuad.weight(word, 1)).isEqualTo(b);
            int label = SynapseLabelQuad.word(a, b, 63 - a, 63 - b);
            assertThat(label).isEqualTo(labels.words()[0]);
            assertThat(SynapseLabelQuad.label(label, 2)).isEqualTo(63 - a);
            assertThat(place.index()).isEqualTo(quad);
        }
        assertThatThrownBy(() -> SynapseWeightQuad.word(0, 0, 64, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new SynapseWeightQuad(FIRST, 0, 0, 64, 0))
                .hasMessageContaining("values[2]")
                .hasMessageContaining("0..63");
    }

    @Test
    @DisplayName("R051 the raw view holds the words of the split views (driver's part)")
    void rawEqualsSplit() {
        int[] raw = RawSynapseQuad.defaults(FIRST)
                .withWeight(0, 1)
                .withWeight(3, 63)
                .withTimeCalib(0, 3)
                .withLabel(1, 33)
                .withAmpCalib(2, 2)
                .words();
        assertThat(raw[0] & 0x3F3F_3F3F).isEqualTo(SynapseWeightQuad.word(1, 0, 0, 63));
        assertThat(raw[1] & 0x3F3F_3F3F).isEqualTo(SynapseLabelQuad.word(0, 33, 0, 0));
        assertThat(raw[0] & ~0x3F3F_3F3F).isEqualTo(0xC000_0000);
        assertThat(raw[1] & ~0x3F3F_3F3F).isEqualTo(0x0000_8000);
    }

    @Test
    @DisplayName("R053 ColumnCorrelationQuad with all six switches of entry 0")
    void encodesCorrelationSwitches() {
        ColumnCorrelationQuad quad = ColumnCorrelationQuad.defaults(ColumnQuad.of(0))
                .withInternal(0, true)
                .withDebug(0, true)
                .withNeuronReadout(0, true);
        assertThat(quad.words()).containsExactly(0xC000_0000, 0xC000_0000, 0x2000_0000, 0x2000_0000);
        assertThat(quad.writeAddresses()).containsExactly(0x02CF_8080, 0x02CF_80C0, 0x02C0_4000, 0x02C4_4000);
    }

    @Test
    @DisplayName("R054 ColumnCurrentQuad with both synaptic currents in all entries")
    void encodesCurrentSwitches() {
        assertThat(ColumnCurrentQuad.connected(ColumnQuad.of(127)).words()).containsExactly(0x0303_0303, 0);
        assertThat(ColumnCurrentQuad.defaults(ColumnQuad.of(127)).words()).containsExactly(0, 0);
    }

    @Test
    @DisplayName("R056 SynapseBiasSelection with one bias external")
    void encodesBiasSelection() {
        assertThat(Container.SYNAPSE_BIAS_SELECTION
                        .layout()
                        .defaults()
                        .with("enable_internal_dac_bias", 0, false)
                        .words())
                .containsExactly(0xFF7F);
    }
}
