package firstspike.experiments.figure;

import java.util.Arrays;

/**
 * How often a sample of each class got each answer.
 *
 * @param counts true class, then answer; the last one is "none". As many rows as classes
 */
public record Confusion(int[][] counts) {

    /** Copies the counts; {@link IllegalArgumentException} unless each row has one more entry than there are rows. */
    public Confusion {
        counts = Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
        for (int[] row : counts) {
            if (row.length != counts.length + 1) {
                throw new IllegalArgumentException("confusion matrix: row of " + row.length + " (limit: "
                        + (counts.length + 1) + "); give every answer and \"none\"");
            }
        }
    }

    /**
     * Counts.
     *
     * @param classes number of classes
     * @param labels true class of each sample
     * @param predicted answer to each sample, -1: none
     * @return the matrix
     */
    public static Confusion of(int classes, int[] labels, int[] predicted) {
        int[][] counts = new int[classes][classes + 1];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]][predicted[i] < 0 ? classes : predicted[i]]++;
        }
        return new Confusion(counts);
    }

    /** Number of classes. */
    public int classes() {
        return counts.length;
    }

    /**
     * @param label true class
     * @param answer given, {@link #classes()} for none
     * @return number of samples
     */
    public int count(int label, int answer) {
        return counts[label][answer];
    }

    /**
     * @param label true class
     * @return number of its samples
     */
    public int samples(int label) {
        return Arrays.stream(counts[label]).sum();
    }

    /** Number of all samples. */
    public int samples() {
        return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
    }

    /**
     * @param label true class
     * @return share of its samples that got it as answer; not-a-number without samples
     */
    public double right(int label) {
        return samples(label) == 0 ? Double.NaN : (double) counts[label][label] / samples(label);
    }

    /** The file of its numbers: a header, a row a class and answer. */
    String csv() {
        StringBuilder csv = new StringBuilder("class,answer,count\n");
        for (int label = 0; label < classes(); label++) {
            for (int answer = 0; answer <= classes(); answer++) {
                csv.append(label)
                        .append(',')
                        .append(name(answer))
                        .append(',')
                        .append(count(label, answer))
                        .append('\n');
            }
        }
        return csv.toString();
    }

    /** An answer in words. */
    String name(int answer) {
        return answer == classes() ? "none" : String.valueOf(answer);
    }
}
