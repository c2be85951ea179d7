package firstspike.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.ScriptedLink;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.register.AddressMap;
import firstspike.driver.register.Container;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The order of a whole-chip write as it goes over the link (registers.md 17). */
class ConfigurationOrderTest {
    /** Chip addresses in the order in which they are written. */
    private static int[] trace;

    @BeforeAll
    static void record() {
        ScriptedLink chip = new ScriptedLink();
        ChipSession session = ChipSession.open(first -> chip, 0, 0);
        session.configure(ChipConfiguration.defaults());
        session.close();
        PlaybackProgram program = chip.programs().get(0);
        trace = IntStream.range(0, program.size())
                .mapToLong(program::word)
                .filter(word -> ToFpga.kind(word) == ToFpga.Kind.OMNIBUS_ADDRESS && !ToFpga.isRead(word))
                .mapToInt(ToFpga::address)
                .filter(address -> address >= 0)
                .toArray();
    }

    /** First and last position in the trace of the words of containers in one half, or, with -1, in both. */
    private static IntSummaryStatistics positions(int half, Container... containers) {
        List<Container> wanted = List.of(containers);
        IntPredicate matches = i -> {
            long place = AddressMap.standard().locate(trace[i]);
            Container container = AddressMap.container(place);
            int perHalf = container.layout().instances() / 2;
            return wanted.contains(container) && (half < 0 || AddressMap.coordinate(place) / perHalf == half);
        };
        IntSummaryStatistics found =
                IntStream.range(0, trace.length).filter(matches).summaryStatistics();
        assertThat(found.getCount()).as("words of %s", wanted).isPositive();
        return found;
    }

    @Test
    @DisplayName("R140 drivers of a half precede its synapses, synapses the neurons")
    void driversSynapsesNeurons() {
        IntSummaryStatistics neurons = positions(-1, Container.NEURON_CONFIG);
        for (int half = 0; half < 2; half++) {
            IntSummaryStatistics synapses =
                    positions(half, Container.SYNAPSE_WEIGHT_QUAD, Container.SYNAPSE_LABEL_QUAD);

            assertThat(positions(half, Container.SYNAPSE_DRIVER_CONFIG).getMax())
                    .as("half %d", half)
                    .isLessThan(synapses.getMin());
            assertThat(synapses.getMax()).as("half %d", half).isLessThan(neurons.getMin());
        }
    }

    @Test
    @DisplayName("R140 column current switches follow the back-ends and precede the CADC")
    void columnCurrents() {
        IntSummaryStatistics currents = positions(-1, Container.COLUMN_CURRENT_QUAD);

        assertThat(positions(-1, Container.NEURON_BACKEND_CONFIG, Container.COMMON_NEURON_BACKEND_CONFIG)
                        .getMax())
                .isLessThan(currents.getMin());
        assertThat(currents.getMax())
                .isLessThan(positions(-1, Container.CADC_CONFIG, Container.CADC_CHANNEL_CONFIG)
                        .getMin());
    }

    @Test
    @DisplayName("R140 column correlation switches follow the CADC offsets of their half")
    void columnCorrelation() {
        for (int half = 0; half < 2; half++) {
            assertThat(positions(half, Container.CADC_CHANNEL_CONFIG).getMax())
                    .as("half %d", half)
                    .isLessThan(
                            positions(half, Container.COLUMN_CORRELATION_QUAD).getMin());
        }
    }

    @Test
    @DisplayName("R140 the crossbar comes first, then the sources, then the CapMem blocks; the readout comes last")
    void firstAndLast() {
        IntSummaryStatistics crossbar = positions(-1, Container.CROSSBAR_OUTPUT_CONFIG, Container.CROSSBAR_NODE);
        IntSummaryStatistics sources = positions(-1, Container.BACKGROUND_SPIKE_SOURCE);
        IntSummaryStatistics blocks = positions(-1, Container.CAPMEM_BLOCK_CONFIG);

        assertThat(crossbar.getMax()).isLessThan(sources.getMin());
        assertThat(sources.getMax()).isLessThan(blocks.getMin());
        assertThat(blocks.getMax())
                .isLessThan(positions(-1, Container.SYNAPSE_DRIVER_CONFIG).getMin());
        assertThat(positions(-1, Container.MADC_CONFIG).getMin())
                .isGreaterThan(
                        positions(-1, Container.COMMON_CORRELATION_CONFIG).getMax());
    }
}
