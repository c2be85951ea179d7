package firstspike.driver.coordinate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CoordinateTest {

    static Stream<Arguments> coordinates() {
        return Stream.of(
                of("AtomicNeuron", AtomicNeuron.COUNT, AtomicNeuron::of),
                of("NeuronColumn", NeuronColumn.COUNT, NeuronColumn::of),
                of("NeuronEventOutput", NeuronEventOutput.COUNT, NeuronEventOutput::of),
                of("SynapseRow", SynapseRow.COUNT, SynapseRow::of),
                of("SynapseQuadColumn", SynapseQuadColumn.COUNT, SynapseQuadColumn::of),
                of("SynapseQuad", SynapseQuad.COUNT, SynapseQuad::of),
                of("ColumnQuad", ColumnQuad.COUNT, ColumnQuad::of),
                of("SynapseDriver", SynapseDriver.COUNT, SynapseDriver::of),
                of("PadiBus", PadiBus.COUNT, PadiBus::of),
                of("CrossbarInput", CrossbarInput.COUNT, CrossbarInput::of),
                of("CrossbarOutput", CrossbarOutput.COUNT, CrossbarOutput::of),
                of("CrossbarNode", CrossbarNode.COUNT, CrossbarNode::of),
                of("BackgroundSource", BackgroundSource.COUNT, BackgroundSource::of),
                of("CapMemCell", CapMemCell.COUNT, CapMemCell::of),
                of("CadcChannel", CadcChannel.COUNT, CadcChannel::of),
                of("SpikeLabel", SpikeLabel.COUNT, SpikeLabel::of),
                of("Hemisphere", Hemisphere.COUNT, Hemisphere::of),
                of("Side", Side.COUNT, Side::of),
                of("Quadrant", Quadrant.COUNT, Quadrant::of));
    }

    private static Arguments of(String name, int count, IntFunction<? extends Comparable<?>> factory) {
        return Arguments.of(name, count, factory);
    }

    @ParameterizedTest(name = "{0}: range, equality and order")
    @MethodSource("coordinates")
    void isBoundedAndOrdered(String name, int count, IntFunction<Comparable<Object>> factory) {
        for (int outside : new int[] {-1, count}) {
            assertThatThrownBy(() -> factory.apply(outside))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name + " " + outside)
                    .hasMessageContaining("0.." + (count - 1));
        }
        for (int index = 0; index + 1 < count; index++) {
            Comparable<Object> one = factory.apply(index);
            Comparable<Object> next = factory.apply(index + 1);
            if (one.compareTo(next) >= 0 || !one.equals(factory.apply(index)) || one.equals(next)) {
                assertThat(one).as(name + " " + index).isLessThan(next);
            }
        }
    }

    @Test
    @DisplayName("R087 named shared cells do not overlap, and with the unused ones they are all shared cells")
    void namesSharedCells() {
        Set<CapMemCell> named = new HashSet<>();
        for (QuadrantParameter parameter : EnumSet.allOf(QuadrantParameter.class)) {
            for (Quadrant quadrant : Quadrant.values()) {
                assertThat(named.add(parameter.cell(quadrant)))
                        .as(parameter.label())
                        .isTrue();
            }
        }
        for (ChipParameter parameter : EnumSet.allOf(ChipParameter.class)) {
            assertThat(named.add(parameter.cell())).as(parameter.label()).isTrue();
        }
        assertThat(QuadrantParameter.values()).hasSize(21);
        assertThat(ChipParameter.values()).hasSize(18);
        assertThat(CapMemCell.unused()).hasSize(90).doesNotContainAnyElementsOf(named);
        named.addAll(CapMemCell.unused());
        assertThat(named).hasSize(4 * 48).allMatch(cell -> cell.column() >= CapMemCell.FIRST_SHARED_COLUMN);
    }

    @Test
    @DisplayName("T102 driver 10 serves row 20 at its bottom and row 21 at its top")
    void rowsOfADriver() {
        SynapseDriver driver = SynapseDriver.of(Hemisphere.TOP, 10);

        assertThat(driver.bottomRow().index()).isEqualTo(20);
        assertThat(driver.topRow().index()).isEqualTo(21);
    }
}
