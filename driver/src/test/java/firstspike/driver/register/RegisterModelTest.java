package firstspike.driver.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that hold for every container of the model, by going through all of them. */
class RegisterModelTest {

    private static final long SEED = 0x5EED;

    @Test
    @DisplayName("the model's default words, first addresses, readability and ranges are the published ones")
    void equalsPublishedModel() throws IOException {
        for (JsonNode published : RegisterVectors.read("register_model.json").get("containers")) {
            ContainerLayout layout =
                    Container.ofTitle(published.get("container").asText()).layout();
            assertThat(layout.space().label())
                    .as(layout.toString())
                    .isEqualTo(published.get("space").asText());
            assertThat(layout.defaults().words())
                    .as(layout.toString())
                    .containsExactly(RegisterVectors.words(published.get("default_words")));
            assertThat(layout.writeAddresses(0))
                    .as(layout.toString())
                    .containsExactly(RegisterVectors.words(published.get("first_instance_write_addresses")));
            String readable =
                    switch (layout.access()) {
                        case READ_WRITE -> "yes";
                        case UNREADABLE_ON_HARDWARE -> "emulator_only";
                        case WRITE_ONLY -> "no";
                        case READ_ONLY -> "read only";
                    };
            assertThat(readable)
                    .as(layout.toString())
                    .isEqualTo(published.get("readable").asText());
            for (JsonNode field : published.get("fields")) {
                if (field.has("min")) {
                    String path = field.get("name").asText() + (field.has("elements") ? "[0]" : "");
                    RegisterField ours = layout.field(layout.fieldIndex(path));
                    assertThat(ours.minimum())
                            .as(ours.toString())
                            .isEqualTo(field.get("min").asLong());
                    assertThat(ours.maximum())
                            .as(ours.toString())
                            .isEqualTo(field.get("max").asLong());
                }
            }
        }
    }

    @ParameterizedTest(name = "R005 {0} refuses one above and one below each range")
    @EnumSource
    void refusesOutside(Container container) {
        ContainerValues defaults = container.layout().defaults();
        for (RegisterField field : container.layout().fields()) {
            for (long value : new long[] {field.maximum() + 1, field.minimum() - 1}) {
                assertThatThrownBy(() -> defaults.with(field.path(), value))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(container.title())
                        .hasMessageContaining(field.path())
                        .hasMessageContaining(Long.toString(value))
                        .hasMessageContaining(range(field));
            }
        }
    }

    private static String range(RegisterField field) {
        if (!field.names().isEmpty()) {
            return field.names().toString();
        }
        return field.legalValues().isEmpty()
                ? field.minimum() + ".." + field.maximum()
                : field.legalValues().toString();
    }

    @ParameterizedTest(name = "R006 {0}: a field set to its maximum and back gives the default words")
    @EnumSource
    void restoresDefaults(Container container) {
        ContainerLayout layout = container.layout();
        for (RegisterField field : layout.fields()) {
            ContainerValues back =
                    layout.defaults().with(field.path(), field.maximum()).with(field.path(), field.defaultValue());
            assertThat(layout.encode(back, 0)).containsExactly(layout.encode(layout.defaults(), 0));
        }
    }

