package firstspike.experiments.dataset;

import firstspike.runtime.error.StorageException;
import java.util.List;

/** The data sets of this version by their names. */
public final class Datasets {

    private Datasets() {}

    /**
     * Inputs of a data set.
     *
     * @param name as in experiment files
     * @return values a sample
     */
    public static int inputs(String name) {
        return name.equals("yin_yang") ? YinYang.INPUTS : Pixels.of(name).inputs();
    }

    /**
     * Classes of a data set.
     *
     * @param name as in experiment files
     * @return number of classes
     */
    public static int classes(String name) {
        return name.equals("yin_yang") ? YinYang.CLASSES : IdxImages.CLASSES;
    }

    /**
     * Generates or reads the samples.
     *
     * @param request what is wanted
     * @return the samples
     * @throws StorageException or {@code FormatException} when files are missing or wrong; the message says where people
     *     get them
     */
    public static Dataset load(DatasetRequest request) {
        if (request.name().equals("yin_yang")) {
            return new Dataset(
                    request.name(),
                    YinYang.generate(request.trainSize(), request.trainSeed()),
                    YinYang.generate(request.validationSize(), request.validationSeed()),
                    YinYang.generate(request.testSize(), request.testSeed()),
                    List.of());
        }
        if (request.patterns().isPresent()) {
            SpikePatterns patterns = request.patterns().get();
            return new Dataset(
                    request.name(),
                    patterns.presentations(request.trainSize(), -1),
                    patterns.presentations(request.validationSize(), request.validationSeed()),
                    patterns.presentations(request.testSize(), request.testSeed()),
                    List.of());
        }
        if (request.name().equals(Digits.NAME)) {
            return Digits.load(request);
        }
        return ImageFolder.load(
                request,
                ImageSet.of(request.name())
                        .orElseThrow(() -> new IllegalArgumentException("data set: " + request.name()
                                + " (limit: yin_yang, digits, mnist_16x16, mnist, fashion_mnist); choose one")));
    }
}
