package firstspike.experiments.run;

import static firstspike.runtime.error.CalibrationException.Code.OTHER_CHIP;

import firstspike.driver.link.HealthKeys;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.figure.Confusion;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.execution.WeightsInForce;
import firstspike.runtime.mapping.RowCopies;
import firstspike.runtime.recording.HealthTotals;
import firstspike.runtime.training.Evaluation;
import firstspike.runtime.training.Evaluator;
import firstspike.runtime.training.SampleSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges weights on a split of the data, as often as wanted, because a noisy chip answers differently each time. */
public final class EvaluationRun {

    private final RunSettings settings;

    /** @param settings how it is run */
    public EvaluationRun(RunSettings settings) {
        this.settings = settings;
    }

    /**
     * What is judged.
     *
     * @param experiment network, data and target
     * @param weights per layer
     * @param copies of the weight rows: what the weights need, or what the run has on its chip
     * @param split {@code train}, {@code validation} or {@code test}
     * @param repeat how often, 1 or more
     * @param runId of the run that the weights belong to, empty for none
     * @param path of its folder
     * @param state of the run
     * @param epochs that the weights were trained
     * @param trainedOn chip that they were trained on; another one is refused unless empty
     */
    public record Request(
            Experiment experiment,
            double[][] weights,
            RowCopies copies,
            String split,
            int repeat,
            String runId,
            Optional<Path> path,
            String state,
            int epochs,
            Optional<String> trainedOn) {

        /** Where the run keeps the answers of this split; empty without a run. */
        public Optional<Path> predictions() {
            return path.map(run -> Predictions.place(run, split, epochs));
        }
    }

    /**
     * @param request what is judged
     * @return what came out
     */
    public Outcome evaluate(Request request) {
        return evaluate(request, Optional.empty());
    }

    /**
     * @param request what is judged
     * @param predictions where every answer of the last evaluation is written as CSV; empty: nowhere
     * @return what came out
     */
    public Outcome evaluate(Request request, Optional<Path> predictions) {
        long start = System.nanoTime();
        Experiment experiment = request.experiment();
        EncodedData data = EncodedData.load(experiment, settings.data());
        HealthTotals health = RunKeeper.totals(experiment, settings);
        try (OpenedExecutor opened = OpenedExecutor.open(experiment, settings, request.copies(), Optional.empty())) {
            request.trainedOn().filter(chip -> !chip.equals(opened.chipId())).ifPresent(chip -> {
                throw new CalibrationException(
                        OTHER_CHIP,
                        "chip of run " + request.runId(),
                        opened.chipId(),
                        "chip " + chip + ", which it was trained on",
                        "say --retarget to judge it on another chip");
            });
            opened.warnings().forEach(settings.screen()::warn);
            data.dataset().notices().forEach(settings.screen()::message);
            opened.judge(experiment, health);
            WeightsInForce inForce = opened.executor().load(new LayerWeights(request.weights()));
            clipping(inForce, health);
            SampleSet samples = data.split(request.split());
            Evaluator evaluator = new Evaluator(experiment.network(), experiment.training());
            List<Evaluation> evaluations = new ArrayList<>();
            for (int i = 0; i < request.repeat(); i++) {
                evaluations.add(evaluator.evaluate(opened.executor(), samples));
                health.add(evaluations.get(i).counters());
                settings.screen()
                        .progress(String.format(
                                Locale.ROOT,
                                "evaluation %d/%d accuracy %.4f",
                                i + 1,
                                request.repeat(),
                                evaluations.get(i).accuracy()));
            }
            double wall = (System.nanoTime() - start) * 1e-9;
            Evaluation last = evaluations.get(evaluations.size() - 1);
            Predictions answers = Predictions.of(experiment, opened, request.runId(), samples, last);
            predictions.ifPresent(file -> write(file, request, answers));
            return outcome(request, opened, samples, evaluations, health, wall);
        }
    }

