package firstspike.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.ExperimentException.Code;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.Networks;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PathCheckTest {

    private final ChipMapping mapping = Networks.mapped(Networks.yinYang());

    @TestFactory
    @DisplayName("R142 undoing one item is found and named")
    Stream<DynamicTest> undoOneItem() {
        return Stream.of(
                item(1, Container.CROSSBAR_NODE, "mask", 0, "target", 1),
                item(3, Container.CROSSBAR_NODE, "mask", 0, "target", 1),
                item(4, Container.COMMON_PADI_BUS_CONFIG, "enable_spl1[0]", 0),
                item(5, Container.SYNAPSE_DRIVER_CONFIG, "enable_receiver", 0),
                item(5, Container.SYNAPSE_DRIVER_CONFIG, "row_address_compare_mask", 31),
                item(5, Container.SYNAPSE_DRIVER_CONFIG, "row_mode_top", 0, "row_mode_bottom", 0),
                item(6, Container.SYNAPSE_LABEL_QUAD, "values[0]", 0),
                item(7, Container.COLUMN_CURRENT_QUAD, "switch[0].synaptic_current_excitatory", 0),
                item(8, Container.NEURON_CONFIG, "enable_synaptic_input_inhibitory", 0),
                item(8, Container.NEURON_CONFIG, "enable_threshold_comparator", 0),
                item(8, Container.NEURON_CONFIG, "enable_fire", 0),
                item(9, Container.CAPMEM_CELL, "value", 0),
                item(10, Container.NEURON_BACKEND_CONFIG, "enable_spike_out", 0));
    }

    private DynamicTest item(int number, Container container, Object... changes) {
        return DynamicTest.dynamicTest("R142 item " + number + " " + container.title() + " " + changes[0], () -> {
            ChipConfiguration.Builder builder = mapping.configuration().change();
            ContainerLayout layout = container.layout();
            for (int coordinate = 0; coordinate < layout.instances(); coordinate++) {
                if (concerns(number, container, coordinate)) {
                    var values = mapping.configuration().values(container, coordinate);
                    for (int i = 0; i < changes.length; i += 2) {
                        values = values.with((String) changes[i], (int) changes[i + 1]);
                    }
                    builder.set(container, coordinate, values);
                }
            }
            ChipConfiguration undone = builder.build();

            ExperimentException found = catchThrowableOfType(
                    ExperimentException.class,
                    () -> PathCheck.require(undone, mapping.paths(), mapping.outputCircuits(), false));

            assertThat(found).isNotNull();
            assertThat(found.code()).isEqualTo(Code.PATH_OPEN);
            assertThat(found).hasMessageContaining("item " + number + " ");
        });
    }

    /** One instance of the container that the item needs. */
    private static boolean concerns(int number, Container container, int coordinate) {
        return switch (container) {
            // nodes 24 and up belong to events from the host; the first 24 to neurons, every third towards the host
            case CROSSBAR_NODE ->
                number == 1 ? coordinate >= 24 && coordinate < 60 : coordinate % 3 == 2 && coordinate < 24;
            case CAPMEM_CELL ->
                coordinate
                        == AtomicNeuron.of(0)
                                .capMemCell(NeuronParameter.V_THRESHOLD)
                                .index();
            case SYNAPSE_DRIVER_CONFIG, SYNAPSE_LABEL_QUAD -> true;
            default -> coordinate == 0;
        };
    }
}
