package firstspike.runtime.exchange.hdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.References;
import firstspike.runtime.exchange.nir.NirReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HdfInputTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "soft-link.h5, HDF5_LIMIT, link b",
        "external-link.h5, HDF5_LIMIT, link a",
        "cycle.h5, HDF5_LIMIT, holds itself",
        "deep.h5, HDF5_LIMIT, nested deeper than 32",
        "huge.h5, ARRAY_TOO_LARGE, 1099511627776",
        "inflated.h5, HDF5_LIMIT, 536870912 bytes of a file of 1400"
    })
    void refusesHostileFilesBeforeReadingThem(String name, FormatException.Code code, String said) throws IOException {
        Path path = References.unpack(name, folder);

        FormatException error = catchThrowableOfType(FormatException.class, () -> {
            try (HdfInput input = HdfInput.open(path)) {
                input.root().numbers("a");
            }
        });

        assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
        assertThat(error.getMessage()).contains(name).contains(said);
    }

    @Test
    void saysWhatIsNoHdf5() throws IOException {
        Path path = folder.resolve("x.nir");
        Files.writeString(path, "hello");
        assertThatThrownBy(() -> HdfInput.open(path))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("no HDF5 signature");
        assertThatThrownBy(() -> HdfInput.open(folder.resolve("absent"))).isInstanceOf(StorageException.class);
    }

    @Test
    void damageIsATypedErrorOrHarmless() throws IOException {
        Path path = References.unpack("two-layers.nir", folder);
        byte[] whole = Files.readAllBytes(path);
        SplittableRandom random = new SplittableRandom(8);
        int refused = 0;
        for (int round = 0; round < 150; round++) {
            byte[] bad = whole.clone();
            if (round % 3 == 0) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length));
            } else {
                // most of the file is padding; what is written lies where bytes are not zero
                int at = random.nextInt(bad.length);
                while (bad[at] == 0) {
                    at = random.nextInt(bad.length);
                }
                bad[at] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(path, bad);
            try {
                NirReader.read(path);
            } catch (FormatException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(30);
    }

    @Test
    void aFailedWriteLeavesNothingBeside() throws IOException {
        Path path = folder.resolve("x.h5");
        assertThatThrownBy(() -> HdfOutput.write(path, root -> {
                    throw new IllegalStateException("content fails");
                }))
                .isInstanceOf(IllegalStateException.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
