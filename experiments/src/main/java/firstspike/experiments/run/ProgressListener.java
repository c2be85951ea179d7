package firstspike.experiments.run;

import firstspike.runtime.training.BatchProgress;
import firstspike.runtime.training.EpochMetrics;
import firstspike.runtime.training.SplitResult;
import firstspike.runtime.training.TrainingListener;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Shows where a training stands: a line an epoch, and batches in between where lines can be overwritten. */
final class ProgressListener implements TrainingListener {

    private static final double CLIPPED_WARNING = 0.10;
    /** Epochs that rescue is given before its failure is worth a warning. */
    private static final int PATIENCE = 3;

    private static final long MOMENT_NS = 250_000_000L;

    private final Screen screen;
    private final int epochs;
    private final int trainSize;
    private final Map<String, Double> missingLimits;
    private long epochStart = System.nanoTime();
    private long lastShown;
    private double secondsOfEpochs;
    private int epochsTimed;
    private boolean clippedWarned;
    /** Epochs in a row that a layer missed too many spikes; a warned layer is not counted any more. */
    private final Map<String, Integer> tooSilent = new TreeMap<>();

    ProgressListener(Screen screen, int epochs, int trainSize, Map<String, Double> missingLimits) {
        this.screen = screen;
        this.epochs = epochs;
        this.trainSize = trainSize;
        this.missingLimits = missingLimits;
    }

    @Override
    public void batchDone(BatchProgress progress) {
        long now = System.nanoTime();
        if (now - lastShown < MOMENT_NS) {
            return;
        }
        lastShown = now;
        double seconds = (now - epochStart) * 1e-9;
        screen.fleeting(String.format(
                Locale.ROOT,
                "epoch %d/%d batch %d/%d accuracy %.3f %.0f samples/s",
                progress.epoch() + 1,
                epochs,
                progress.batch(),
                progress.batches(),
                progress.accuracy(),
                seconds > 0 ? progress.samples() / seconds : 0));
    }

    @Override
    public void epochDone(EpochMetrics metrics) {
        long now = System.nanoTime();
        double seconds = (now - epochStart) * 1e-9;
        epochStart = now;
        if (metrics.epoch() > 0) {
            secondsOfEpochs += seconds;
            epochsTimed++;
        }
        screen.progress(line(metrics, seconds));
        warn(metrics);
    }

    private String line(EpochMetrics metrics, double seconds) {
        StringBuilder text = new StringBuilder();
        text.append("epoch ").append(metrics.epoch()).append('/').append(epochs);
        SplitResult train = metrics.train().orElse(metrics.validation());
        text.append(String.format(Locale.ROOT, " loss %.3f", train.loss()));
        metrics.train().ifPresent(result -> text.append(String.format(Locale.ROOT, " train %.3f", result.accuracy())));
        text.append(String.format(
                Locale.ROOT, " val %.3f missing", metrics.validation().accuracy()));
        metrics.missing()
                .forEach((layer, fraction) -> text.append(String.format(Locale.ROOT, " %s %.2f", layer, fraction)));
        double bumped = metrics.health().getOrDefault("weights.bumped", 0).doubleValue();
        text.append(String.format(
                Locale.ROOT,
                " bumped %.1f%% clipped %.1f%% chip %.2f s wall %.2f s",
                100 * bumped,
                100 * metrics.clipped(),
                metrics.chipSeconds(),
                seconds));
        if (metrics.epoch() > 0 && seconds > 0) {
            text.append(String.format(Locale.ROOT, " %.0f samples/s", trainSize / seconds));
            double left = secondsOfEpochs / epochsTimed * (epochs - metrics.epoch());
            text.append(" left ").append(duration(left));
        }
        return text.toString();
    }

    private void warn(EpochMetrics metrics) {
        if (metrics.clipped() > CLIPPED_WARNING && !clippedWarned && metrics.epoch() > 0) {
            clippedWarned = true;
            screen.warn(String.format(
                    Locale.ROOT,
                    "weights.clipped: %.1f %% of all weights stand at the limit (limit: 10 %%);"
                            + " a smaller chip.scale_weights leaves them more room",
                    100 * metrics.clipped()));
        }
        metrics.missing().forEach((layer, fraction) -> {
            double limit = missingLimits.getOrDefault(layer, 1.0);
            if (metrics.epoch() == 0 || tooSilent.getOrDefault(layer, 0) >= PATIENCE) {
                return;
            }
            int epochsLong = fraction > limit ? tooSilent.getOrDefault(layer, 0) + 1 : 0;
            boolean warns = epochsLong >= PATIENCE || epochsLong > 0 && metrics.epoch() == epochs;
            tooSilent.put(layer, warns ? PATIENCE : epochsLong);
            if (warns) {
                screen.warn(String.format(
                        Locale.ROOT,
                        "spikes.missing.%s: %.2f of the spikes are absent in epoch %d (limit: %.2f); stronger initial"
                                + " weights or silent_rescue bring them back",
                        layer,
                        fraction,
                        metrics.epoch(),
                        limit));
            }
        });
    }

    /** A time left as people say it. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
