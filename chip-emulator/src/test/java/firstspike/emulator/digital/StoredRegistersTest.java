package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.register.AddressMap;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import firstspike.driver.register.RawSynapseQuad;
import firstspike.driver.register.SynapseLabelQuad;
import firstspike.driver.register.SynapseWeightQuad;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chip stores and gives back (registers.md 7.1, 19). */
class StoredRegistersTest {
    private static final long SEED = 20_240_611;

    @Test
    @DisplayName("R051 the four synapse views share one memory and leave each other's bits alone")
    void synapseViews() {
        SynapseQuad quad = SynapseQuad.of(16_384 + 64 * 200 + 33);
        RawSynapseQuad raw = RawSynapseQuad.defaults(quad);
        for (int entry = 0; entry < 4; entry++) {
            raw = raw.withWeight(entry, 10 + entry)
                    .withLabel(entry, 50 + entry)
                    .withTimeCalib(entry, entry)
                    .withAmpCalib(entry, 3 - entry);
        }
        int place = 16_384 + 64 * 200 + 33;
        int time = SynapseWeightQuad.address(place) + 0x1_0000;
        int amplitude = SynapseWeightQuad.address(place) + 0x2_0000;
        FabricRig rig = new FabricRig()
                .write(1, raw)
                .read(2, SynapseWeightQuad.address(place))
                .read(2, SynapseLabelQuad.address(place))
                .read(2, time)
                .read(2, amplitude)
                .write(3, SynapseWeightQuad.address(place), SynapseWeightQuad.word(1, 2, 3, 63))
                .read(4, raw.writeAddresses()[0])
                .read(4, raw.writeAddresses()[1])
                .read(4, time)
                .run(10);

        RawSynapseQuad expected =
                raw.withWeight(0, 1).withWeight(1, 2).withWeight(2, 3).withWeight(3, 63);
        assertThat(rig.values)
                .containsExactly(
                        SynapseWeightQuad.word(10, 11, 12, 13),
                        SynapseLabelQuad.word(50, 51, 52, 53),
                        0x0001_0203,
                        0x0302_0100,
                        expected.words()[0],
                        expected.words()[1],
                        0x0001_0203);
    }

    @TestFactory
    Stream<DynamicTest> everyReadableContainerReadsBackWhatExists() {
        return Stream.of(Container.values())
                .filter(container -> container.layout().space().isOmnibus())
                .filter(container -> container.layout().address(0, 0) >= 0)
                .filter(container -> container.layout().access().isWritable()
                        && container.layout().access().isReadable())
                .map(container ->
                        DynamicTest.dynamicTest("R016 " + container + " reads back", () -> readBack(container)));
    }

    private static void readBack(Container container) {
        ContainerLayout layout = container.layout();
        Random random = new Random(SEED);
        FabricRig rig = new FabricRig();
        int count = layout.instances();
        int[] at = {0, count - 1, random.nextInt(count), random.nextInt(count)};
        for (int coordinate : at) {
            int[] addresses = layout.writeAddresses(coordinate);
            for (int address : addresses) {
                int before = rig.values.size();
                // Bits 3:1 of a neuron's words switch on what membranes refuse.
                int word = random.nextInt() & (container == Container.NEURON_CONFIG ? ~0x0E : -1);
                int mask = AddressMap.standard().storageMask(address);
                long tick = 2L * before + 1;
                rig.write(tick, address, word).read(tick + 1, address).run(tick + 2);

                assertThat(rig.values.get(before))
                        .as("address 0x%08X, seed %d", address, SEED)
                        .isEqualTo(word & mask);
            }
        }
    }

    @Test
    @DisplayName("R018 byte enables change the enabled bytes only")
    void byteEnables() {
        FabricRig rig = new FabricRig()
                .write(1, 0x0280_0000, 0x1234_5678)
                .write(2, 0x0280_0000, 0xAABB_CCDD, 0b1010)
                .read(3, 0x0280_0000)
                .run(10);

        assertThat(rig.values).containsExactly(0xAA34_CC78);
    }

