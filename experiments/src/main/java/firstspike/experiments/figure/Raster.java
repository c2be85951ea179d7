package firstspike.experiments.figure;

import firstspike.runtime.exchange.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    /** The file of its numbers: a comment that says which sample it is, a header, a row a neuron. */
    String csv() {
        StringBuilder csv = new StringBuilder("# class ")
                .append(label)
                .append(", answer ")
                .append(answer)
                .append(", ")
                .append(sample)
                .append("\npopulation,neuron,time_tau\n");
        for (int p = 0; p < populations.size(); p++) {
            double[] all = times.get(p);
            for (int neuron = 0; neuron < all.length; neuron++) {
                csv.append(populations.get(p))
                        .append(',')
                        .append(neuron)
                        .append(',')
                        .append(Csv.number(all[neuron]))
                        .append('\n');
            }
        }
        return csv.toString();
    }

    /**
     * Keeps the numbers alone, as a run does while it goes on; drawing them takes longer.
     *
     * @param folder of the figures
     * @param footer run id, target and fidelity
     */
    public void keep(Path folder, String footer) {
        String text = "# " + footer + "\n" + csv();
        AtomicFile.replace(folder.resolve("raster.csv"), text.getBytes(StandardCharsets.UTF_8));
    }
}