    /** Of neurons that spike several times every spike is listed; a run keeps its table of answers beside it. */
    private static void write(Path file, Request request, Predictions answers) {
        if (answers.evaluation().labelTrains().isEmpty()) {
            answers.write(file);
            return;
        }
        String spikes = new SpikePredictions(answers.comments(), answers.evaluation()).text();
        if (request.predictions().filter(file::equals).isPresent()) {
            answers.write(file);
            Predictions.write(file.resolveSibling("spikes_" + file.getFileName()), spikes);
        } else {
            Predictions.write(file, spikes);
        }
    }

    private void clipping(WeightsInForce inForce, HealthTotals health) {
        double clipped = inForce.total() == 0 ? 0 : (double) inForce.clipped() / inForce.total();
        health.add(Map.of("weights.clipped", clipped, "weights.quantisation_rmse", inForce.quantisationRmse()));
        if (clipped > 0) {
            settings.screen()
                    .warn(String.format(
                            Locale.ROOT,
                            "weights.clipped: %d of %d weights stand at the limit of the target",
                            inForce.clipped(),
                            inForce.total()));
        }
    }

    private static Outcome outcome(
            Request request,
            OpenedExecutor opened,
            SampleSet samples,
            List<Evaluation> evaluations,
            HealthTotals health,
            double wall) {
        double[] accuracies =
                evaluations.stream().mapToDouble(Evaluation::accuracy).toArray();
        double mean = Arrays.stream(accuracies).sum() / accuracies.length;
        double squares =
                Arrays.stream(accuracies).map(a -> (a - mean) * (a - mean)).sum();
        SortedMap<String, Number> result = new TreeMap<>();
        String split = request.split();
        result.put(split + "/accuracy", mean);
        result.put(
                split + "/loss",
                evaluations.stream().mapToDouble(Evaluation::loss).sum() / accuracies.length);
        result.put(split + "/n", (long) samples.size());
        result.put(split + "/repeat", (long) accuracies.length);
        result.put(split + "/std", accuracies.length < 2 ? 0.0 : Math.sqrt(squares / (accuracies.length - 1)));
        double chip = evaluations.stream().mapToDouble(Evaluation::chipSeconds).sum();
        if (samples.size() > 0) {
            result.put(split + "/wall_us_per_sample", wall * 1e6 / ((double) samples.size() * accuracies.length));
            result.put(split + "/chip_us_per_sample", chip * 1e6 / ((double) samples.size() * accuracies.length));
            Number energy = health.counters().get(HealthKeys.ENERGY_MODEL);
            if (energy != null && chip > 0) {
                double joule = energy.doubleValue() * 1e-9;
                result.put(
                        split + "/energy_model_uj_per_sample",
                        joule * 1e6 / ((double) samples.size() * accuracies.length));
                result.put(split + "/power_model_mw", joule / chip * 1e3);
            }
        }
        Evaluation last = evaluations.get(evaluations.size() - 1);
        return new Outcome(
                request.experiment(),
                request.runId(),
                request.path(),
                request.state(),
                opened.uri(),
                opened.fidelity(),
                opened.chipId(),
                opened.calibrations(),
                request.epochs(),
                result,
                RunEnd.missingOf(request.experiment(), last.missing()),
                wall,
                chip,
                health,
                confusion(request.experiment().network().outputs(), samples, last));
    }

    /** True classes as rows, answers as columns, and the share of each class that was right. */
    private static List<String> confusion(int classes, SampleSet samples, Evaluation evaluation) {
        Confusion counts = Confusion.of(classes, samples.labels(), evaluation.predicted());
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("class \\ answer");
        for (int j = 0; j < classes; j++) {
            head.append(String.format(Locale.ROOT, "%7d", j));
        }
        lines.add(head.append("   none  right").toString());
        for (int label = 0; label < classes; label++) {
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%14d", label));
            for (int j = 0; j <= classes; j++) {
                row.append(String.format(Locale.ROOT, "%7d", counts.count(label, j)));
            }
            lines.add(row.append(
                            counts.samples(label) == 0
                                    ? "      -"
                                    : String.format(Locale.ROOT, "%7.3f", counts.right(label)))
                    .toString());
        }
        return lines;
    }
}
