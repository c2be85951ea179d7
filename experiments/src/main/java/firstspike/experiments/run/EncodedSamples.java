package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.runtime.training.SampleSet;
import java.nio.file.Path;
import java.util.Optional;

/** The samples of an experiment as input times. */
public final class EncodedSamples {

    private EncodedSamples() {}

    /**
     * @param experiment data and encoding
     * @param folder of data files, empty when nobody named one
     * @param split {@code train}, {@code validation} or {@code test}
     * @return times in units of tau, one per input before copying
     */
    public static SampleSet of(Experiment experiment, Optional<Path> folder, String split) {
        return EncodedData.load(experiment, folder).split(split);
    }
}
