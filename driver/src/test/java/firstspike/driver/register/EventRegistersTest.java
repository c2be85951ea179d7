package firstspike.driver.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.coordinate.BackgroundSource;
import firstspike.driver.coordinate.CrossbarInput;
import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.coordinate.CrossbarOutput;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventRegistersTest {

    private static SynapseDriverConfig driver(int index) {
        return SynapseDriverConfig.defaults(SynapseDriver.of(index));
    }

    private static ContainerValues driverFields() {
        return Container.SYNAPSE_DRIVER_CONFIG.layout().defaults();
    }

    @Test
    @DisplayName("R059 SynapseDriverConfig default")
    void defaultsDriver() {
        assertThat(driver(0).words()).containsExactly(0x3E00, 0x3F00, 0x0040);
    }

    @Test
    @DisplayName("R060 addresses of the drivers")
    void placesDrivers() {
        assertThat(driver(17).writeAddresses()[0]).isEqualTo(0x0011_0444);
        assertThat(driver(255).writeAddresses()[2]).isEqualTo(0x0011_85FE);
    }

    @Test
    @DisplayName("R061 receiver on, mask 31, top excitatory, bottom inhibitory")
    void encodesSignedDriver() {
        SynapseDriverConfig config = driver(5)
                .withReceiver(true)
                .withRowAddressCompareMask(31)
                .withRowModes(RowMode.EXCITATORY, RowMode.INHIBITORY);
        assertThat(config.words()).containsExactly(0xBE00, 0x3F60, 0x0040);
    }

    @Test
    @DisplayName("R062 recovery is stored bit-reversed")
    void reversesRecovery() {
        int[][] pairs = {{1, 8}, {6, 6}, {13, 11}};
        for (int[] pair : pairs) {
            assertThat(driverFields().with("recovery", pair[0]).words()[1] & 0xF)
                    .isEqualTo(pair[1]);
        }
    }

    @Test
    @DisplayName("R063 hagen_dac_offset 63")
    void invertsOffset() {
        assertThat(driverFields().with("hagen_dac_offset", 63).words()[1] >> 8).isZero();
    }

    @Test
    @DisplayName("R064 rows, bus and place on the bus of every driver")
    void convertsDrivers() {
        for (int index = 0; index < SynapseDriver.COUNT; index++) {
            SynapseDriver driver = SynapseDriver.of(index);
            int d = index % 128;
            assertThat(driver.bottomRow().index()).isEqualTo(2 * d);
            assertThat(driver.topRow().index()).isEqualTo(2 * d + 1);
            assertThat(driver.onPadiBus()).isEqualTo(d / 4);
            assertThat(driver.padiBus().onBlock()).isEqualTo(d % 4);
            assertThat(driver.topRow().driver(driver.hemisphere())).isEqualTo(driver);
            assertThat(driver.topRow().isTopOfDriver()).isTrue();
            assertThat(driver.bottomRow().isTopOfDriver()).isFalse();
        }
    }

    @Test
    @DisplayName("R065 CommonPADIBusConfig")
    void encodesPadiBusConfig() {
        CommonPadiBusConfig config = CommonPadiBusConfig.defaults(Hemisphere.TOP);
        assertThat(config.withAllSpl1(true).words()).containsExactly(0x0000_000F);
        for (int bus = 0; bus < 4; bus++) {
            config = config.withPulseExtension(bus, 15);
        }
        assertThat(config.words()).containsExactly(0xFFFF_0000);
    }

    @Test
    @DisplayName("R066 PADIEvent")
    void encodesPadiEvent() {
        PadiEvent event = new PadiEvent(Hemisphere.BOTTOM, 1 << 2, 9, 33);
        assertThat(event.words()).containsExactly(0x0261_0004);
        assertThat(event.writeAddresses()).containsExactly(0x0011_8000);
        assertThatThrownBy(() -> new PadiEvent(Hemisphere.TOP, 16, 0, 0)).hasMessageContaining("0..15");
        assertThatThrownBy(() -> new PadiEvent(Hemisphere.TOP, 0, 32, 0)).hasMessageContaining("0..31");
    }

    @Test
    @DisplayName("R067 crossbar nodes")
    void numbersNodes() {
        int[][] nodes = {{0, 0, 0}, {24, 0, 8}, {60, 0, 12}, {75, 11, 19}};
        for (int[] node : nodes) {
            assertThat(CrossbarNode.of(node[0]).output().index()).isEqualTo(node[1]);
            assertThat(CrossbarNode.of(node[0]).input().index()).isEqualTo(node[2]);
        }
        int count = 0;
        for (int output = 0; output < CrossbarOutput.COUNT; output++) {
            for (int input = 0; input < CrossbarInput.COUNT; input++) {
                if (CrossbarNode.exists(CrossbarOutput.of(output), CrossbarInput.of(input))) {
                    count++;
                }
            }
        }
        assertThat(count).isEqualTo(CrossbarNode.COUNT);
        assertThatThrownBy(() -> CrossbarNode.of(CrossbarOutput.of(1), CrossbarInput.of(0)))
                .isInstanceOf(ProgramRejectedException.class)
                .returns("NO_SUCH_CROSSBAR_NODE", error -> ((ChipException) error).code())
                .hasMessageContaining("CrossbarOutput(1)")
                .hasMessageContaining("CrossbarInput(0)");
    }

    @Test
    @DisplayName("R068 CrossbarNode with mask, target and drop counter")
    void encodesNode() {
        assertThat(new CrossbarNodeConfig(CrossbarNode.of(0), 0x3FFF, 0x0105, true).words())
                .containsExactly(0x8105_3FFF);
        assertThat(CrossbarNodeConfig.closed(CrossbarNode.of(75)).words()).containsExactly(0x0001_0000);
        assertThat(CrossbarNodeConfig.closed(CrossbarNode.of(75)).writeAddresses())
                .containsExactly(0x0013_0064);
    }

    @Test
    @DisplayName("R069 CrossbarOutputConfig with all counters on")
    void encodesOutputs() {
        assertThat(CrossbarOutputConfig.defaults().withAllEventCounters(true).words())
                .containsExactly(0x0000_FFF0);
        assertThat(CrossbarOutputConfig.defaults().withSlow(3, true).words()).containsExactly(8);
        assertThat(CrossbarOutputEventCounter.readAddress(CrossbarOutput.of(11)))
                .isEqualTo(0x0013_0084);
        assertThat(CrossbarOutputEventCounter.decode(0xFF00_0007).value()).isEqualTo(7);
        assertThat(CrossbarInputDropCounter.readAddress(CrossbarInput.of(19))).isEqualTo(0x0013_0078);
        assertThat(CrossbarInputDropCounter.decode(0xFFFF_0003).value()).isEqualTo(3);
    }

    @Test
    @DisplayName("R080 BackgroundSpikeSource 2 is written seed first, enable last")
    void ordersBackgroundSource() {
        BackgroundSpikeSource source = BackgroundSpikeSource.regular(BackgroundSource.of(2), 1000, 0x123);
        assertThat(source.writeAddresses()).containsExactly(0x0013_0008, 0x0013_0009, 0x0013_0007);
        assertThat(source.words()).containsExactly(0, 0x0123_0000, 1000 << 16 | 1);
        assertThat(source.withPoisson(200, 0xFFFF_FFFFL)
                        .withRandomLabelBits(0x3F)
                        .words())
                .containsExactly(-1, 0x0123_0000 | 200 << 8 | 0x3F, 1000 << 16 | 3);
    }

    @Test
    @DisplayName("T113 differences of counters wrap at 24 and at 16 bits")
    void counterDifferences() {
        assertThat(new CrossbarOutputEventCounter(5).since(new CrossbarOutputEventCounter(16_777_210)))
                .isEqualTo(11);
        assertThat(new CrossbarInputDropCounter(4).since(new CrossbarInputDropCounter(65_530)))
                .isEqualTo(10);
    }
}
