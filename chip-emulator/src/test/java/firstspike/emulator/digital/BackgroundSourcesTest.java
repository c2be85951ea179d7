package firstspike.emulator.digital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.BackgroundSource;
import firstspike.driver.register.BackgroundSpikeSource;
import firstspike.emulator.digital.FabricRig.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Background sources on the chip itself (playback.md 5.6; section E of the playback tests). */
class BackgroundSourcesTest {
    /** Effect of the word with the enable bit when the three words of a source are written at tau 0. */
    private static final int ENABLED_AT = 47;

    private static final long SEED = 20_261_127;
    private static final int BASE = 0x0013_0001;

    private static BackgroundSpikeSource regular(int source, int period, int label) {
        return BackgroundSpikeSource.regular(BackgroundSource.of(source), period, label);
    }

    private static BackgroundSpikeSource random(int source, int period, int rate, long seed, int label) {
        return regular(source, period, label).withPoisson(rate, seed);
    }

    private static BackgroundSpikeSource off(int source) {
        return BackgroundSpikeSource.defaults(BackgroundSource.of(source));
    }

    @Test
    @DisplayName("T116 a regular source of period 100 leaves first at 98, then every 50 ticks")
    void regularTiming() {
        FabricRig rig =
                new FabricRig().write(ENABLED_AT, regular(0, 100, 0x0010)).run(1000);

        assertThat(rig.events.get(0)).isEqualTo(new Event(98, 0x0010, 196));
        assertThat(rig.eventTicks())
                .containsExactlyElementsOf(
                        IntStream.range(0, 19).mapToObj(i -> 98L + 50 * i).toList());
        assertThat(rig.eventLabels()).containsOnly(0x0010);
    }

    @Test
    @DisplayName("T118 a regular source of period 100 spikes 200 times in 10 000 ticks")
    void regularCount() {
        FabricRig rig = new FabricRig()
                .write(100, regular(0, 100, 0))
                .write(10_100, off(0))
                .run(11_000);

        assertThat(rig.events).hasSizeBetween(199, 201);
    }

    @Test
    @DisplayName("R081 a regular source of period 1000: 2000 spikes in 8 ms, the first one period after the enable")
    void eightMilliseconds() {
        FabricRig rig = new FabricRig()
                .write(100, regular(6, 1000, 0x1234))
                .write(1_000_100, off(6))
                .run(1_000_200);

        assertThat(rig.events).hasSizeBetween(1999, 2001);
        assertThat(rig.eventLabels()).containsOnly(2 << 14 | 0x1234);
        // One period of 500 ticks after the enable, and one through the crossbar.
        assertThat(rig.events.get(0).tick()).isEqualTo(100 + 500 + 1);
    }

    @Test
    @DisplayName("T119 eight sources at once: 200 spikes each in 100 000 ticks, on L2 output s % 4")
    void eightSources() {
        FabricRig rig = new FabricRig();
        for (int source = 0; source < BackgroundSource.COUNT; source++) {
            rig.write(100, regular(source, 1000, source)).write(100_100, off(source));
        }
        rig.run(101_000);

        for (int source = 0; source < BackgroundSource.COUNT; source++) {
            int label = source % 4 << 14 | source;
            assertThat(rig.eventLabels().stream().filter(seen -> seen == label))
                    .as("source %d", source)
                    .hasSizeBetween(199, 201);
        }
        assertThat(rig.events).hasSizeBetween(8 * 199, 8 * 201);
    }

    @Test
    @DisplayName("T120 source 5 reaches outputs 5 and 9 only")
    void reach() {
        FabricRig rig = new FabricRig().write(1, 0x0013_0000, 0xFFF0).write(100, regular(5, 100, 7));
        for (int output = 0; output < Crossbar.OUTPUTS; output++) {
            rig.read(1000, 0x0013_0079 + output);
        }
        rig.run(1001);

        assertThat(rig.values).hasSize(Crossbar.OUTPUTS);
        for (int output = 0; output < Crossbar.OUTPUTS; output++) {
            assertThat(rig.values.get(output) > 0).as("output %d", output).isEqualTo(output == 5 || output == 9);
        }
    }

    @Test
    @DisplayName("a source whose node to the PADI bus is open drives the synapse drivers of that bus")
    void drives() {
        FabricRig rig = new FabricRig()
                .allDrivers(1, 31)
                .openBuses(1)
                .write(ENABLED_AT, regular(5, 100, 3 << 6 | 33))
                .run(160);

        assertThat(rig.pulses)
                .containsExactly(new FabricRig.Pulse(99, 1, 4 * 3 + 1, 33), new FabricRig.Pulse(149, 1, 4 * 3 + 1, 33));
    }