    @ParameterizedTest(name = "R007 {0} refuses one word too many and one too few")
    @EnumSource
    void refusesOtherNumberOfWords(Container container) {
        ContainerLayout layout = container.layout();
        for (int words : new int[] {layout.wordCount() - 1, layout.wordCount() + 1}) {
            assertThatThrownBy(() -> layout.decode(new int[words]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(container.title())
                    .hasMessageContaining(words + " words");
        }
    }

    @ParameterizedTest(name = "R008 {0} ignores unused bits")
    @EnumSource
    void ignoresUnusedBits(Container container) {
        ContainerLayout layout = container.layout();
        // coordinate 3 of a byte container is the lane of bits 7:0
        int coordinate = layout.byteEnables(0) == 0xF ? 0 : 3;
        int[] words = layout.encode(layout.defaults(), coordinate);
        for (int i = 0; i < words.length; i++) {
            words[i] |= ~layout.usedMask(i);
        }
        assertThat(layout.decode(words, coordinate)).isEqualTo(layout.defaults());
    }

    @ParameterizedTest(name = "R009 R010 R003 {0}: random states set no unused bit, restore, and never share words")
    @EnumSource
    void encodesRandomStates(Container container) {
        ContainerLayout layout = container.layout();
        SplittableRandom random = new SplittableRandom(SEED + container.ordinal());
        Map<List<Integer>, ContainerValues> seen = new HashMap<>();
        for (int round = 0; round < 1000; round++) {
            int coordinate = random.nextInt(layout.instances());
            ContainerValues values = random(layout, random);
            int[] words = layout.encode(values, coordinate);
            int enables = layout.byteEnables(coordinate);
            int shift = enables == 0xF ? 0 : 8 * Integer.numberOfTrailingZeros(enables);
            List<Integer> key = new ArrayList<>();
            for (int i = 0; i < words.length; i++) {
                assertThat(words[i] & ~(layout.usedMask(i) << shift))
                        .as("seed " + SEED)
                        .isZero();
                key.add(words[i] >>> shift);
            }
            assertThat(layout.decode(words, coordinate)).as("seed " + SEED).isEqualTo(values);
            ContainerValues other = seen.put(key, values);
            assertThat(other == null || other.equals(values)).as("seed " + SEED).isTrue();
        }
    }

    private static ContainerValues random(ContainerLayout layout, SplittableRandom random) {
        ContainerValues values = layout.defaults();
        for (RegisterField field : layout.fields()) {
            long value = field.legalValues().isEmpty()
                    ? random.nextLong(field.minimum(), field.maximum() + 1)
                    : field.legalValues().get(random.nextInt(field.legalValues().size()));
            values = values.with(field.path(), value);
        }
        // the debug cell is lost while the debug readout is off
        if (layout.container() == Container.CAPMEM_BLOCK_CONFIG && !values.isSet("debug_readout_enable")) {
            values = values.with("debug_capmem_coord", 0);
        }
        return values;
    }

    @Test
    @DisplayName("R010 CapMemBlockConfig: states that differ only in the cell of a debug readout that is off are one")
    void losesDebugCellWhileOff() {
        ContainerLayout layout = Container.CAPMEM_BLOCK_CONFIG.layout();
        ContainerValues other = layout.defaults().with("debug_capmem_coord", 77);

        assertThat(other.words()).containsExactly(layout.defaults().words());
        assertThat(layout.decode(other.words())).isEqualTo(layout.defaults());
    }

    @ParameterizedTest(name = "R011 {0}: bit 31 tells FPGA from chip")
    @EnumSource
    void addressesTellTheSide(Container container) {
        ContainerLayout layout = container.layout();
        if (!layout.space().isOmnibus()) {
            assertThat(layout.space()).isNotIn(AddressSpace.CHIP, AddressSpace.CHIP_JTAG, AddressSpace.FPGA);
            return;
        }
        for (int coordinate : new int[] {0, layout.instances() / 2, layout.instances() - 1}) {
            for (int word = 0; word < layout.wordCount(); word++) {
                assertThat(layout.address(coordinate, word) < 0).isEqualTo(layout.space() == AddressSpace.FPGA);
            }
        }
    }

    @ParameterizedTest(name = "R012 {0}: the address map gives every word back to its instance, so none overlap")
    @EnumSource
    void ownsItsAddresses(Container container) {
        ContainerLayout layout = container.layout();
        boolean lanes = layout.byteEnables(0) != 0xF;
        SplittableRandom random = new SplittableRandom(SEED);
        // the external memories have millions of bytes: a sample stands for them
        int rounds = layout.space().isOmnibus() ? Math.min(layout.instances(), 1 << 17) : 0;
        for (int round = 0; round < rounds; round++) {
            int coordinate = rounds == layout.instances() ? round : random.nextInt(layout.instances());
            for (int word = 0; word < layout.wordCount(); word++) {
                long place = AddressMap.standard().locate(layout.address(coordinate, word));
                if (place == AddressMap.UNMAPPED
                        || AddressMap.container(place) != container
                        || AddressMap.word(place) != word
                        || AddressMap.coordinate(place) != (lanes ? coordinate / 4 * 4 : coordinate)) {
                    assertThat(place)
                            .as(container + " " + coordinate + " word " + word)
                            .isEqualTo(coordinate);
                }
            }
        }
        assertThat(layout.instances()).isPositive();
    }

    @Test
    @DisplayName("R014 R015 write-only containers have no read address, read-only ones no write address")
    void refusesMissingDirection() {
        for (Container container : Container.values()) {
            ContainerLayout layout = container.layout();
            if (!layout.access().isReadable()) {
                assertThatThrownBy(() -> layout.readAddresses(0))
                        .isInstanceOf(ProgramRejectedException.class)
                        .returns("NOT_READABLE", error -> ((ChipException) error).code())
                        .hasMessageContaining(container.title());
            }
            if (!layout.access().isWritable()) {
                assertThatThrownBy(() -> layout.writeAddresses(0))
                        .isInstanceOf(ProgramRejectedException.class)
                        .returns("NOT_WRITABLE", error -> ((ChipException) error).code())
                        .hasMessageContaining(container.title());
            }
        }
        assertThat(titles(Access.WRITE_ONLY))
                .contains("MADCControl", "PADIEvent", "NeuronReset", "NeuronResetQuad", "BlockPostPulse")
                .contains("SpikeCounterReset", "CorrelationReset", "PhyConfigChip", "ShiftRegister", "DACChannel");
        assertThat(titles(Access.READ_ONLY))
                .contains("SpikeCounterRead", "CADCSampleQuad", "CrossbarInputDropCounter", "PPUStatusRegister")
                .contains("CrossbarOutputEventCounter", "PLLSelfTestStatus", "JTAGIdCode", "FPGADeviceDNA");
        assertThat(titles(Access.UNREADABLE_ON_HARDWARE))
                .containsExactlyInAnyOrder(
                        "BackgroundSpikeSource",
                        "PollingOmnibusBlockConfig",
                        "CADCChannelConfig",
                        "CapMemBlockConfig",
                        "NeuronBackendSRAMTimingConfig",
                        "SynapseDriverSRAMTimingConfig",
                        "CommonPADIBusConfig",
                        "CommonSTPConfig",
                        "CrossbarOutputConfig",
                        "CrossbarNode",
                        "SynapseBiasSelection");
    }

    private static List<String> titles(Access access) {
        return Arrays.stream(Container.values())
                .filter(container -> container.layout().access() == access)
                .map(Container::title)
                .toList();
    }

    @Test
    @DisplayName("R020 differential writes are allowed for stored settings only (driver's part)")
    void marksDifferentialWrites() {
        List<String> allowed = Arrays.stream(Container.values())
                .filter(container -> container.layout().allowsDifferentialWrite())
                .map(Container::title)
                .toList();
        assertThat(allowed)
                .contains(
                        "CapMemCell", "CapMemBlockConfig", "NeuronConfig", "NeuronBackendConfig", "SynapseDriverConfig")
                .contains("CommonNeuronBackendConfig", "CommonPADIBusConfig", "CommonSTPConfig", "CommonSynramConfig")
                .contains("SynapseQuad", "SynapseWeightQuad", "SynapseLabelQuad", "SynapseCorrelationCalibQuad")
                .contains("ColumnCurrentQuad", "ColumnCorrelationQuad", "PPUControlRegister", "ShiftRegister")
                .doesNotContain("PADIEvent", "MADCControl", "BackgroundSpikeSource", "EventRecordingConfig");
        for (Container container : Container.values()) {
            ContainerLayout layout = container.layout();
            if (layout.isAction() || layout.space() == AddressSpace.FPGA) {
                assertThat(layout.allowsDifferentialWrite())
                        .as(container.title())
                        .isFalse();
            }
        }
    }

    @Test
    @DisplayName("fields, names, lists and structures that do not fit are refused by name")
    void refusesForeignFields() {
        ContainerValues neuron = Container.NEURON_CONFIG.layout().defaults();
        ContainerValues weights = Container.SYNAPSE_WEIGHT_QUAD.layout().defaults();
        ContainerValues currents = Container.COLUMN_CURRENT_QUAD.layout().defaults();

        assertThatThrownBy(() -> neuron.with("membrane_size", 1)).hasMessageContaining("no field membrane_size");
        assertThatThrownBy(() -> neuron.with("readout_source", "gate")).hasMessageContaining("exc_synin");
        assertThatThrownBy(() -> neuron.withAll(Map.of("enable_fire", 1))).hasMessageContaining("enable_fire");
        assertThatThrownBy(() -> weights.withAll(Map.of("values", List.of(1, 2, 3))))
                .hasMessageContaining("4 values");
        assertThatThrownBy(() -> weights.withAll(Map.of("values", List.of(1, 2, 3, 64))))
                .hasMessageContaining("SynapseWeightQuad.values[3]")
                .hasMessageContaining("64");
        assertThatThrownBy(() -> currents.withAll(Map.of("switch", List.of(1, 2, 3, 4))))
                .hasMessageContaining("structure");
        assertThatThrownBy(() -> Container.NEURON_CONFIG.layout().encode(weights))
                .hasMessageContaining("NeuronConfig");
        assertThatThrownBy(() -> Container.NEURON_CONFIG.layout().writeAddresses(512))
                .hasMessageContaining("0..511");
        assertThatThrownBy(() -> new NeuronConfig(null, weights)).hasMessageContaining("NeuronConfig");
        assertThatThrownBy(() -> Container.ofTitle("NeuronConfg")).hasMessageContaining("NeuronConfg");
    }
}
