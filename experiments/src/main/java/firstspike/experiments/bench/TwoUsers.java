package firstspike.experiments.bench;

import firstspike.driver.link.ChipId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a user gets on a chip of his own while another one works on another chip, one emulator thread each. */
final class TwoUsers {

    private static final String EXPERIMENT = "yin-yang-chip";

    private final int repetitions;
    private final int samples;

    /**
     * @param repetitions of trainings alone and of two at once
     * @param samples of each training
     */
    TwoUsers(int repetitions, int samples) {
        this.repetitions = repetitions;
        this.samples = samples;
    }

    /** The slower of the two, in percent of one alone, in pairs of trainings that follow each other. */
    Rate measure(String name, ServedChips chips, List<ChipId> two) {
        training(chips.target(two.get(0)));
        double[] shares = new double[repetitions];
        for (int i = 0; i < repetitions; i++) {
            double alone = training(chips.target(two.get(0)));
            shares[i] = 100 * alone / together(chips, two);
        }
        return Rate.of(name, "two users at once, each of one alone", shares, "%", "at least 90 %")
                .with("samples", samples);
    }

    private double together(ServedChips chips, List<ChipId> two) {
        ExecutorService users = Executors.newFixedThreadPool(two.size());
        try {
            List<Callable<Double>> trainings = two.stream()
                    .<Callable<Double>>map(chip -> () -> training(chips.target(chip)))
                    .toList();
            double slowest = 0;
            for (Future<Double> done : users.invokeAll(trainings)) {
                slowest = Math.max(slowest, done.get());
            }
            return slowest;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a training failed: " + e.getCause().getMessage(), e);
        } finally {
            users.shutdownNow();
        }
    }

    private double training(String target) {
        return MeasuredTraining.of("", EXPERIMENT, target, 1, samples, 1, "").seconds();
    }
}