    @Test
    @DisplayName("T122 R082 a random source of rate 0 never spikes")
    void randomOff() {
        assertThat(new FabricRig().write(1, random(0, 2, 0, 7, 1)).run(100_000).events)
                .isEmpty();
    }

    @Test
    @DisplayName("T123 R082 a random source of rate 255 spikes every period")
    void randomAlways() {
        FabricRig rig = new FabricRig()
                .write(100, random(0, 100, 255, 7, 1))
                .write(10_100, off(0))
                .run(11_000);

        assertThat(rig.events).hasSizeBetween(199, 201);
        assertThat(rig.eventTicks())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, rig.events.size())
                        .mapToObj(i -> 101L + 50 * i)
                        .toList());
    }

    @Test
    @DisplayName("T124 a random source of rate 128 spikes in every other of 100 000 bins")
    void randomHalf() {
        FabricRig rig = new FabricRig()
                .write(100, random(0, 10, 128, 4711, 1))
                .write(500_100, off(0))
                .run(500_200);

        assertThat(rig.events.size()).isCloseTo(50_000, within(800));
    }

    @Test
    @DisplayName("T125 random label bits: the fixed ones stay, each of 64 others comes about equally often")
    void randomLabels() {
        FabricRig rig = new FabricRig()
                .write(10, random(0, 2, 255, 99, 0x01C0).withRandomLabelBits(0x3F))
                .run(100_012);

        int[] counts = new int[64];
        rig.eventLabels().forEach(label -> counts[label & 0x3F]++);
        assertThat(rig.events).hasSize(100_000);
        assertThat(rig.eventLabels()).allMatch(label -> (label & ~0x3F) == 0x01C0);
        assertThat(counts).doesNotContain(0).satisfies(all -> Arrays.stream(all)
                .forEach(count -> assertThat(count).isBetween(1250, 1875)));
    }

    @Test
    @DisplayName("R083 sources of the same seed, period and rate spike at the same times, of another seed at others")
    void seeds() {
        FabricRig rig = new FabricRig()
                .write(10, random(0, 20, 100, 5, 0))
                .write(10, random(1, 20, 100, 5, 0))
                .write(10, random(2, 20, 100, 6, 0))
                .run(10_000);

        assertThat(ticksOf(rig, 0)).hasSizeGreaterThan(100).isEqualTo(ticksOf(rig, 1));
        assertThat(ticksOf(rig, 2)).hasSizeGreaterThan(100).isNotEqualTo(ticksOf(rig, 0));
    }

    private static List<Long> ticksOf(FabricRig rig, int l2Output) {
        return rig.events.stream()
                .filter(event -> event.label() >> 14 == l2Output)
                .map(Event::tick)
                .toList();
    }

    @Test
    @DisplayName("T130 the same seed enabled at another time gives the same labels, later")
    void otherStart() {
        BackgroundSpikeSource source = random(0, 10, 200, 31, 0).withRandomLabelBits(0xFF);
        FabricRig early = new FabricRig().write(100, source).run(5000);
        FabricRig late = new FabricRig().write(333, source).run(5233);

        assertThat(late.eventLabels()).hasSizeGreaterThan(500).isEqualTo(early.eventLabels());
        assertThat(late.eventTicks())
                .isEqualTo(early.eventTicks().stream().map(tick -> tick + 233).toList());
    }

    @Test
    @DisplayName("T131 a rewrite of a running source does not seed it; off and on again does")
    void noReseed() {
        BackgroundSpikeSource source = random(0, 10, 200, 31, 0).withRandomLabelBits(0xFF);
        List<Integer> whole = new FabricRig().write(100, source).run(9000).eventLabels();
        FabricRig rewritten =
                new FabricRig().write(100, source).write(2003, source).run(9000);
        FabricRig restarted = new FabricRig()
                .write(100, source)
                .write(2000, off(0))
                .write(2010, source)
                .run(9000);

        assertThat(rewritten.eventLabels()).isEqualTo(whole);
        List<Integer> labels = restarted.eventLabels();
        int before = (int)
                restarted.eventTicks().stream().filter(tick -> tick <= 2002).count();
        assertThat(labels.subList(0, before)).isEqualTo(whole.subList(0, before));
        assertThat(labels.subList(before, labels.size())).isEqualTo(whole.subList(0, labels.size() - before));
    }

    @Test
    @DisplayName("T132 seed and label are written before the word with the enable bit")
    void orderOfWords() {
        for (int source = 0; source < BackgroundSource.COUNT; source++) {
            int base = BASE + 3 * source;

            assertThat(random(source, 10, 200, 31, 0).writeAddresses()).containsExactly(base + 1, base + 2, base);
        }
    }

    @Test
    @DisplayName(
            "period 0 counts as 65 536 half-ticks, period 1 is one spike each half-tick, which the crossbar halves")
    void extremePeriods() {
        FabricRig slow = new FabricRig().write(100, regular(0, 0, 1)).run(100_000);
        FabricRig fast = new FabricRig().write(100, regular(0, 1, 1)).run(1100);

        assertThat(slow.eventTicks()).containsExactly(100L + 32_768 + 1, 100L + 65_536 + 1, 100L + 98_304 + 1);
        assertThat(fast.eventTicks())
                .containsExactlyElementsOf(LongStream.range(102, 1100).boxed().toList());
        assertThat(fast.chip.health().crossbarDrops()).isPositive();
    }

    @Test
    @DisplayName("a source with an odd period alternates between both half-ticks of a tick")
    void oddPeriod() {
        FabricRig rig = new FabricRig().write(100, regular(0, 5, 1)).run(120);

        // Half-ticks 205, 210, 215, 220, …: an odd one leaves in the tick after it.
        assertThat(rig.eventTicks()).containsExactly(104L, 106L, 109L, 111L, 114L, 116L, 119L);
    }

    @Test
    @DisplayName("a source that nobody hears still counts as work of the chip, also of its copy; silence does not")
    void work() {
        FabricRig rig = new FabricRig().write(10, random(0, 2, 0, 1, 0)).run(10_010);
        long busy = rig.chip.work();
        FabricRig copy = rig.copy();
        copy.run(10_020);
        rig.write(10_010, off(0)).run(1_000_000);

        assertThat(rig.events).isEmpty();
        assertThat(busy).isBetween(9_999L, 10_003L);
        assertThat(copy.chip.work()).isEqualTo(busy + 10);
        assertThat(rig.chip.work()).isEqualTo(busy + 1);
    }

    @Test
    @DisplayName("the reset line stops all sources, and a copy goes on by itself")
    void resetAndCopy() {
        FabricRig rig = new FabricRig()
                .write(100, random(3, 7, 180, 12, 0).withRandomLabelBits(0xFF))
                .run(1000);
        FabricRig copy = rig.copy();
        rig.run(3000);
        copy.run(3000);
        List<Event> both = List.copyOf(rig.events);
        rig.control(3000, ChipEffects.Kind.RESET_ASSERTED, 0)
                .control(3010, ChipEffects.Kind.RESET_RELEASED, 0)
                .run(5000);

        assertThat(copy.events).hasSizeGreaterThan(100).isEqualTo(both);
        assertThat(rig.events).isEqualTo(both);
    }

    @Test
    @DisplayName("T126 the first draws of two seeds")
    void draws() {
        assertThat(draws(1, 4)).containsExactly(0xb6c3, 0x3db5, 0xf3cf, 0x2fa6);
        assertThat(draws(0x1234_5678, 4)).containsExactly(0x2034, 0x73cf, 0x2bff, 0x82dd);
    }

    @Test
    @DisplayName("16 steps at once are 16 steps of the shift register")
    void tables() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            int from = random.nextInt();
            int state = from;
            for (int step = 0; step < 16; step++) {
                boolean out = (state & 1) != 0;
                state >>>= 1;
                state ^= out ? 0x8020_0003 : 0;
            }
            assertThat(BackgroundGenerator.next(from))
                    .as("state %08x, seed %d", from, SEED)
                    .isEqualTo(state);
        }
    }

    @Test
    @DisplayName("T128 seed 0 draws as seed 1")
    void seedZero() {
        assertThat(draws(0, 1000)).isEqualTo(draws(1, 1000));
    }

    private static int[] draws(int seed, int count) {
        int[] draws = new int[count];
        int state = BackgroundGenerator.seeded(seed);
        for (int i = 0; i < count; i++) {
            state = BackgroundGenerator.next(state);
            draws[i] = state & 0xFFFF;
        }
        return draws;
    }
}
