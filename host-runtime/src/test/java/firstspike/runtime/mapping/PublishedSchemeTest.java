package firstspike.runtime.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.SpikeLabel;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.runtime.network.ChipSettings.SourceOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PublishedSchemeTest {

    @Test
    @DisplayName("I-27 source numbers: one to one, the first 25, four channels in any four neighbours")
    void sourceNumbers() {
        int[] sources = IntStream.range(0, 256)
                .map(k -> PublishedScheme.sourceOfRow(k, SourceOrder.SPREAD))
                .toArray();

        assertThat(Arrays.copyOf(sources, 25))
                .containsExactly(
                        0, 16, 32, 48, 17, 33, 49, 1, 34, 50, 2, 18, 51, 3, 19, 35, 4, 20, 36, 52, 21, 37, 53, 5, 38);
        assertThat(Arrays.stream(sources).distinct().sorted().toArray())
                .isEqualTo(IntStream.range(0, 256).toArray());
        for (int k = 0; k + 4 <= 256; k += 4) {
            assertThat(IntStream.range(k, k + 4)
                            .map(i -> PublishedScheme.bus(sources[i]))
                            .distinct()
                            .count())
                    .as("channels of rows from %d", k)
                    .isEqualTo(4);
        }
        assertThat(IntStream.range(0, 128).allMatch(k -> sources[k] < 128)).isTrue();
        assertThat(PublishedScheme.sourceOfRow(77, SourceOrder.PUBLISHED)).isEqualTo(77);
    }

    @Test
    @DisplayName("I-21 256 sources and row pairs are one to one per half; no two inputs share row and label")
    void rowPairs() {
        for (int half = 0; half < 2; half++) {
            int first = 128 * half;
            assertThat(IntStream.range(first, first + 128)
                            .map(PublishedScheme::rowPair)
                            .distinct()
                            .count())
                    .isEqualTo(128);
        }
        Set<Integer> heard = new HashSet<>();
        for (int source = 0; source < 256; source++) {
            for (boolean external : new boolean[] {false, true}) {
                assertThat(heard.add(
                                64 * PublishedScheme.rowPair(source) + PublishedScheme.synapseLabel(source, external)))
                        .as("row and label of source %d, external %s", source, external)
                        .isTrue();
            }
        }
    }

    @Test
    @DisplayName("I-21 an event of each source reaches exactly the driver of its row pair that hears its label")
    void eventsReachTheirRowPair() {
        for (int source = 0; source < 256; source++) {
            SpikeLabel label = SpikeLabel.of(PublishedScheme.externalLabel(source));
            assertThat(label.spl1Address()).isEqualTo(PublishedScheme.bus(source));
            assertThat(label.synapseLabel()).isEqualTo(PublishedScheme.synapseLabel(source, true));
            SynapseDriver driver = SynapseDriver.of(PublishedScheme.rowPair(source));
            assertThat(driver.padiBus().index()).isEqualTo(PublishedScheme.bus(source));
            assertThat(driver.onPadiBus() & PublishedScheme.COMPARE_MASK)
                    .isEqualTo(label.rowSelectAddress() & PublishedScheme.COMPARE_MASK);

            AtomicNeuron circuit = AtomicNeuron.of(2 * source);
            assertThat(circuit.eventOutput().index() % 4).isEqualTo(PublishedScheme.bus(source));
            SpikeLabel sent = SpikeLabel.ofNeuron(circuit.eventOutput(), PublishedScheme.address(source), 0);
            assertThat(sent.rowSelectAddress() & PublishedScheme.COMPARE_MASK)
                    .isEqualTo(driver.onPadiBus() & PublishedScheme.COMPARE_MASK);
            assertThat(sent.synapseLabel()).isEqualTo(PublishedScheme.synapseLabel(source, false));
        }
    }
}
