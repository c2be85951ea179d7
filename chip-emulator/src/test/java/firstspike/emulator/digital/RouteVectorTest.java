package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.register.ColumnCurrentQuad;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.SynapseDriverConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.driver.register.SynapseLabelQuad;
import firstspike.driver.register.SynapseWeightQuad;
import firstspike.driver.vectors.VectorFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * R072: the vectors of kind {@code route} of registers.json: one event at a crossbar input, the synaptic events and L2
 * copies that follow. The other kinds are checked by {@code RegistersVectorTest} of module driver.
 */
class RouteVectorTest {
    @TestFactory
    Stream<DynamicTest> vectors() throws IOException {
        return StreamSupport.stream(
                        VectorFiles.read("registers.json").get("vectors").spliterator(), false)
                .filter(vector -> vector.get("kind").asText().equals("route"))
                .map(vector ->
                        DynamicTest.dynamicTest("R004 R072 " + vector.get("id").asText(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        FabricRig rig = new FabricRig();
        configure(rig, vector.get("config"));
        rig.run(10);
        JsonNode input = vector.get("input");
        int crossbarInput = input.get("crossbar_input").asInt();
        int label = input.get("label").asInt();
        boolean external = crossbarInput >= 8 && crossbarInput < 12;

        if (external) {
            rig.arrive(20, label);
        } else {
            rig.chip.inject(crossbarInput, label);
        }
        rig.run(100);

        List<String> copies = new ArrayList<>();
        rig.events.forEach(event -> copies.add((event.label() >> 14) + ":" + event.label()));
        List<String> expectedCopies = new ArrayList<>();
        vector.get("output")
                .get("l2")
                .forEach(copy -> expectedCopies.add(
                        copy.get("l2_output").asInt() + ":" + copy.get("label").asInt()));
        assertThat(copies).containsExactlyInAnyOrderElementsOf(expectedCopies);
        assertThat(synapticEvents(rig))
                .isEqualTo(expectedEvents(vector.get("output").get("synaptic_events")));
    }

    private static void configure(FabricRig rig, JsonNode config) {
        for (int node = 0; node < Crossbar.NODES; node++) {
            JsonNode filter = config.get("nodes").path(Integer.toString(node));
            JsonNode used = filter.isMissingNode() ? config.get("default_node") : filter;
            rig.write(
                    1,
                    0x0013_0019 + node,
                    used.get(1).asInt() << 16 | used.get(0).asInt());
        }
        for (int half = 0; half < 2; half++) {
            CommonPadiBusConfig bus = CommonPadiBusConfig.defaults(Hemisphere.of(half));
            for (int k = 0; k < 4; k++) {
                bus = bus.withSpl1(k, config.get("enable_spl1").get(half).get(k).asBoolean());
            }
            rig.write(1, bus);
        }
        for (int quad = 0; quad < ColumnQuad.COUNT; quad++) {
            rig.write(1, ColumnCurrentQuad.connected(ColumnQuad.of(quad)));
        }
        config.get("drivers")
                .forEach(driver -> rig.write(
                        1,
                        SynapseDriverConfig.defaults(SynapseDriver.of(
                                        128 * driver.get("block").asInt()
                                                + driver.get("driver").asInt()))
                                .withReceiver(driver.get("enable_receiver").asBoolean())
                                .withAddressOut(driver.get("enable_address_out").asBoolean())
                                .withRowAddressCompareMask(
                                        driver.get("row_address_compare_mask").asInt())
                                .withRowModes(mode(driver, "row_mode_top"), mode(driver, "row_mode_bottom"))));
        config.get("synapses").forEach(synapse -> synapse(rig, synapse));
    }

    private static RowMode mode(JsonNode driver, String field) {
        return RowMode.valueOf(driver.get(field).asText().toUpperCase(Locale.ROOT));
    }

    private static void synapse(FabricRig rig, JsonNode synapse) {
        int column = synapse.get("column").asInt();
        int quad = (256 * synapse.get("synram").asInt() + synapse.get("row").asInt()) * 64
                + RegisterFile.quadColumn(column);
        int shift = RegisterFile.entryShift(column);
        int enable = 1 << shift / 8;
        int weight = SynapseWeightQuad.permute(synapse.get("weight").asInt()) << shift;
        rig.write(1, SynapseWeightQuad.address(quad), weight, enable);
        rig.write(1, SynapseLabelQuad.address(quad), synapse.get("label").asInt() << shift, enable);
    }

    private static List<String> synapticEvents(FabricRig rig) {
        List<int[]> events = new ArrayList<>();
        for (FabricRig.Pulse pulse : rig.pulses) {
            SynapseTables tables = rig.chip.synapses();
            int size = tables.collect(128 * pulse.half() + pulse.driver(), pulse.label());
            for (int i = 0; i < size; i++) {
                events.add(new int[] {tables.circuitAt(i), tables.lineAt(i), tables.weightAt(i)});
            }
        }
        return sorted(events);
    }

    private static List<String> expectedEvents(JsonNode list) {
        List<int[]> events = new ArrayList<>();
        list.forEach(event -> events.add(new int[] {
            event.get("neuron").asInt(),
            event.get("line").asText().equals("excitatory") ? 0 : 1,
            event.get("weight").asInt()
        }));
        return sorted(events);
    }

    private static List<String> sorted(List<int[]> events) {
        return events.stream()
                .sorted((a, b) -> {
                    int order = Integer.compare(a[0], b[0]);
                    order = order != 0 ? order : Integer.compare(a[1], b[1]);
                    return order != 0 ? order : Integer.compare(a[2], b[2]);
                })
                .map(event -> event[0] + "/" + event[1] + "/" + event[2])
                .toList();
    }
}
