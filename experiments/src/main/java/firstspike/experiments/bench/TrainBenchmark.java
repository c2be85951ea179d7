package firstspike.experiments.bench;

import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.run.BareTraining;
import firstspike.runtime.training.EpochMetrics;
import firstspike.runtime.training.TrainingResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Seconds of an epoch of training, validation included, over the epochs of one run: Yin-Yang in exact arithmetic, in the loop in
 * process and through gRPC, and a network as large as the chip. The epochs in which the code is compiled are trained too and not
 * counted, for a run of 300 epochs hardly feels them; what 300 such epochs take stands beside, and the published or required
 * figure.
 */
final class TrainBenchmark {

    private static final String NAME = "train";
    private static final String NOMINAL = "emu:nominal?seed=1";
    private static final int WHOLE_RUN = 300;
    /** All training samples of the embedded digits. */
    private static final int DIGITS = 1197;

    private final boolean quick;
    private final int threads;
    private final Consumer<Rate> sink;

    /**
     * @param quick fewer and smaller epochs
     * @param threads of the trainer, and of the emulator
     * @param sink takes each measured speed when it is done
     */
    TrainBenchmark(boolean quick, int threads, Consumer<Rate> sink) {
        this.quick = quick;
        this.threads = threads;
        this.sink = sink;
    }

    void run() {
        sink.accept(measure(
                        "yin-yang-software in exact arithmetic",
                        "yin-yang-software",
                        "ideal:",
                        quick ? 12 : 60,
                        quick ? 4 : 20,
                        "300 epochs in 5 s")
                .with("reference", "published code: 12.6 minutes of processor time for 300 epochs"));
        sink.accept(measure(
                "yin-yang in the loop, in process", "yin-yang", NOMINAL, quick ? 3 : 8, 2, "300 epochs in 45 s"));
        sink.accept(measure(
                        "256-246-10 (digits16) in the loop, in process",
                        "digits16",
                        NOMINAL,
                        quick ? 500 : DIGITS,
                        quick ? 3 : 12,
                        2,
                        "8000 samples a second")
                .with("reference", "the chip classifies 20,800 images a second"));
        try (ChipSource source = ServedChips.source(NOMINAL);
                ServedChips chips = ServedChips.serve(source, Optional.empty())) {
            sink.accept(measure(
                    "yin-yang in the loop, through gRPC on loopback",
                    "yin-yang",
                    chips.target(source.chips().get(0).chipId()),
                    quick ? 3 : 8,
                    2,
                    "300 epochs in 60 s"));
        }
    }

    /**
     * @param epochs of the run
     * @param warmUp first ones that are not counted
     */
    private Rate measure(String subject, String id, String target, int epochs, int warmUp, String goal) {
        return measure(subject, id, target, quick ? 1000 : 5000, epochs, warmUp, goal);
    }

    private Rate measure(String subject, String id, String target, int trainSize, int epochs, int warmUp, String goal) {
        Experiment experiment = MeasuredTraining.experiment(id, target, epochs, trainSize);
        TrainingResult result = BareTraining.run(
                        experiment, LinkOptions.defaults().withThreads(threads))
                .result();
        List<EpochMetrics> counted = result.metrics().subList(warmUp + 1, epochs + 1);
        double[] seconds =
                counted.stream().mapToDouble(EpochMetrics::wallSeconds).toArray();
        Rate rate = Rate.of(NAME, subject, seconds, "s an epoch", goal);
        int samples = experiment.dataset().trainSize();
        double mean = Arrays.stream(seconds).average().orElseThrow();
        double silent = counted.stream()
                .mapToDouble(epoch ->
                        epoch.missing().get(experiment.network().layers().get(0).name()))
                .average()
                .orElseThrow();
        rate = rate.with("epochs_counted", seconds.length)
                .with("threads", threads)
                .with("trained_samples_an_epoch", samples)
                .with("validated_samples_an_epoch", experiment.dataset().validationSize())
                .with("hidden_neurons_that_fire", Math.round((1 - silent) * 1000) / 1000.0)
                .with("weights", MeasuredTraining.digest(result));
        // a network that is silent costs nothing, so its speed says nothing
        return silent > 0.5
                ? rate.with("rate", "none: fewer than half of the hidden neurons fire")
                : rate.with("trained_samples_a_second", Math.round(samples / mean))
                        .with("seconds_of_300_epochs", Math.round(mean * WHOLE_RUN * 100) / 100.0);
    }
}
