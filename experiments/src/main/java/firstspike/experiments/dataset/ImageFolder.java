package firstspike.experiments.dataset;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * MNIST and Fashion-MNIST from the idx files in a folder that the user names; published split: the first 50000 images of the
 * training file teach, its last 10000 validate, the test file tests.
 */
final class ImageFolder {

    private ImageFolder() {}

    static Dataset load(DatasetRequest request, ImageSet set) {
        Path folder = request.folder()
                .filter(Files::isDirectory)
                .orElseThrow(() -> new StorageException(
                        StorageException.Code.STORAGE_DENIED,
                        "data of " + request.name(),
                        request.folder().map(path -> "no folder " + path).orElse("no folder named"),
                        "",
                        set.remedy()));
        try {
            List<String> notices = new ArrayList<>();
            IdxImages images = file(folder, set, 0, request.verify(), notices);
            IdxImages labels = file(folder, set, 1, request.verify(), notices);
            IdxImages testImages = file(folder, set, 2, request.verify(), notices);
            IdxImages testLabels = file(folder, set, 3, request.verify(), notices);
            int train = labels.pairedWith(images, IdxImages.SIDE);
            int test = testLabels.pairedWith(testImages, IdxImages.SIDE);
            int teaching = Math.max(0, train - ImageSet.VALIDATION);
            notices.add("data: " + request.name() + " from " + folder + ", " + teaching + " training, "
                    + (train - teaching) + " validation, " + test + " test samples there");
            Pixels pixels = Pixels.of(request.name());
            return new Dataset(
                    request.name(),
                    pixels.samples(images, labels, 0, part("train", request.trainSize(), teaching)),
                    pixels.samples(
                            images, labels, teaching, part("validation", request.validationSize(), train - teaching)),
                    pixels.samples(testImages, testLabels, 0, part("test", request.testSize(), test)),
                    notices);
        } catch (IOException e) {
            throw new FormatException(
                    FormatException.Code.TRUNCATED,
                    ErrorDetail.of(folder.toString(), String.valueOf(e.getMessage()), "", set.remedy()),
                    e);
        }
    }

    private static IdxImages file(Path folder, ImageSet set, int index, boolean verify, List<String> notices)
            throws IOException {
        PublishedFile published = set.files().get(index);
        Path path = ImageFiles.find(folder, set, published)
                .orElseThrow(() -> new StorageException(
                        StorageException.Code.STORAGE_DENIED,
                        "data of " + set.id(),
                        "no file " + published.name() + " in " + folder,
                        "the four idx files, plain or .gz",
                        set.remedy()));
        IdxImages idx = IdxImages.read(path, set.remedy());
        String found = idx.sha256();
        if (!published.sha256().equals(found)) {
            if (verify) {
                throw new FormatException(
                        FormatException.Code.CHECKSUM_MISMATCH,
                        "SHA-256 of " + path,
                        found,
                        published.sha256(),
                        set.remedy() + "; or set dataset.verify=false");
            }
            notices.add("warning: " + path + " is not the published file (SHA-256 " + found + ")");
        }
        return idx;
    }

    /** A part of a set, at most what there is. */
    static int part(String split, int wanted, int available) {
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
}
