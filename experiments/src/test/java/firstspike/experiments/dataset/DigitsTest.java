package firstspike.experiments.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void areCarriedByTheProgramWithTheirLicence() {
        Dataset digits = Datasets.load(request(Digits.TRAIN, Digits.VALIDATION, Digits.TEST));

        assertThat(digits.train().size()
                        + digits.validation().size()
                        + digits.test().size())
                .isEqualTo(1797);
        assertThat(digits.train().inputs()).isEqualTo(256);
        assertThat(digits.train().labels()).startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(Digits.licence()).contains("BSD 3-Clause License", "The scikit-learn developers");
    }

    @Test
    void everyPixelOfAnImageBecomesFourOfTheEnlargedOne() {
        byte[] image = new byte[64];
        image[9] = 16;

        int[] large = Digits.enlarge(image, 0);

        // row 1, column 1 of 8 x 8 lies at rows and columns 2 and 3 of 16 x 16, three quarters of it from either side
        assertThat(large[2 * 16 + 2]).isEqualTo(143);
        assertThat(large[2 * 16 + 2]).isEqualTo(large[3 * 16 + 3]);
        assertThat(large[8 * 16 + 8]).isZero();
    }

    @Test
    void valuesAreBetweenPaperAndInk() {
        Samples train = Datasets.load(request(50, 0, 0)).train();

        assertThat(Arrays.stream(train.values()).min()).hasValue(0);
        assertThat(Arrays.stream(train.values()).max().orElseThrow()).isBetween(0.9, 1.0);
    }

    @Test
    void refusesMoreThanThereAre() {
        assertThatThrownBy(() -> Datasets.load(request(Digits.TRAIN + 1, 0, 0)))
                .hasMessageContaining("dataset.train_size: 1198");
    }

    private static DatasetRequest request(int train, int validation, int test) {
        return new DatasetRequest(
                Digits.NAME, train, validation, test, 0, 0, 0, Optional.empty(), Path.of("."), Optional.empty(), false);
    }
}
