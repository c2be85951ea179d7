package firstspike.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzFileTest {
    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("arrays.npz");
    }

    private NpzBuilder sample() {
        return new NpzBuilder()
                .add("layers/0/weight", NpyArray.of(new double[] {1.5, -2, Double.NaN, 1e-300, 0, -0.0}, 2, 3))
                .add("optimizer/step", NpyArray.of(new long[] {7}))
                .add("rng/init", NpyArray.ofUnsigned(new long[] {-1, 5}, 2))
                .add("layers/0/weight_chip", NpyArray.of(new short[] {-63, 63}, 1, 2))
                .add("order", NpyArray.of(new int[0], 0))
                .addBytes("meta.json", "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatWasWritten() {
        sample().write(path);

        try (NpzFile file = NpzFile.open(path)) {
            assertThat(file.arrays())
                    .containsExactly("layers/0/weight", "layers/0/weight_chip", "optimizer/step", "order", "rng/init");
            assertThat(file.array("layers/0/weight").doubles()).containsExactly(1.5, -2, Double.NaN, 1e-300, 0, -0.0);
            assertThat(file.array("layers/0/weight").shape()).containsExactly(2, 3);
            assertThat(file.array("optimizer/step").shape()).isEmpty();
            assertThat(file.array("optimizer/step").longs()).containsExactly(7);
            assertThat(file.array("rng/init").rawLongs()).containsExactly(-1, 5);
            assertThat(file.array("order").size()).isZero();
            assertThat(file.bytes("meta.json")).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> file.array("rng/init").longs()).hasMessageContaining("18446744073709551615");
            assertThatThrownBy(() -> file.array("absent")).hasMessageContaining("no such member");
        }
    }

    @Test
    void sameContentGivesTheSameBytesInAnyOrderOfAdding() {
        byte[] first = sample().toBytes();
        NpzBuilder other = new NpzBuilder().addBytes("meta.json", "{}".getBytes(StandardCharsets.UTF_8));
        other.add("rng/init", NpyArray.ofUnsigned(new long[] {-1, 5}, 2))
                .add("order", NpyArray.of(new int[0], 0))
                .add("optimizer/step", NpyArray.of(new long[] {7}))
                .add("layers/0/weight_chip", NpyArray.of(new short[] {-63, 63}, 1, 2))
                .add("layers/0/weight", NpyArray.of(new double[] {1.5, -2, Double.NaN, 1e-300, 0, -0.0}, 2, 3));

        assertThat(other.toBytes()).isEqualTo(first);
    }

    @Test
    void membersHaveTheFixedStampAndNoExtraFields() throws IOException {
        sample().write(path);

        try (ZipFile zip = new ZipFile(path.toFile())) {
            assertThat(Collections.list(zip.entries())).hasSize(6).allSatisfy(entry -> {
                assertThat(entry.getTimeLocal()).isEqualTo(LocalDateTime.of(1980, 1, 1, 0, 0));
                assertThat(entry.getExtra()).isNull();
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.DEFLATED);
            });
        }
    }

    @Test
    void headerIsAlignedAsNumpyWritesIt() {
        byte[] scalar = NpyCodec.write(NpyArray.of(new double[] {1}));

        assertThat(scalar).hasSize(128 + 8);
        assertThat(new String(scalar, 10, 118, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f8', 'fortran_order': False, 'shape': (), }")
                .endsWith(" \n");
    }

    @Test
    void everyTruncationAndEveryFlippedByteIsRefusedOrHarmless() throws IOException {
        byte[] whole = sample().toBytes();
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 400; round++) {
            byte[] bad = whole.clone();
            String what;
            if (round % 2 == 0) {
                int length = random.nextInt(whole.length);
                bad = Arrays.copyOf(bad, length);
                what = "length " + length;
            } else {
                int at = random.nextInt(whole.length);
                bad[at] ^= (byte) (1 << random.nextInt(8));
                what = "flip at " + at;
            }
            Files.write(path, bad);
            Throwable error = null;
            try (NpzFile file = NpzFile.open(path)) {
                for (String name : file.arrays()) {
                    file.array(name);
                }
            } catch (FormatException e) {
                error = e;
            }
            if (round % 2 == 0) {
                assertThat(error).as(what).isInstanceOf(FormatException.class);
            }
        }
    }

    @Test
    void refusesAnArchiveThatUnpacksTooFar() throws IOException {
        zip(List.of("a.npy"), new byte[40_000_000]);

        try (NpzFile file = NpzFile.open(path)) {
            assertThat(file.arrays()).containsExactly("a");
        }
        zip(List.of("b.npy"), new byte[8]);
        byte[] bytes = Files.readAllBytes(path);
        int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        bytes[directory + 26] = 0x7F; // unpacked size of 2 GiB claimed
        Files.write(path, bytes);
        FormatException error = catchThrowableOfType(FormatException.class, () -> NpzFile.open(path));
        assertThat(error.code()).isEqualTo(FormatException.Code.ARCHIVE_SUSPICIOUS);
    }

    @Test
    void refusesTooManyMembersAndDoubleNames() throws IOException {
        String[] names = new String[NpzFile.MAX_MEMBERS + 1];
        for (int i = 0; i < names.length; i++) {
            names[i] = "m" + i;
        }
        zip(List.of(names), new byte[1]);
        assertThat(catchThrowableOfType(FormatException.class, () -> NpzFile.open(path))
                        .code())
                .isEqualTo(FormatException.Code.ARCHIVE_SUSPICIOUS);

        zip(List.of("aa", "ab"), new byte[1]);
        String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).replace("ab", "aa");
        Files.write(path, text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(FormatException.class, () -> NpzFile.open(path))
                        .code())
                .isEqualTo(FormatException.Code.ARCHIVE_SUSPICIOUS);
    }

    @Test
    void namesWhatIsNoArchive() throws IOException {
        Files.writeString(path, "hello world");
        assertThat(catchThrowableOfType(FormatException.class, () -> NpzFile.open(path))
                        .code())
                .isEqualTo(FormatException.Code.NOT_NPY);
        assertThatThrownBy(() -> NpzFile.open(folder.resolve("absent.npz")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("absent.npz");
    }

    @Test
    void leavesTheOldFileWhenTheNewOneCannotBeWritten() throws IOException {
        Path inside = folder.resolve("absent").resolve("x.npz");

        assertThatThrownBy(() -> sample().write(inside)).isInstanceOf(StorageException.class);
        sample().write(path);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    private void zip(List<String> names, byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(path);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(content);
                zip.closeEntry();
            }
        }
    }
}
