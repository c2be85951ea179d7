package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.PadiEvent;
import firstspike.driver.register.SynapseDriverConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.emulator.digital.FabricRig.Pulse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections D and E of the playback tests and D of the register tests, as far as the chip itself is concerned. */
class SpikesIntoTheChipTest {
    /** System time at which an instruction "at tau 10" issues. */
    private static final int TAU_10 = 12;

    @Test
    @DisplayName("T076 loopback leaves 41 ticks after its issue with its label")
    void loopback() {
        FabricRig rig = new FabricRig().spike(TAU_10, 0x0000).run(1000);

        assertThat(rig.events).containsExactly(new FabricRig.Event(53, 0x0000, 106));
    }

    @Test
    @DisplayName("T077 T078 channels of one pack leave together")
    void channelsOfOnePack() {
        FabricRig rig = new FabricRig().spike(TAU_10, 0x0000, 0x4001, 0x8002).run(1000);

        assertThat(rig.eventTicks()).containsExactly(53L, 53L, 53L);
        assertThat(rig.eventLabels()).containsExactly(0x0000, 0x4001, 0x8002);
    }

    @Test
    @DisplayName("T079 events of one channel line up in pack order")
    void sameChannel() {
        FabricRig rig = new FabricRig().spike(TAU_10, 1, 2, 3).run(1000);

        assertThat(rig.eventTicks()).containsExactly(53L, 54L, 55L);
        assertThat(rig.eventLabels()).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("T080 R070 labels survive")
    void labelsSurvive() {
        FabricRig rig = new FabricRig();
        int[] labels = {0xC123, 0x0000, 0x5A5A, 0xABCD, 0xFFFF};
        for (int i = 0; i < labels.length; i++) {
            rig.spike(TAU_10 + 10 * i, labels[i]);
        }
        rig.run(1000);

        assertThat(rig.eventLabels()).containsExactly(0xC123, 0x0000, 0x5A5A, 0xABCD, 0xFFFF);
    }

    @Test
    @DisplayName("T082 a node with a full mask passes its target only")
    void exactMask() {
        FabricRig rig = new FabricRig().write(1, FabricRig.node(8, 8), 7 << 16 | 0x3FFF);
        for (int label = 6; label <= 8; label++) {
            rig.spike(TAU_10 + label, label);
        }
        rig.run(1000);

        assertThat(rig.eventLabels()).containsExactly(7);
    }

    @Test
    @DisplayName("T084 R071 R073 a closed node passes nothing and counts nothing")
    void dropAll() {
        FabricRig rig = new FabricRig().write(1, FabricRig.node(8, 8), 1 << 31 | 1 << 16);
        for (int label = 0; label < 100; label++) {
            rig.spike(TAU_10 + 2 * label, label);
            rig.spike(TAU_10 + 2 * label + 1, 0x4000 | label);
        }
        rig.read(900, 0x0013_0065 + 8).run(1000);

        assertThat(rig.events).hasSize(100).allMatch(event -> event.label() >> 14 == 1);
        assertThat(rig.values).containsExactly(0);
        assertThat(rig.chip.health().crossbarDrops()).isZero();
    }

    @Test
    @DisplayName("T086 channels do not mix")
    void channelsDoNotMix() {
        assertThat(new FabricRig().spike(TAU_10, 0).run(1000).events).hasSize(1);
    }

    @Test
    @DisplayName("T087 one event a tick on one channel is never lost")
    void oneChannelAtFullRate() {
        FabricRig rig = new FabricRig();
        for (int i = 0; i < 1000; i++) {
            rig.spike(TAU_10 + i, 1);
        }
        rig.run(3000);

        assertThat(rig.eventTicks())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(53, 1052).boxed().toList());
        assertThat(rig.chip.health().crossbarDrops()).isZero();
    }

