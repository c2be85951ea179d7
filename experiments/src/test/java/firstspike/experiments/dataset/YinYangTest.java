package firstspike.experiments.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.runtime.exchange.NpyCodec;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YinYangTest {

    @ParameterizedTest(name = "{0} samples are those of the publication, bit for bit")
    @CsvSource({"train, 5000, 42", "validation, 1000, 41", "test, 1000, 40"})
    void equalsThePublishedSamples(String part, int size, long seed) throws IOException {
        Samples samples = YinYang.generate(size, seed);

        double[] values = NpyCodec.read(resource(part + "_samples.npy"), part).doubles();
        long[] labels = NpyCodec.read(resource(part + "_labels.npy"), part).longs();

        assertThat(samples.values()).isEqualTo(values);
        assertThat(java.util.Arrays.stream(samples.labels()).asLongStream().toArray())
                .isEqualTo(labels);
    }

    @Test
    @DisplayName("J24 no samples are an empty set")
    void generatesNothing() {
        assertThat(YinYang.generate(0, 1).size()).isZero();
    }

    @Test
    void knowsNoClassOutsideOfTheDisc() {
        assertThat(YinYang.classOf(0.01, 0.01)).isEqualTo(-1);
        assertThat(YinYang.classOf(0.75, 0.5)).isEqualTo(2);
    }

    @Test
    void encodesValuesAsTimesOfTheChapter() {
        Samples samples = new Samples(4, 3, new double[] {0, 0.5, 1, 0.25}, new int[] {0});

        assertThat(new Encoding(0.15, 2.0, false, false).times(samples).toArray())
                .containsExactly(0.15, 0.15 + 0.5 * 1.85, 2.0, 0.15 + 0.25 * 1.85);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = YinYangTest.class.getResourceAsStream("/yin_yang/" + name)) {
            return in.readAllBytes();
        }
    }
}
