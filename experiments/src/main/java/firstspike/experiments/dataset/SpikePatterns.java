package firstspike.experiments.dataset;

import firstspike.runtime.learning.RandomStream;
import firstspike.runtime.learning.eventprop.TargetTrains;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Patterns of input trains with wanted label trains, a task that first spikes cannot express ({@code eventprop.md} section 7):
 * every input has two events, uniform in 8 tau; every label neuron has 1 to 3 target times a pattern, uniform in 2 to 9 tau and at
 * least 1 tau apart; every presentation moves every event by a normal jitter.
 *
 * @param patterns number of patterns, 1 or more
 * @param inputs number of inputs
 * @param labels number of label neurons
 * @param seed of patterns and targets
 * @param jitter standard deviation of the events' times, units of tau
 */
public record SpikePatterns(int patterns, int inputs, int labels, long seed, double jitter) {

    /** Name in experiment files. */
    public static final String NAME = "spike_patterns";
    /** Events of an input. */
    public static final int EVENTS = 2;
    /** Latest event before jitter, units of tau. */
    public static final double SPAN = 8;

    private static final double FIRST_TARGET = 2;
    /** Latest target, units of tau. */
    public static final double LAST_TARGET = 9;

    private static final double APART = 1;
    private static final int MOST_TARGETS = 3;

    /**
     * The wanted trains.
     *
     * @return of each pattern and label neuron, units of tau
     */
    public TargetTrains targets() {
        RandomStream random = RandomStream.of("spike-patterns-targets", seed);
        List<List<double[]>> all = new ArrayList<>();
        for (int pattern = 0; pattern < patterns; pattern++) {
            List<double[]> trains = new ArrayList<>();
            for (int label = 0; label < labels; label++) {
                trains.add(train(random));
            }
            all.add(trains);
        }
        return new TargetTrains(all);
    }

    /**
     * Jittered presentations, each pattern in turn.
     *
     * @param size number of samples
     * @param stream seed of the jitter; negative for none
     * @return values of {@link #EVENTS} slots an input, in units of {@link #SPAN}; the label is the pattern
     */
    public Samples presentations(int size, long stream) {
        double[] events = events();
        int width = inputs * EVENTS;
        double[] values = new double[size * width];
        int[] numbers = new int[size];
        RandomStream random = RandomStream.of("spike-patterns-jitter", stream);
        for (int sample = 0; sample < size; sample++) {
            numbers[sample] = sample % patterns;
            for (int i = 0; i < width; i++) {
                double moved = stream < 0 ? 0 : jitter * random.nextNormal();
                values[sample * width + i] = Math.abs(events[numbers[sample] * width + i] + moved) / SPAN;
            }
        }
        return new Samples(inputs, patterns, values, numbers, EVENTS);
    }

    private double[] events() {
        RandomStream random = RandomStream.of("spike-patterns-events", seed);
        double[] events = new double[patterns * inputs * EVENTS];
        for (int i = 0; i < events.length; i++) {
            events[i] = random.nextUniform() * SPAN;
        }
        return events;
    }

    private static double[] train(RandomStream random) {
        double[] times = new double[1 + random.nextInt(MOST_TARGETS)];
        boolean close = true;
        while (close) {
            for (int i = 0; i < times.length; i++) {
                times[i] = FIRST_TARGET + random.nextUniform() * (LAST_TARGET - FIRST_TARGET);
            }
            Arrays.sort(times);
            close = false;
            for (int i = 1; i < times.length; i++) {
                close |= times[i] - times[i - 1] < APART;
            }
        }
        return times;
    }
}