    @Test
    @DisplayName("T088 three events a tick on three channels")
    void threeChannelsAtFullRate() {
        FabricRig rig = new FabricRig();
        for (int i = 0; i < 100; i++) {
            rig.spike(TAU_10 + i, 0x0001, 0x4001, 0x8001);
        }
        closePadi(rig);
        rig.run(3000);

        assertThat(rig.events).hasSize(300);
        assertThat(rig.events.get(0).tick()).isEqualTo(53);
        assertThat(rig.events.get(299).tick()).isEqualTo(152);
    }

    @ParameterizedTest(name = "T089 overload, {0} packs of two: {1} recorded, {2} dropped")
    @CsvSource({"3, 6, 0", "4, 8, 0", "5, 9, 1", "6, 10, 2"})
    void packsOfTwo(int packs, int recorded, int dropped) {
        FabricRig rig = overload(packs, true, 1, 2);

        assertThat(rig.events).hasSize(recorded);
        assertThat(rig.values).containsExactly(dropped);
    }

    @ParameterizedTest(name = "T091 overload, {0} packs of three: {1} recorded, {2} dropped")
    @CsvSource({"2, 6, 0", "3, 8, 1", "5, 11, 4", "10, 19, 11"})
    void packsOfThree(int packs, int recorded, int dropped) {
        FabricRig rig = overload(packs, true, 1, 2, 3);

        assertThat(rig.events).hasSize(recorded);
        assertThat(rig.values).containsExactly(dropped);
    }

    @Test
    @DisplayName("T115 drops are counted in hardware only where the node has the bit; the emulator sees them all")
    void dropsNeedTheBit() {
        FabricRig rig = overload(10, false, 1, 2, 3);

        assertThat(rig.values).containsExactly(0);
        assertThat(rig.chip.health().crossbarDrops()).isEqualTo(11);
        assertThat(rig.chip.health().inputDrops()[8]).isZero();
    }

    private static FabricRig overload(int packs, boolean counted, int... labels) {
        FabricRig rig = new FabricRig();
        closePadi(rig);
        rig.write(1, FabricRig.node(8, 8), counted ? 1 << 31 : 0);
        for (int i = 0; i < packs; i++) {
            rig.spike(TAU_10 + i, labels);
        }
        return rig.read(900, 0x0013_0065 + 8).run(1000);
    }

    private static void closePadi(FabricRig rig) {
        for (int channel = 8; channel < 12; channel++) {
            for (int output = 0; output < 8; output++) {
                rig.write(1, FabricRig.node(channel, output), 1 << 16);
            }
        }
    }

    @Test
    @DisplayName("T094 closed buses pulse no driver")
    void busesClosed() {
        assertThat(new FabricRig().allDrivers(1, 31).spike(TAU_10, 0x0161).run(1000).pulses)
                .isEmpty();
    }

    @Test
    @DisplayName("T095 T103 one driver of each bus answers, 42 ticks after the issue")
    void padiAddressing() {
        FabricRig rig = new FabricRig()
                .allDrivers(1, 31)
                .openBuses(1)
                .spike(TAU_10, 0x0161)
                .run(1000);

        assertThat(rig.pulses).containsExactlyInAnyOrderElementsOf(pulses(54, 20, 24));
    }

