package firstspike.experiments.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which samples an experiment wants.
 *
 * @param name of the data set, as in experiment files
 * @param trainSize number of training samples
 * @param validationSize number of validation samples
 * @param testSize number of test samples
 * @param trainSeed of generated data
 * @param validationSeed of generated data
 * @param testSeed of generated data
 * @param folder where files lie, when somebody said so
 * @param verify check published hashes
 */
public record DatasetRequest(
        String name,
        int trainSize,
        int validationSize,
        int testSize,
        long trainSeed,
        long validationSeed,
        long testSeed,
        Optional<Path> folder,
        boolean verify) {

    /**
     * @param other folder
     * @return the same request with that folder where none was given
     */
    public DatasetRequest orFolder(Optional<Path> other) {
        return new DatasetRequest(
                name, trainSize, validationSize, testSize, trainSeed, validationSeed, testSeed, folder.or(() -> other), verify);
    }
}
