package firstspike.experiments.run;

import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.runtime.learning.Shards;
import firstspike.runtime.recording.tap.RecordingOptions;
import firstspike.runtime.training.Trainer;
import firstspike.runtime.training.TrainingResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A training that leaves nothing behind, for measurements and comparisons. */
public final class BareTraining {

    private static final Screen SILENT = new Screen() {
        @Override
        public void message(String text) {}

        @Override
        public void warn(String text) {}

        @Override
        public void progress(String text) {}

        @Override
        public void fleeting(String text) {}
    };

    private BareTraining() {}

    /**
     * A training and the time it took, set-up not counted.
     *
     * @param result how it ended
     * @param seconds wall time
     */
    public record Timed(TrainingResult result, double seconds) {}

    /**
     * @param experiment what is trained
     * @param link patience and threads
     * @return the training
     */
    public static Timed run(Experiment experiment, LinkOptions link) {
        return run(experiment, link, Optional.empty());
    }

    /**
     * @param experiment what is trained
     * @param link patience and threads
     * @param logs folder that gets a spike log of each chip; empty: nothing is recorded
     * @return the training, the logs being closed within its time
     */
    public static Timed run(Experiment experiment, LinkOptions link, Optional<Path> logs) {
        RunSettings settings = new RunSettings(
                Path.of("."),
                Optional.empty(),
                link,
                CalibrationChoice.strict(),
                List.of(),
                List.of(),
                Map.of(),
                "",
                "",
                () -> false,
                SILENT);
        EncodedData data = EncodedData.load(experiment, Optional.empty());
        try (OpenedExecutor opened = OpenedExecutor.open(
                        experiment,
                        settings,
                        Mappings.rows(experiment, Mappings.drawn(experiment)),
                        Optional.empty(),
                        logs.map(folder -> new RecordingPlan(RecordingOptions.spikes(), mapping -> {})));
                Shards shards = new Shards(link.threads())) {
            logs.ifPresent(folder -> opened.startLogs(folder, experiment, "", ""));
            Trainer trainer = Trainer.builder(experiment.network(), experiment.training(), opened.executor(), shards)
                    .data(data.split("train"), data.split("validation"))
                    .build();
            long start = System.nanoTime();
            TrainingResult result = trainer.run();
            opened.endLogs(false);
            return new Timed(result, (System.nanoTime() - start) * 1e-9);
        }
    }
}
