package firstspike.driver.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AddressMapTest {

    private static final AddressMap MAP = AddressMap.standard();

    @Test
    @DisplayName("R017 0x0011_0003 and other gaps belong to nobody (driver's part)")
    void leavesGaps() {
        int[] gaps = {
            0x0011_0003,
            0x0016_0000,
            0x0016_0001,
            0x0011_0403,
            0x0013_0018 + 0x6D,
            0x0008_0006,
            0x0000_0002,
            0x7FFF_FFFF,
            0x8800_7C00,
            0x8800_0000,
            0xFFFF_FFFF,
            0x0014_0018,
            0x0012_2001,
            0x8000_8000,
            0x02C0_4040
        };
        for (int gap : gaps) {
            assertThat(MAP.isMapped(gap)).as("0x%08X", gap).isFalse();
            assertThat(MAP.storageMask(gap)).isZero();
        }
    }

    @Test
    @DisplayName("R019 widths of storage")
    void knowsStorage() {
        assertThat(MAP.storageMask(0x0016_0002)).isEqualTo(0xFF);
        assertThat(MAP.storageMask(0x001A_1000)).isEqualTo(0xFF);
        assertThat(MAP.storageMask(0x0240_0800)).isEqualTo(0xFF);
        assertThat(MAP.storageMask(0x0014_0000)).isEqualTo(0x3FF);
        assertThat(MAP.storageMask(0x02C4_0000)).isEqualTo(0x3F3F_3F3F);
        assertThat(MAP.storageMask(0x02C0_0000)).isEqualTo(0x3F3F_3F3F);
        assertThat(MAP.storageMask(0x02C1_0000)).isEqualTo(0x0303_0303);
        assertThat(MAP.storageMask(0x02CF_0000)).isEqualTo(0xFFFF_FFFF);
        assertThat(MAP.storageMask(0x0011_0400)).isEqualTo(0xFFFF);
        assertThat(MAP.storageMask(0x0011_0402)).isEqualTo(0xFF);
        assertThat(MAP.storageMask(0x8000_0000)).isEqualTo(0xFFFF_FFFF);
        assertThat(MAP.storageMask(0x0012_2000)).as("actions store nothing").isZero();
    }

    @Test
    @DisplayName("owners are named with coordinate and word")
    void namesOwners() {
        long place = MAP.locate(0x0017_83FF);
        assertThat(AddressMap.container(place)).isEqualTo(Container.NEURON_CONFIG);
        assertThat(AddressMap.coordinate(place)).isEqualTo(511);
        assertThat(AddressMap.word(place)).isEqualTo(5);
        long byteOfDram = MAP.locate(0x87FF_FFFF);
        assertThat(AddressMap.container(byteOfDram)).isEqualTo(Container.EXTERNAL_PPU_DRAM_MEMORY_BYTE);
        assertThat(AddressMap.coordinate(byteOfDram)).isEqualTo(0x0FFF_FFFC);
    }

    @Test
    @DisplayName("around the digital blocks exactly the words of the layouts are mapped")
    void mapsNothingElse() {
        Set<Integer> owned = new HashSet<>();
        for (Container container : Container.values()) {
            ContainerLayout layout = container.layout();
            for (int i = 0; layout.space().isOmnibus() && i < Math.min(layout.instances(), 1 << 17); i++) {
                for (int word = 0; word < layout.wordCount(); word++) {
                    owned.add(layout.address(i, word));
                }
            }
        }
        int mapped = 0;
        for (int address = 0; address < 0x0020_0000; address++) {
            if (MAP.isMapped(address)) {
                mapped++;
                assertThat(owned.contains(address)).as("0x%08X", address).isTrue();
            }
        }
        assertThat(mapped).isEqualTo((int)
                owned.stream().filter(a -> a >= 0 && a < 0x0020_0000).count());
    }
}
