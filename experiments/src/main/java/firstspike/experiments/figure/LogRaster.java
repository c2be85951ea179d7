package firstspike.experiments.figure;

import firstspike.experiments.plot.FigureSize;
import firstspike.experiments.plot.Panels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The spikes of a log as dots, a panel a population. Mutable while it is filled; one owner thread. */
public final class LogRaster {

    /** Spikes that one picture can show: with more, an SVG is too large for any reader. */
    public static final int MOST_SPIKES = 200_000;

    private final TreeMap<String, Population> populations = new TreeMap<>();
    private int spikes;

    /** Spikes of a population in growing arrays. */
    private static final class Population {
        private double[] times = new double[256];
        private int[] neurons = new int[256];
        private int size;

        void add(double time, int neuron) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                neurons = Arrays.copyOf(neurons, 2 * size);
            }
            times[size] = time;
            neurons[size++] = neuron;
        }

        SpikePanels.Population named(String name) {
            double[] indices = Arrays.stream(neurons, 0, size).asDoubleStream().toArray();
            return new SpikePanels.Population(name, most() + 1, Arrays.copyOf(times, size), indices);
        }

        int most() {
            return Arrays.stream(neurons, 0, size).max().orElse(0);
        }
    }

    /**
     * Takes a spike.
     *
     * @param population its name
     * @param neuron index in the population, or label
     * @param timeUs in its program
     * @return whether there was room for it
     */
    public boolean add(String population, int neuron, double timeUs) {
        if (spikes == MOST_SPIKES) {
            return false;
        }
        spikes++;
        populations.computeIfAbsent(population, name -> new Population()).add(timeUs, neuron);
        return true;
    }

    /** Number of spikes so far. */
    public int spikes() {
        return spikes;
    }

    /**
     * Draws.
     *
     * @param title of the picture
     * @param footer run id, target and fidelity
     * @param size of the picture, as drawn when empty
     * @param file whose name ends in .svg or .png
     */
    public void write(String title, String footer, Optional<FigureSize> size, Path file) {
        List<SpikePanels.Population> named = new ArrayList<>();
        populations.forEach((name, population) -> named.add(population.named(name)));
        Panels panels = SpikePanels.of(title, title, "time in the program [us]", named);
        new Figure(List.of(panels), 1, "").write(file, footer, size);
    }
}
