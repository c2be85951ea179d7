package firstspike.experiments.bench;

import firstspike.driver.link.LinkOptions;
import firstspike.runtime.execution.ChipExecutor;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.util.function.Consumer;

/**
 * How the time of the emulator grows: with the input events of a program, over three decades, and with the neurons that each
 * of them reaches. One thread, in process, after a warm-up; both ways of growing should be a straight line.
 */
final class ScalingBenchmark {
    /** Facts of a rate. */
    static final String EVENTS = "input_events";

    static final String NEURONS = "neurons_reached";

    private static final String NAME = "scaling";
    private static final String TARGET = "emu:nominal?seed=1";
    private static final int[] SAMPLES = {5, 50, 500, 5000};
    private static final int[] QUICK_SAMPLES = {5, 50, 500};
    private static final int[] HIDDEN = {2, 6, 20, 70, 246};
    private static final int REPETITIONS = 5;
    private static final int WARM_UP = 20;
    private static final int WARM_UP_SAMPLES = 100;

    private final boolean quick;
    private final Consumer<Rate> rates;

    ScalingBenchmark(boolean quick, Consumer<Rate> rates) {
        this.quick = quick;
        this.rates = rates;
    }

    void run() {
        int[] counts = quick ? QUICK_SAMPLES : SAMPLES;
        int same = counts[1];
        for (int hidden : HIDDEN) {
            InferenceNetwork network = InferenceNetwork.ofHidden(hidden);
            try (ChipTarget chips = (ChipTarget) Targets.installed()
                            .resolve(TARGET, LinkOptions.defaults().withThreads(1));
                    ChipExecutor chip = ChipExecutor.open(
                            Mapper.map(
                                    network.network(),
                                    InferenceNetwork.settings(),
                                    chips.chips().get(0),
                                    true),
                            chips,
                            0)) {
                chip.load(network.weights());
                for (int i = 0; i < WARM_UP; i++) {
                    chip.run(network.samples(WARM_UP_SAMPLES, i), RunIntent.EVALUATE);
                }
                rates.accept(measure(chip, network, same, hidden + " neurons reached"));
                if (hidden == HIDDEN[HIDDEN.length - 1]) {
                    for (int samples : counts) {
                        rates.accept(measure(chip, network, samples, samples + " samples"));
                    }
                }
            }
        }
    }

    private static Rate measure(ChipExecutor chip, InferenceNetwork network, int samples, String subject) {
        double[] milliseconds = new double[REPETITIONS];
        long events = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            InputSpikes input = network.samples(samples, i);
            events += input.time().length;
            long start = System.nanoTime();
            chip.run(input, RunIntent.EVALUATE);
            milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        double ofRun = (double) events / REPETITIONS;
        int neurons = network.network().layers().get(0).size();
        Rate rate = Rate.of(NAME, subject, milliseconds, "ms", "");
        return rate.with(EVENTS, Math.rint(ofRun))
                .with(NEURONS, neurons)
                .with("ns_per_event_and_neuron", Math.rint(rate.median() * 1e7 / ofRun / neurons) / 10);
    }
}
