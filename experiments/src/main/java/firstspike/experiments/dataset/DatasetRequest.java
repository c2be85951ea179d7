package firstspike.experiments.dataset;

import firstspike.runtime.error.ExperimentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * @param files where files lie, as the experiment says
 * @param home folder of the experiment
 * @param folder where files lie in the end
 * @param verify check published hashes
 * @param patterns of the data set {@code spike_patterns}; empty for others
 */
public record DatasetRequest(
        String name,
        int trainSize,
        int validationSize,
        int testSize,
        long trainSeed,
        long validationSeed,
        long testSeed,
        Optional<Path> files,
        Path home,
        Optional<Path> folder,
        boolean verify,
        Optional<SpikePatterns> patterns) {

    /**
     * A request for data that are no spike patterns.
     *
     * @param name of the data set
     * @param trainSize number of training samples
     * @param validationSize number of validation samples
     * @param testSize number of test samples
     * @param trainSeed of generated data
     * @param validationSeed of generated data
     * @param testSeed of generated data
     * @param files where files lie, as the experiment says
     * @param home folder of the experiment
     * @param folder where files lie in the end
     * @param verify check published hashes
     */
    public DatasetRequest(
            String name,
            int trainSize,
            int validationSize,
            int testSize,
            long trainSeed,
            long validationSeed,
            long testSeed,
            Optional<Path> files,
            Path home,
            Optional<Path> folder,
            boolean verify) {
        this(
                name,
                trainSize,
                validationSize,
                testSize,
                trainSeed,
                validationSeed,
                testSeed,
                files,
                home,
                folder,
                verify,
                Optional.empty());
    }

    /**
     * Decides where files are read: what the experiment says, inside its own folder or the data folder, else the data folder.
     *
     * @param data folder of data that the command or the environment names
     * @return the same request with its folder
     * @throws ExperimentException when the experiment leads elsewhere
     */
    public DatasetRequest in(Optional<Path> data) {
        if (files.isEmpty()) {
            return with(data);
        }
        for (Path base : data.map(folder -> List.of(home, folder)).orElse(List.of(home))) {
            Path root = base.toAbsolutePath().normalize();
            Path place = root.resolve(files.get()).normalize();
            if (place.startsWith(root) && Files.isDirectory(place)) {
                return with(Optional.of(place));
            }
        }
        throw new ExperimentException(
                ExperimentException.Code.VALUE_OUT_OF_RANGE,
                "dataset.files",
                files.get(),
                "a folder inside " + home + data.map(folder -> " or " + folder).orElse(""),
                "name the data folder by --data DIR");
    }

    private DatasetRequest with(Optional<Path> chosen) {
        return new DatasetRequest(
                name,
                trainSize,
                validationSize,
                testSize,
                trainSeed,
                validationSeed,
                testSeed,
                files,
                home,
                chosen,
                verify,
                patterns);
    }
}