    private static List<Pulse> pulses(long tick, int from, int to) {
        List<Pulse> pulses = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            for (int driver = from; driver < to; driver++) {
                pulses.add(new Pulse(tick, half, driver, 0x21));
            }
        }
        return pulses;
    }

    @Test
    @DisplayName("T096 an event reaches only the buses whose nodes pass it")
    void padiThroughOneNode() {
        FabricRig rig = new FabricRig().allDrivers(1, 31).openBuses(1);
        for (int output = 1; output < 8; output++) {
            rig.write(1, FabricRig.node(8, output), 1 << 16);
        }
        rig.spike(TAU_10, 0x0161).run(1000);

        assertThat(rig.pulses).containsExactly(new Pulse(54, 0, 20, 0x21));
    }

    @Test
    @DisplayName("T097 a compare mask of 0b11100 ignores the low two bits of the row select")
    void compareMask() {
        FabricRig rig = new FabricRig()
                .allDrivers(1, 0b11100)
                .openBuses(1)
                .spike(TAU_10, 0x0161)
                .run(1000);

        assertThat(rig.pulses).containsExactlyInAnyOrderElementsOf(pulses(54, 16, 32));
    }

    @ParameterizedTest(name = "R075 row select 4, mask {0}: drivers on the bus {1}")
    @CsvSource(
            delimiter = ';',
            value = {"31; 4", "3; 0 4 8 12 16 20 24 28"})
    void rowSelect(int mask, String drivers) {
        FabricRig rig = new FabricRig()
                .allDrivers(1, mask)
                .openBuses(1)
                .spike(TAU_10, 4 << 6)
                .run(1000);

        List<Integer> onBusOne = rig.pulses.stream()
                .filter(pulse -> pulse.half() == 0 && pulse.driver() % 4 == 1)
                .map(pulse -> pulse.driver() / 4)
                .toList();
        assertThat(onBusOne).hasToString("[" + drivers.replace(" ", ", ") + "]");
    }

    @Test
    @DisplayName("R075 mask 0 reaches all 32 drivers of a bus")
    void maskZero() {
        FabricRig rig = new FabricRig()
                .allDrivers(1, 0)
                .openBuses(1)
                .spike(TAU_10, 4 << 6)
                .run(1000);

        assertThat(rig.pulses).hasSize(256);
    }

    @Test
    @DisplayName("T100 the channel does not matter to a driver")
    void otherChannel() {
        FabricRig rig = new FabricRig()
                .allDrivers(1, 31)
                .openBuses(1)
                .spike(TAU_10, 0x4161)
                .run(1000);

        assertThat(rig.pulses).containsExactlyInAnyOrderElementsOf(pulses(54, 20, 24));
    }

    @Test
    @DisplayName("T101 a driver without address output sends bit 5 only")
    void addressOutOff() {
        FabricRig rig = new FabricRig()
                .allDrivers(1, 31)
                .write(
                        2,
                        SynapseDriverConfig.defaults(SynapseDriver.of(20))
                                .withReceiver(true)
                                .withAddressOut(false)
                                .withRowModes(RowMode.DISABLED, RowMode.DISABLED))
                .openBuses(1)
                .spike(TAU_10, 0x0161)
                .run(1000);

        assertThat(rig.pulses)
                .hasSize(8)
                .allMatch(pulse -> pulse.label() == (pulse.half() == 0 && pulse.driver() == 20 ? 0x20 : 0x21));
    }

    @Test
    @DisplayName("T105 R076 R077 the event register works on buses that the crossbar does not feed, one tick later")
    void eventRegister() {
        FabricRig rig = new FabricRig()
                .allDrivers(1, 31)
                .write(2, CommonPadiBusConfig.defaults(Hemisphere.TOP).withSpl1(0, true))
                .write(10, new PadiEvent(Hemisphere.TOP, 0b0111, 9, 33))
                .spike(20, 0x0161)
                .run(1000);

        assertThat(rig.pulses)
                .containsExactly(
                        new Pulse(11, 0, 9 * 4 + 1, 33), new Pulse(11, 0, 9 * 4 + 2, 33), new Pulse(62, 0, 20, 0x21));
    }

    @Test
    @DisplayName("extended timing loses events less than two ticks apart and counts them")
    void extendedTiming() {
        FabricRig rig = new FabricRig()
                .allDrivers(1, 31)
                .write(
                        2,
                        CommonPadiBusConfig.defaults(Hemisphere.BOTTOM)
                                .withSpl1(3, true)
                                .withExtendedTiming(3, true));
        for (int i = 0; i < 5; i++) {
            rig.spike(TAU_10 + i, 0);
        }
        rig.run(1000);

        assertThat(rig.pulses).extracting(Pulse::tick).containsExactly(54L, 56L, 58L);
        assertThat(rig.chip.health().padiTimingLoss()).containsExactly(0, 0, 0, 0, 0, 0, 0, 2);
    }

    @Test
    @DisplayName("T111 R074 T120 an output counts what leaves while its counter is on")
    void eventCounter() {
        FabricRig rig = new FabricRig().write(1, 0x0013_0000, 1 << 4 + 8);
        for (int i = 0; i < 1000; i++) {
            rig.spike(TAU_10 + i, 5);
        }
        rig.write(2000, 0x0013_0000, 0).spike(2000, 5);
        for (int output = 0; output < 12; output++) {
            rig.read(3000, 0x0013_0079 + output);
        }
        rig.run(3001);

        assertThat(rig.values).hasSize(12);
        assertThat(rig.values.get(8)).isEqualTo(1000);
        assertThat(rig.values).filteredOn(value -> value == 0).hasSize(11);
    }

    @Test
    @DisplayName("T114 counters survive programs, not the reset line")
    void countersAndReset() {
        FabricRig rig = new FabricRig()
                .write(1, 0x0013_0000, 0xFFF0)
                .spike(TAU_10, 5)
                .control(100, ChipEffects.Kind.PROGRAM_STARTED, 1)
                .read(101, 0x0013_0079 + 8)
                .control(200, ChipEffects.Kind.RESET_ASSERTED, 0)
                .control(210, ChipEffects.Kind.RESET_RELEASED, 0)
                .read(220, 0x0013_0079 + 8)
                .read(220, 0x0013_0000)
                .run(1000);

        assertThat(rig.values).containsExactly(1, 0, 0);
    }

    @Test
    @DisplayName("T218 after a reset the filter passes all again and the counter of half-ticks starts from 0")
    void resetOpensTheFilter() {
        FabricRig rig = new FabricRig()
                .write(1, FabricRig.node(8, 8), 1 << 16)
                .control(200, ChipEffects.Kind.RESET_ASSERTED, 0)
                .arrive(205, 9)
                .control(210, ChipEffects.Kind.RESET_RELEASED, 0)
                .arrive(300, 9)
                .run(1000);

        assertThat(rig.events).containsExactly(new FabricRig.Event(301, 9, 2 * (301 - 210)));
    }

    @Test
    @DisplayName("a synchronised counter stamps with its low 8 bits")
    void stamps() {
        FabricRig rig = new FabricRig()
                .control(100, ChipEffects.Kind.SYNCHRONISED, 1000)
                .arrive(400, 9)
                .run(1000);

        assertThat(rig.events.get(0).stamp()).isEqualTo(1000 + 2 * 301 & 0xFF);
    }

    @Test
    @DisplayName("a slow L2 output takes one event every two ticks")
    void slowOutput() {
        FabricRig rig = new FabricRig()
                .write(1, 0x0013_0000, 1)
                .spike(TAU_10, 1, 2, 3)
                .spike(30, 4)
                .run(1000);

        assertThat(rig.eventTicks()).containsExactly(53L, 55L, 57L, 71L);
    }

    @Test
    @DisplayName("T107 T108 76 nodes, numbered by input and output")
    void nodes() {
        long count = IntStream.range(0, Crossbar.INPUTS)
                .flatMap(input -> IntStream.range(0, Crossbar.OUTPUTS).filter(output -> Crossbar.exists(input, output)))
                .count();

        assertThat(count).isEqualTo(Crossbar.NODES);
        assertThat(FabricRig.node(19, 11) - FabricRig.node(0, 0)).isEqualTo(75);
    }

    @Test
    @DisplayName("the channel queue holds 16 events; what comes more is lost once and counted")
    void channelQueue() {
        FabricRig rig = new FabricRig().write(1, FabricRig.node(8, 0), 1 << 31 | 1 << 16);
        for (int output = 1; output < 9; output++) {
            rig.write(1, FabricRig.node(8, output), 1 << 16);
        }
        for (int i = 0; i < 20; i++) {
            rig.spike(TAU_10 + i, 1, 2, 3);
        }
        rig.read(900, 0x0013_0065 + 8).run(1000);

        // 3 come and 2 go each tick: pack k finds k events waiting, so from pack 14 on one of three finds no place.
        assertThat(rig.values).containsExactly(6);
        assertThat(rig.chip.health().crossbarDrops()).isEqualTo(6);
    }
}
