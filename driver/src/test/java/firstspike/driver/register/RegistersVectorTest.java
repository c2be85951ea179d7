package firstspike.driver.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.BackgroundSource;
import firstspike.driver.coordinate.CapMemCell;
import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.SpikeLabel;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.initialisation.InitStep;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every vector of registers.json except those of kind {@code route}: they need an emulated crossbar and are checked by
 * {@code RouteVectorTest} of module chip-emulator, under the same ids.
 */
class RegistersVectorTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    @TestFactory
    Stream<DynamicTest> vectors() throws IOException {
        return StreamSupport.stream(
                        RegisterVectors.read("registers.json").get("vectors").spliterator(), false)
                .filter(vector -> !vector.get("kind").asText().equals("route"))
                .map(vector -> DynamicTest.dynamicTest(
                        number(vector.get("kind").asText()) + " "
                                + vector.get("id").asText(),
                        () -> check(vector)));
    }

    private static String number(String kind) {
        return switch (kind) {
            case "encode" -> "R001";
            case "decode" -> "R002";
            default -> "R004";
        };
    }

    private static void check(JsonNode vector) {
        switch (vector.get("kind").asText()) {
            case "encode" -> encode(vector);
            case "decode" -> decode(vector);
            case "action" -> action(vector);
            case "coordinate" -> coordinate(vector);
            case "sequence" -> sequence(vector);
            default -> abort("vectors of kind " + vector.get("kind").asText() + " are not known to this version");
        }
    }

    private static void encode(JsonNode vector) {
        ContainerLayout layout = layout(vector);
        int coordinate = vector.get("coordinate").get("enum").asInt();
        ContainerValues values = layout.defaults().withAll(JSON.convertValue(vector.get("fields"), FIELDS));
        int[] words = RegisterVectors.words(vector.get("words"));

        assertThat(layout.encode(values, coordinate)).containsExactly(words);
        assertThat(layout.writeAddresses(coordinate))
                .containsExactly(RegisterVectors.words(vector.get("write_addresses")));
        checkReadAddresses(vector, layout, coordinate);
        if (vector.path("decode_restores").asBoolean(false)) {
            assertThat(layout.decode(words, coordinate)).isEqualTo(values);
        }
        if (vector.has("byte_enables")) {
            int enables = layout.byteEnables(coordinate);
            for (int i = 0; i < Integer.BYTES; i++) {
                assertThat((enables >> i & 1) != 0)
                        .isEqualTo(vector.get("byte_enables").get(i).asBoolean());
            }
        }
        JsonNode fields = JSON.valueToTree(values.toMap());
        vector.get("fields").properties().forEach(field -> assertThat(
                        fields.get(field.getKey()).toString())
                .isEqualTo(field.getValue().toString()));
    }

    private static void decode(JsonNode vector) {
        ContainerLayout layout = layout(vector);
        int coordinate = vector.get("coordinate").get("enum").asInt();

        ContainerValues values = layout.decode(RegisterVectors.words(vector.get("words")), coordinate);

        assertThat(values).isEqualTo(layout.defaults().withAll(JSON.convertValue(vector.get("fields"), FIELDS)));
        checkReadAddresses(vector, layout, coordinate);
    }

    private static void action(JsonNode vector) {
        ContainerLayout layout = layout(vector);
        int coordinate = vector.get("coordinate").get("enum").asInt();

        assertThat(layout.isAction()).isTrue();
        assertThat(layout.writeAddresses(coordinate))
                .containsExactly(RegisterVectors.words(vector.get("write_addresses")));
        assertThat(layout.encode(layout.defaults())).containsExactly(0);
    }

    private static void checkReadAddresses(JsonNode vector, ContainerLayout layout, int coordinate) {
        int[] expected = RegisterVectors.words(vector.get("read_addresses"));
        if (layout.access().isReadable()) {
            assertThat(layout.readAddresses(coordinate)).containsExactly(expected);
        } else {
            assertThat(expected).isEmpty();
            assertThatThrownBy(() -> layout.readAddresses(coordinate))
                    .isInstanceOf(ProgramRejectedException.class)
                    .returns("NOT_READABLE", error -> ((ChipException) error).code());
        }
    }

    private static ContainerLayout layout(JsonNode vector) {
        ContainerLayout layout =
                Container.ofTitle(vector.get("container").asText()).layout();
        assertThat(layout.space().label()).isEqualTo(vector.get("space").asText());
        return layout;
    }

    private static void coordinate(JsonNode vector) {
        JsonNode in = vector.get("input");
        ObjectNode out = JSON.createObjectNode();
        switch (vector.get("topic").asText()) {
            case "unused_capmem_cells" -> {
                unusedCells(vector);
                return;
            }
            case "atomic_neuron" -> neuron(AtomicNeuron.of(in.get("enum").asInt()), out);
            case "synapse_column" -> column(NeuronColumn.of(in.get("column").asInt()), out);
            case "quad_column" ->
                quad(SynapseQuadColumn.of(in.get("quad_column").asInt()), out);
            case "synapse_driver" -> driver(SynapseDriver.of(in.get("enum").asInt()), out);
            case "crossbar_node" -> node(CrossbarNode.of(in.get("enum").asInt()), out);
            case "spike_label" -> label(SpikeLabel.of(in.get("label").asInt()), out);
            case "background_source" ->
                source(BackgroundSource.of(in.get("enum").asInt()), out);
            default -> abort("topic " + vector.get("topic").asText() + " is not known to this version");
        }
        ObjectNode expected = vector.get("output").deepCopy();
        // the ten-bit label of the sources is one bit short and not offered (registers.md 5.1)
        expected.remove("padi_label");
        assertThat(out.toString()).isEqualTo(expected.toString());
    }

    private static void neuron(AtomicNeuron neuron, ObjectNode out) {
        NeuronColumn column = neuron.column();
        out.put("column", column.index())
                .put("row", neuron.hemisphere().index())
                .put("config_block", neuron.quadrant().index())
                .put("config_on_block", neuron.indexOnQuadrant())
                .put("capmem_block", neuron.quadrant().index())
                .put("capmem_column", neuron.indexOnQuadrant())
                .put("backend_block", neuron.side().index())
                .put("backend_on_block", neuron.indexOnSide())
                .put("reset_enum", neuron.backendIndex())
                .put("synram", neuron.hemisphere().index())
                .put("quad_column", column.quadColumn().index())
                .put("entry_on_quad", column.entryOnQuad())
                .put("event_output_enum", neuron.eventOutput().index())
                .put("crossbar_input", neuron.eventOutput().crossbarInput().index())
                .put("config_address", first(NeuronConfig.defaults(neuron)))
                .put("backend_address", first(NeuronBackendConfig.defaults(neuron)))
                .put("reset_address", first(new NeuronReset(neuron)));
        assertThat(AtomicNeuron.ofBackendIndex(neuron.backendIndex())).isEqualTo(neuron);
    }

    private static void column(NeuronColumn column, ObjectNode out) {
        out.put("quad_column", column.quadColumn().index())
                .put("entry_on_quad", column.entryOnQuad())
                .put(
                        "neuron_column",
                        column.quadColumn().column(column.entryOnQuad()).index());
    }

    private static void quad(SynapseQuadColumn quad, ObjectNode out) {
        var columns = out.putArray("neuron_columns");
        for (int entry = 0; entry < SynapseQuadColumn.ENTRIES; entry++) {
            columns.add(quad.column(entry).index());
        }
    }

    private static void driver(SynapseDriver driver, ObjectNode out) {
        out.put("block", driver.hemisphere().index())
                .put("on_block", driver.onBlock())
                .put("padi_bus", driver.padiBus().onBlock())
                .put("on_padi_bus", driver.onPadiBus())
                .put("row_top", driver.topRow().index())
                .put("row_bottom", driver.bottomRow().index())
                .put("capmem_block", driver.capMemBlock().index())
                .put("config_address", first(SynapseDriverConfig.defaults(driver)));
        assertThat(SynapseDriver.of(driver.padiBus(), driver.onPadiBus())).isEqualTo(driver);
    }

    private static void node(CrossbarNode node, ObjectNode out) {
        out.put("output", node.output().index())
                .put("input", node.input().index())
                .put("address", first(CrossbarNodeConfig.open(node)));
        assertThat(CrossbarNode.of(node.output(), node.input())).isEqualTo(node);
    }

    private static void label(SpikeLabel label, ObjectNode out) {
        out.put("spl1_address", label.spl1Address())
                .put("neuron_label", label.neuronLabel())
                .put("row_select_address", label.rowSelectAddress())
                .put("synapse_label", label.synapseLabel())
                .put("neuron_event_output_enum", label.neuronEventOutput())
                .put("neuron_backend_address_out", label.neuronBackendAddress())
                .put("crossbar_input", label.crossbarInput().index());
    }

    private static void source(BackgroundSource source, ObjectNode out) {
        out.put("crossbar_input", source.crossbarInput().index())
                .put("padi_bus_enum", source.padiBus().index())
                .put("l2_output", source.l2Output());
    }

    private static void unusedCells(JsonNode vector) {
        Set<List<Integer>> expected = new HashSet<>();
        vector.get("entries")
                .forEach(cell -> expected.add(List.of(
                        cell.get(0).asInt(), cell.get(1).asInt(), cell.get(2).asInt())));
        Set<List<Integer>> cells = new HashSet<>();
        for (CapMemCell cell : CapMemCell.unused()) {
            cells.add(List.of(cell.quadrant().index(), cell.column(), cell.row()));
        }
        assertThat(cells).isEqualTo(expected);
    }

    private static String first(RegisterView view) {
        return RegisterVectors.hex(view.writeAddresses()[0]);
    }

    private static void sequence(JsonNode vector) {
        InitialisationOptions options =
                switch (vector.get("name").asText()) {
                    case "default" -> InitialisationOptions.standard();
                    case "without_link_and_capmem" ->
                        InitialisationOptions.standard().withoutCapMem().withoutLink();
                    default -> {
                        abort("the options of sequence " + vector.get("name").asText() + " are not known");
                        throw new IllegalStateException("abort returned");
                    }
                };
        List<String> steps = new ArrayList<>();
        Initialisation.steps(options).forEach(step -> steps.add(json(step).toString()));
        List<String> expected = new ArrayList<>();
        vector.get("steps").forEach(step -> expected.add(step.toString()));
        assertThat(steps).isEqualTo(expected);
    }

    private static ObjectNode json(InitStep step) {
        ObjectNode node = JSON.createObjectNode().put("op", step.kind().label());
        return switch (step.kind()) {
            case WRITE -> {
                InitStep.Write write = (InitStep.Write) step;
                yield node.put("space", write.space().label())
                        .put("address", RegisterVectors.hex(write.address()))
                        .put("word", RegisterVectors.hex(write.word()));
            }
            case SPI_SHIFT_REGISTER -> node.put("word", RegisterVectors.hex(((InitStep.SpiShiftRegister) step).word()));
            case SPI_DAC_DATA -> {
                InitStep.SpiDacData data = (InitStep.SpiDacData) step;
                yield node.put("dac", data.dac()).put("channel", data.channel()).put("value", data.value());
            }
            case SPI_DAC_CONTROL -> {
                InitStep.SpiDacControl control = (InitStep.SpiDacControl) step;
                yield node.put("dac", control.dac())
                        .put("register", control.register())
                        .put("value", control.value());
            }
            case TIMER_RESET, JTAG_RESET_TAP -> node;
            case WAIT_UNTIL -> node.put("cycles", ((InitStep.WaitUntil) step).cycles());
            case RESET_CHIP -> node.put("value", ((InitStep.ResetChip) step).value());
            case JTAG_CLOCK_SCALER -> node.put("value", ((InitStep.JtagClockScaler) step).value());
            case JTAG_PLL_REGISTER -> {
                InitStep.JtagPllRegister pll = (InitStep.JtagPllRegister) step;
                yield node.put("register", pll.register()).put("word", RegisterVectors.hex(pll.word()));
            }
            case JTAG_PHY_REGISTER -> {
                InitStep.JtagPhyRegister phy = (InitStep.JtagPhyRegister) step;
                yield node.put("register", phy.register()).put("word", RegisterVectors.hex(phy.word()));
            }
            case BARRIER -> node.put("operand", ((InitStep.Barrier) step).operand());
            case SYSTIME_SYNC -> node.put("value", ((InitStep.SystimeSync) step).value());
        };
    }
}
