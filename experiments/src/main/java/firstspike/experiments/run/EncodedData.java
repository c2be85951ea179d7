package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.dataset.Dataset;
import firstspike.experiments.dataset.Datasets;
import firstspike.experiments.dataset.Samples;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.training.SampleSet;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The samples of an experiment, as values and as input times.
 *
 * @param dataset values and labels
 * @param experiment whose encoding holds
 */
record EncodedData(Dataset dataset, Experiment experiment) {

    static EncodedData load(Experiment experiment, Optional<Path> folder) {
        if (experiment.isRecording()) {
            throw new ExperimentException(
                    ExperimentException.Code.VALUE_OUT_OF_RANGE,
                    "task of experiment " + experiment.id(),
                    "record, which has no samples",
                    "classify",
                    "record it with 'firstspike record --network FILE'");
        }
        return new EncodedData(Datasets.load(experiment.dataset().in(folder)), experiment);
    }

    SampleSet split(String split) {
        return encode(dataset.split(split));
    }

    SampleSet encode(Samples samples) {
        return new SampleSet(
                experiment.encoding().times(samples), samples.inputs(), samples.labels(), new int[0], samples.slots());
    }
}
