package firstspike.experiments.run;

import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.exchange.tensorboard.BucketCounts;
import firstspike.runtime.exchange.tensorboard.EventFile;
import firstspike.runtime.exchange.tensorboard.EventRecords;
import firstspike.runtime.network.Network;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.training.EpochMetrics;
import firstspike.runtime.training.SplitResult;
import firstspike.runtime.training.TrainingListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the numbers of {@code metrics.jsonl} for TensorBoard too (formats.md 10): a point a tag and trained epoch, the
 * weights of each layer as a histogram at each checkpoint, the test result at the end. The file is made with the first
 * point, so a run that never trains leaves none.
 */
final class EventKeeper implements TrainingListener {

    private final RunFolder folder;
    private final String runId;
    private final Network network;
    private final Clock clock;
    private EventFile file;
    private long notFinite;

    EventKeeper(RunFolder folder, String runId, Network network, Clock clock) {
        this.folder = folder;
        this.runId = runId;
        this.network = network;
        this.clock = clock;
    }

    @Override
    public void epochDone(EpochMetrics metrics) {
        if (metrics.epoch() == 0) {
            return; // the state before training is no point of a curve over trained epochs
        }
        Points points = new Points(metrics.epoch());
        metrics.train().ifPresent(train -> points.split("train", train));
        points.split("validation", metrics.validation());
        points.add("learning_rate", metrics.learningRate());
        metrics.health().forEach((key, value) -> points.add("health/" + key, value.doubleValue()));
        metrics.missing().forEach((layer, value) -> points.add("layer/" + layer + "/missing", value));
        metrics.bumped().forEach((layer, value) -> points.add("layer/" + layer + "/bumped", value));
        points.write();
    }

    @Override
    public void checkpointWritten(String name, int epoch, int batch) {
        if (batch != 0 || epoch == 0) {
            return;
        }
        Points points = new Points(epoch);
        try (NpzFile checkpoint = NpzFile.open(folder.checkpoints().resolve(name))) {
            for (int i = 0; i < network.layers().size(); i++) {
                points.weights(
                        network.layers().get(i).name(),
                        checkpoint.array("layers/" + i + "/weight").doubles());
            }
        }
        points.write();
    }

    /** Adds what the test came to. */
    void tested(int epoch, Map<String, Number> result) {
        Points points = new Points(epoch);
        result.forEach((key, value) -> {
            if (key.startsWith("test/")) {
                points.add(key, value.doubleValue());
            }
        });
        points.write();
        if (notFinite > 0) {
            folder.log("WARN", notFinite + " values for TensorBoard are not finite and stand there as they are");
        }
    }

    /** Points of one step, written together. */
    private final class Points {
        private final int step;
        private final double now = EventFile.seconds(clock.instant());
        private final List<byte[]> records = new ArrayList<>();

        Points(int step) {
            this.step = step;
        }

        void split(String name, SplitResult result) {
            add(name + "/loss", result.loss());
            add(name + "/accuracy", result.accuracy());
        }

        void add(String tag, double value) {
            notFinite += Double.isFinite(value) ? 0 : 1;
            records.add(EventRecords.scalar(now, step, tag, value));
        }

        void weights(String layer, double[] values) {
            records.add(EventRecords.histogram(now, step, "layer/" + layer + "/weight", BucketCounts.of(values)));
        }

        void write() {
            if (records.isEmpty()) {
                return;
            }
            if (file == null) {
                file = EventFile.create(folder.path(), runId, clock.instant());
            }
            file.append(records);
        }
    }
}
