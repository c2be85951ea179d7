package firstspike.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SampleValuesTest {

    private static final double[] LEVELS = new double[256];

    static {
        Arrays.setAll(LEVELS, i -> i / 256.0);
    }

    @Test
    void codesAndTheNumbersTheyStandForAreTheSame() {
        byte[] codes = {0, 1, (byte) 128, (byte) 255, 7, 7};
        double[] numbers = {0, 1 / 256.0, 0.5, 255 / 256.0, 7 / 256.0, 7 / 256.0};
        SampleValues coded = SampleValues.coded(codes, LEVELS).map(v -> 2 - v);
        SampleValues plain = SampleValues.of(numbers).map(v -> 2 - v);

        assertThat(coded.length()).isEqualTo(plain.length()).isEqualTo(6);
        assertThat(coded.toArray()).containsExactly(plain.toArray());
        assertThat(coded.get(2)).isEqualTo(plain.get(2)).isEqualTo(1.5);
        for (SampleValues values : new SampleValues[] {coded, plain}) {
            double[] part = new double[4];
            values.copy(1, 3, part, 1);
            assertThat(part).containsExactly(0, 2 - 1 / 256.0, 1.5, 1 + 1 / 256.0);
        }
    }

    @Test
    void aSampleSetOfCodesGivesTheBatchesOfOneOfNumbers() {
        byte[] codes = {0, 64, (byte) 192, 32};
        SampleValues values = SampleValues.coded(codes, LEVELS);
        SampleSet coded = new SampleSet(values, 2, new int[] {3, 5});
        SampleSet plain = new SampleSet(values.toArray(), 2, new int[] {3, 5});

        SampleSet part = coded.part(new int[] {1, 0}, 0, 2);

        assertThat(part.times()).containsExactly(0.75, 0.125, 0, 0.25);
        assertThat(part.times())
                .containsExactly(plain.part(new int[] {1, 0}, 0, 2).times());
        assertThat(part.labels()).containsExactly(5, 3);
    }

    @Test
    void levelsAreAsManyAsAByteCanName() {
        assertThatThrownBy(() -> SampleValues.coded(new byte[1], new double[255]))
                .hasMessage("levels : 255 (expected: 256)");
    }
}
