package firstspike.runtime.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.HealthFalsifiedException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StimulusEncoderTest {

    private static final double[] FIRST_YIN_YANG_SAMPLE = {
        0.6803075385877797, 0.450499251969543, 0.3196924614122203, 0.549500748030457
    };

    @Test
    @DisplayName("I-25 the first sample of the Yin-Yang training set moves exactly 10 events, each by one tick")
    void yinYangSample() {
        double[] times =
                Arrays.stream(FIRST_YIN_YANG_SAMPLE).map(v -> 0.15 + 1.85 * v).toArray();

        Stimulus stimulus = encode(Networks.mapped(Networks.yinYang()), times);

        assertThat(stimulus.count()).isEqualTo(25);
        assertThat(stimulus.moved()).isEqualTo(10);
        assertThat(stimulus.largestMove()).isEqualTo(1);
        assertThat(stimulus.ticks()[0]).isEqualTo(12_500 + Math.round(times[2] * 750));
        assertRules(stimulus);
    }

    @Test
    @DisplayName("I-25 256 inputs of one instant take 86 ticks, at most three events a tick and one a channel")
    void oneInstant() {
        double[] times = new double[256];
        Arrays.fill(times, 0.5);

        Stimulus stimulus = encode(Networks.mapped(Networks.plain(256, 2)), times);

        assertThat(stimulus.count()).isEqualTo(256);
        assertThat(stimulus.ticks()[255] - stimulus.ticks()[0]).isEqualTo(85);
        assertRules(stimulus);
    }

    @Test
    @DisplayName("I-25 seeded trains: every event is sent once, never before its tick, by the rules of a tick")
    void seededTrains() {
        ChipMapping mapping = Networks.mapped(Networks.plain(32, 2));
        StimulusEncoder encoder = mapping.encoder();
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int samples = 1 + random.nextInt(4);
            int[] first = new int[samples + 1];
            int n = 0;
            short[] source = new short[400];
            double[] time = new double[400];
            for (int s = 0; s < samples; s++) {
                for (int i = random.nextInt(90); i > 0; i--) {
                    source[n] = (short) random.nextInt(32);
                    time[n++] = random.nextInt(12) / 750.0 + (random.nextBoolean() ? 0 : 29.98);
                }
                first[s + 1] = n;
            }

            Stimulus stimulus = encoder.encode(first, Arrays.copyOf(source, n), Arrays.copyOf(time, n), 0, 1);

            assertThat(stimulus.count()).as("seed %d", seed).isEqualTo(n);
            assertRules(stimulus);
        }
    }

    @Test
    @DisplayName("inloop 17: times that are no number, negative or too late are refused with sample and input")
    void badTimes() {
        ChipMapping mapping = Networks.mapped(Networks.plain(2, 2));

        assertThatThrownBy(() -> encode(mapping, 0.1, Double.NaN))
                .isInstanceOf(HealthFalsifiedException.class)
                .hasMessageContaining("input 1 of sample 0");
        for (double bad : new double[] {-0.1, 30, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> encode(mapping, bad, 0.2))
                    .isInstanceOf(ExperimentException.class)
                    .hasMessageContaining("input 0 of sample 0");
        }
        assertThatThrownBy(() -> encode(mapping, 0.1, 0.1, 0.1)).isInstanceOf(ExperimentException.class);
    }

    private static Stimulus encode(ChipMapping mapping, double... times) {
        short[] source = new short[times.length];
        IntStream.range(0, times.length).forEach(i -> source[i] = (short) i);
        return mapping.encoder().encode(new int[] {0, times.length}, source, times, 0, 1);
    }

    private static void assertRules(Stimulus stimulus) {
        for (int i = 0; i < stimulus.count(); ) {
            int channels = 0;
            int events = 0;
            long tick = stimulus.ticks()[i];
            for (; i < stimulus.count() && stimulus.ticks()[i] == tick; i++, events++) {
                channels |= 1 << ((stimulus.labels()[i] & 0xffff) >> 14);
            }
            assertThat(events).as("events of tick %d", tick).isLessThanOrEqualTo(3);
            assertThat(Integer.bitCount(channels))
                    .as("channels of tick %d", tick)
                    .isEqualTo(events);
            assertThat(i == stimulus.count() || stimulus.ticks()[i] > tick).isTrue();
        }
    }
}
