package firstspike.experiments.run;

import firstspike.experiments.config.Experiment;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.recording.ShortestDecimal;
import firstspike.runtime.recording.StorageFailure;
import firstspike.runtime.training.Evaluation;
import firstspike.runtime.training.SampleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Every answer of an evaluation as CSV (formats.md 11.3), a row a sample: {@code
 * sample,label,predicted,correct,margin_ticks,t0,t1,…,tie}. Times are in units of tau.
 *
 * @param comments leading lines
 * @param classes number of output neurons
 * @param ticksPerTau 8 ns periods of one unit of time
 * @param samples with their labels
 * @param evaluation of the same samples
 */
record Predictions(List<String> comments, int classes, double ticksPerTau, SampleSet samples, Evaluation evaluation) {

    private static final double TICKS_PER_US = 125;

    static Predictions of(
            Experiment experiment, OpenedExecutor opened, String runId, SampleSet samples, Evaluation evaluation) {
        return new Predictions(
                List.of(
                        "run " + (runId.isEmpty() ? "none" : runId),
                        "target " + opened.uri(),
                        "fidelity " + opened.fidelity(),
                        "tick_ps 8000"),
                experiment.network().outputs(),
                Mappings.settings(experiment).tauUs() * TICKS_PER_US,
                samples,
                evaluation);
    }

    /** Where a run keeps them. */
    static Path place(Path run, String split, int epoch) {
        return run.resolve("predictions").resolve(String.format(Locale.ROOT, "%s_epoch-%05d.csv", split, epoch));
    }

    /** Writes the file whole, its folder made when it is not there. */
    void write(Path file) {
        write(file, text());
    }

    /** Writes a table whole, its folder made when it is not there. */
    static void write(Path file, String text) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (!Files.isDirectory(parent)) {
                Files.createDirectories(parent);
            }
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
        AtomicFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (String comment : comments) {
            text.append("# ").append(comment.replace('\n', ' ')).append('\n');
        }
        text.append("sample,label,predicted,correct,margin_ticks");
        for (int j = 0; j < classes; j++) {
            text.append(",t").append(j);
        }
        text.append(",tie\n");
        for (int i = 0; i < samples.size(); i++) {
            appendRow(text, i);
        }
        return text.toString();
    }

    private void appendRow(StringBuilder text, int sample) {
        int label = samples.labels()[sample];
        int predicted = evaluation.predicted()[sample];
        double best = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        for (int j = 0; j < classes; j++) {
            double time = evaluation.labelTimes()[sample * classes + j];
            second = Math.min(second, Math.max(best, time));
            best = Math.min(best, time);
        }
        text.append(sample).append(',').append(label).append(',');
        if (predicted >= 0) {
            text.append(predicted);
        }
        text.append(predicted == label ? ",1," : ",0,");
        if (Double.isFinite(best)) {
            text.append(Double.isFinite(second) ? String.valueOf(Math.round((second - best) * ticksPerTau)) : "inf");
        }
        for (int j = 0; j < classes; j++) {
            double time = evaluation.labelTimes()[sample * classes + j];
            text.append(',').append(Double.isFinite(time) ? ShortestDecimal.of(time) : "inf");
        }
        text.append(Double.isFinite(best) && best == second ? ",1\n" : ",0\n");
    }
}
