package firstspike.runtime.learning.eventprop;

import java.util.List;

/**
 * Target trains of the label neurons for each pattern.
 *
 * @param patterns a pattern: for each label neuron its target times, ascending, units of tau
 */
public record TargetTrains(List<List<double[]>> patterns) {
    /** Checks the order; throws {@link IllegalArgumentException} that names pattern, neuron and time. */
    public TargetTrains {
        patterns = patterns.stream().map(List::copyOf).toList();
        for (int pattern = 0; pattern < patterns.size(); pattern++) {
            for (int neuron = 0; neuron < patterns.get(pattern).size(); neuron++) {
                require(pattern, neuron, patterns.get(pattern).get(neuron));
            }
        }
    }

    /**
     * Targets of a label neuron.
     *
     * @param pattern number of the pattern
     * @param neuron label neuron
     * @return the live array, to be read only
     */
    public double[] of(int pattern, int neuron) {
        return patterns.get(pattern).get(neuron);
    }

    /**
     * Number of patterns.
     *
     * @return 0 or more
     */
    public int size() {
        return patterns.size();
    }

    private static void require(int pattern, int neuron, double[] times) {
        for (int i = 0; i < times.length; i++) {
            if (!(times[i] >= 0) || Double.isInfinite(times[i]) || i > 0 && !(times[i] > times[i - 1])) {
                throw new IllegalArgumentException("target of pattern " + pattern + ", label " + neuron + ", spike " + i
                        + " : " + times[i] + " tau (expected: finite, 0 or more, ascending); sort the targets");
            }
        }
    }
}
