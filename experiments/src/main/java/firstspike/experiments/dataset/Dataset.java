package firstspike.experiments.dataset;

import java.util.List;

/**
 * The three parts of a data set.
 *
 * @param name as in experiment files
 * @param train samples that teach
 * @param validation samples that settings are chosen by
 * @param test samples that are only judged
 * @param notices what the loader has to say, printed once and kept in the report
 */
public record Dataset(String name, Samples train, Samples validation, Samples test, List<String> notices) {

    /** Copies the notices. */
    public Dataset {
        notices = List.copyOf(notices);
    }

    /**
     * @param split {@code train}, {@code validation} or {@code test}
     * @return its samples
     */
    public Samples split(String split) {
        return switch (split) {
            case "train" -> train;
            case "validation" -> validation;
            case "test" -> test;
            default ->
                throw new IllegalArgumentException("split: " + split + " (limit: train, validation, test); choose one");
        };
    }
}
