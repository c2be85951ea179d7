package firstspike.experiments.figure;

import java.util.Arrays;
import java.util.List;

/**
 * First spike times of the label neurons in bins of equal width, apart for samples of other classes (group 0) and of a
 * neuron's own (group 1). Arrays are shared, not copied.
 *
 * @param from beginning of the first bin in tau
 * @param width of a bin in tau
 * @param counts neuron, group, bin
 * @param silent neuron, group: samples without a spike
 */
public record TimeCounts(double from, double width, int[][][] counts, int[][] silent) {

    /** Number of bins. */
    public static final int BINS = 60;

    /** Names of the groups in the file of numbers. */
    static final List<String> GROUPS = List.of("others", "own");

    /**
     * Counts.
     *
     * @param outputs times of all samples
     * @return the counts
     */
    public static TimeCounts of(OutputTimes outputs) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double time : outputs.times()) {
            if (Double.isFinite(time)) {
                least = Math.min(least, time);
                most = Math.max(most, time);
            }
        }
        double from = least < most ? least : 0;
        double width = least < most ? (most - least) / BINS : 1.0 / BINS;
        int[][][] counts = new int[outputs.neurons()][GROUPS.size()][BINS];
        int[][] silent = new int[outputs.neurons()][GROUPS.size()];
        for (int neuron = 0; neuron < outputs.neurons(); neuron++) {
            for (int s = 0; s < outputs.labels().length; s++) {
                int group = outputs.labels()[s] == neuron ? 1 : 0;
                double time = outputs.times()[s * outputs.neurons() + neuron];
                if (Double.isFinite(time)) {
                    counts[neuron][group][Math.max(0, Math.min(BINS - 1, (int) ((time - from) / width)))]++;
                } else {
                    silent[neuron][group]++;
                }
            }
        }
        return new TimeCounts(from, width, counts, silent);
    }

    /** Number of label neurons. */
    public int neurons() {
        return counts.length;
    }

    /**
     * @param bin 0 to {@value #BINS}
     * @return where it begins, in tau
     */
    public double start(int bin) {
        return from + bin * width;
    }

    /** Whether no sample was seen at all. */
    public boolean isEmpty() {
        return Arrays.stream(counts)
                                .flatMap(Arrays::stream)
                                .flatMapToInt(Arrays::stream)
                                .sum()
                        == 0
                && Arrays.stream(silent).flatMapToInt(Arrays::stream).sum() == 0;
    }

    /** The file of its numbers: a comment that says where the bins lie, a header, a row a bin, and those without a spike. */
    String csv() {
        StringBuilder csv = new StringBuilder("# bins from ")
                .append(Csv.number(from))
                .append(", width ")
                .append(Csv.number(width))
                .append("\nneuron,samples_of,from_tau,to_tau,count\n");
        for (int neuron = 0; neuron < neurons(); neuron++) {
            for (int group = 0; group < GROUPS.size(); group++) {
                String row = neuron + "," + GROUPS.get(group) + ",";
                for (int bin = 0; bin < BINS; bin++) {
                    double start = start(bin);
                    csv.append(row).append(Csv.number(start)).append(',').append(Csv.number(start + width));
                    csv.append(',').append(counts[neuron][group][bin]).append('\n');
                }
                csv.append(row).append("inf,inf,").append(silent[neuron][group]).append('\n');
            }
        }
        return csv.toString();
    }
}
