package firstspike.experiments.figure;

import java.util.List;

/**
 * Spikes of one sample, population by population.
 *
 * @param sample which one, in words: letters, digits and blanks
 * @param populations names from input to output; none when there was no sample
 * @param times first spike time of each neuron in tau; positive infinity: silent
 * @param label true class
 * @param answer class that the network gave, -1: none
 */
public record Raster(String sample, List<String> populations, List<double[]> times, int label, int answer) {

    /** Copies the lists. */
    public Raster {
        populations = List.copyOf(populations);
        times = List.copyOf(times);
    }
}