    @Test
    @DisplayName("R019 storage has the width of the field")
    void widths() {
        int[] addresses = {0x0016_0002, 0x0014_0002, 0x02C4_0000, 0x02C0_0000, 0x0013_0019};
        FabricRig rig = new FabricRig();
        for (int address : addresses) {
            rig.write(1, address, -1).read(2, address);
        }

        assertThat(rig.run(10).values).containsExactly(0xFF, 0x3FF, 0x3F3F_3F3F, 0x3F3F_3F3F, 0xBFFF_3FFF);
    }

    @Test
    @DisplayName("R017 an address that nobody owns ignores writes and reads 0")
    void unmapped() {
        int[] addresses = {0x0011_0003, 0x7FFF_0000, 0x0005_0000, 0x0013_0085, 0x02CF_8000, 0x02D0_0000};
        FabricRig rig = new FabricRig();
        for (int address : addresses) {
            rig.write(1, address, -1).read(2, address);
        }

        assertThat(rig.run(10).values).containsOnly(0).hasSize(addresses.length);
    }

    @Test
    @DisplayName("a write at a tick comes before a read at that tick, whatever their order")
    void writesBeforeReads() {
        FabricRig rig =
                new FabricRig().read(5, 0x0280_0001).write(5, 0x0280_0001, 7).run(10);

        assertThat(rig.values).containsExactly(7);
    }

    @Test
    @DisplayName("T216 T218 memory stays over programs and is cleared by the reset line")
    void memoryStays() {
        FabricRig rig = new FabricRig()
                .write(1, 0x02C0_0005, 0x0102_0304)
                .control(10, ChipEffects.Kind.PROGRAM_STARTED, 1)
                .read(11, 0x02C0_0005)
                .control(20, ChipEffects.Kind.RESET_ASSERTED, 0)
                .control(30, ChipEffects.Kind.RESET_RELEASED, 0)
                .read(40, 0x02C0_0005)
                .run(100);

        assertThat(rig.values).containsExactly(0x0102_0304, 0);
    }

    @Test
    @DisplayName("memories that come up random have the same contents each time, also after a reset")
    void randomPowerUp() {
        FabricOptions options =
                new FabricOptions(ChipTiming.reference(), OptionalLong.of(5), OptionalInt.of(0x0280_0001));
        FabricRig rig = new FabricRig(options)
                .read(1, 0x0280_0001)
                .write(2, 0x0280_0001, 0)
                .read(3, 0x0280_0001)
                .control(4, ChipEffects.Kind.RESET_ASSERTED, 0)
                .read(5, 0x0280_0001)
                .run(10);

        assertThat(rig.values).hasSize(3).doesNotContain(0);
        assertThat(rig.values.stream().distinct())
                .as("stuck, and the same after reset")
                .hasSize(1);
    }

    @ParameterizedTest(name = "a code without a meaning is stored as written and noted: {1}")
    @CsvSource({
        "0x00144006, 0x03710010, prescale_ramp",
        "0x00144006, 0x07310010, prescale_pause",
        "0x00144002, 3, debug_v_ref_select",
        "0x00144005, 3, debug_i_out_select"
    })
    void illegalCode(String address, String word, String field) {
        int at = Integer.decode(address);
        FabricRig rig =
                new FabricRig().write(1, at, Integer.decode(word)).read(2, at).run(10);

        assertThat(rig.values).containsExactly(Integer.decode(word));
        assertThat(rig.chip.health().notes()).singleElement().satisfies(note -> {
            assertThat(note.name()).isEqualTo("illegal-code");
            assertThat(note.text()).contains(field);
        });
    }

    @Test
    @DisplayName("the default words of registers with such codes are not noted")
    void legalCodes() {
        FabricRig rig = new FabricRig();
        for (Container container :
                List.of(Container.CAPMEM_BLOCK_CONFIG, Container.ADPLL, Container.PLL_CLOCK_OUTPUT_BLOCK)) {
            ContainerLayout layout = container.layout();
            int[] words = layout.encode(layout.defaults());
            for (int word = 0; word < words.length; word++) {
                rig.write(1, layout.address(0, word), words[word]);
            }
        }

        assertThat(rig.run(10).chip.health().notes()).isEmpty();
    }

