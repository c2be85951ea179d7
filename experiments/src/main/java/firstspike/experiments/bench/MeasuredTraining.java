package firstspike.experiments.bench;

import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.run.BareTraining;
import firstspike.runtime.training.TrainingResult;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Times a training of a bundled experiment. */
final class MeasuredTraining {

    private static final int DIGITS = 16;

    private MeasuredTraining() {}

    static Measurement of(
            String name, String experiment, String target, int epochs, int trainSize, int threads, String goal) {
        Experiment resolved = experiment(experiment, target, epochs, trainSize);
        BareTraining.Timed timed =
                BareTraining.run(resolved, LinkOptions.defaults().withThreads(threads));
        long samples =
                (long) epochs * trainSize + (epochs + 1L) * resolved.dataset().validationSize();
        return new Measurement(name, target, threads, samples, timed.seconds(), digest(timed.result()), goal);
    }

    static Experiment experiment(String id, String target, int epochs, int trainSize) {
        return ExperimentFile.bundled(id)
                .resolve(new Overrides(
                        List.of(
                                "training.epochs=" + epochs,
                                "training.snapshots_epochs=last",
                                "dataset.train_size=" + trainSize),
                        Optional.of(target),
                        Optional.empty(),
                        OptionalLong.empty()))
                .orThrow();
    }

    static String digest(TrainingResult result) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (double[] layer : result.weights()) {
                ByteBuffer bytes = ByteBuffer.allocate(layer.length * Double.BYTES);
                bytes.asDoubleBuffer().put(layer);
                digest.update(bytes.array());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