    @Test
    @DisplayName("every memory comes up random within its width, every register 0")
    void allMemories() {
        FabricOptions options = new FabricOptions(ChipTiming.reference(), OptionalLong.of(5), OptionalInt.empty());
        Set<Container> memories = EnumSet.of(
                Container.SYNAPSE_WEIGHT_QUAD,
                Container.SYNAPSE_LABEL_QUAD,
                Container.SYNAPSE_CORRELATION_CALIB_QUAD,
                Container.COLUMN_CORRELATION_QUAD,
                Container.COLUMN_CURRENT_QUAD,
                Container.SYNAPSE_DRIVER_CONFIG,
                Container.NEURON_CONFIG,
                Container.NEURON_BACKEND_CONFIG,
                Container.CAPMEM_CELL,
                Container.CADC_CHANNEL_CONFIG,
                Container.PPU_MEMORY_WORD);
        Set<Container> registers = EnumSet.of(
                Container.CROSSBAR_NODE,
                Container.CROSSBAR_OUTPUT_CONFIG,
                Container.BACKGROUND_SPIKE_SOURCE,
                Container.COMMON_PADI_BUS_CONFIG,
                Container.COMMON_STP_CONFIG,
                Container.COMMON_NEURON_BACKEND_CONFIG,
                Container.NEURON_SRAM_TIMING_CONFIG,
                Container.CADC_OFFSET_SRAM_TIMING_CONFIG,
                Container.CAPMEM_BLOCK_CONFIG,
                Container.REFERENCE_GENERATOR_CONFIG);
        for (Container container : memories) {
            assertThat(bitsSeen(options, container)).as("%s", container).isEqualTo(existing(container));
        }
        for (Container container : registers) {
            assertThat(bitsSeen(options, container)).as("%s", container).containsOnly(0);
        }
    }

    /** Word by word, the bits that are 1 in one of the first 64 and the last 64 instances at power-on. */
    private static int[] bitsSeen(FabricOptions options, Container container) {
        ContainerLayout layout = container.layout();
        FabricRig rig = new FabricRig(options);
        int[] seen = new int[layout.wordCount()];
        int count = layout.instances();
        for (int word = 0; word < seen.length; word++) {
            for (int i = 0; i < Math.min(count, 128); i++) {
                rig.read(1, layout.address(i < 64 ? i : count - 1 - (i - 64), word));
            }
        }
        rig.run(2);
        int perWord = Math.min(count, 128);
        for (int i = 0; i < rig.values.size(); i++) {
            seen[i / perWord] |= rig.values.get(i);
        }
        return seen;
    }

    private static int[] existing(Container container) {
        int[] masks = IntStream.range(0, container.layout().wordCount())
                .map(container.layout()::storageMask)
                .toArray();
        if (container == Container.NEURON_CONFIG) {
            // What membranes refuse comes up off.
            masks[1] &= ~0x06;
            masks[2] &= ~0x0C;
            masks[5] &= ~0x04;
        }
        return masks;
    }

    @Test
    @DisplayName("every address of the map has its place in the chip, and no other has one")
    void placesAgreeWithTheMap() {
        for (int base : new int[] {
            0x0000_0000,
            0x0004_0000,
            0x0008_0000,
            0x000C_0000,
            0x0010_0000,
            0x0011_0000,
            0x0011_8000,
            0x0012_0000,
            0x0012_8000,
            0x0013_0000,
            0x0014_0000,
            0x0014_8000,
            0x0015_0000,
            0x0015_8000,
            0x0016_0000,
            0x0016_8000,
            0x0017_0000,
            0x0017_8000,
            0x001A_0000,
            0x001A_8000,
            0x0200_0000,
            0x0220_0000,
            0x0240_0000,
            0x0280_0000,
            0x02A0_0000,
            0x02C0_0000,
            0x02C1_0000,
            0x02C2_0000,
            0x02C4_0000,
            0x02C9_0000,
            0x02CF_0000,
            0x02C8_0000,
            0x02CC_0000,
            0x02E8_0000,
            0x02EC_0000,
            0x03C0_0000,
            0x03CF_8000,
            0x0340_0000
        }) {
            for (int offset = 0; offset < 0x8100; offset++) {
                int address = base + offset;
                assertThat(RegisterSpace.locate(address) != RegisterSpace.NOTHING)
                        .as("0x%08X", address)
                        .isEqualTo(AddressMap.standard().isMapped(address));
            }
        }
    }
}
