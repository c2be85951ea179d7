package firstspike.runtime.measurement;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.CadcChannel;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.SynapseRow;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.CadcRowRead;
import java.util.Arrays;

/**
 * Potentials of all 512 neurons as both channels of their columns see them (analog.md 14): the top half first, the bottom
 * one some 400 ticks later.
 */
public final class CadcPotentials {

    private static final int HALF = CadcChannel.COUNT / Hemisphere.COUNT;

    private CadcPotentials() {}

    /**
     * Adds one conversion of each half.
     *
     * @param program gets the reads: 258
     * @return the 1024 channels by {@link CadcChannel#index}, in LSB, 0 to 255
     */
    public static Ticket<short[]> channels(PlaybackProgramBuilder program) {
        return program.read(addresses(), words -> decode(words, 0));
    }

    /**
     * Adds one conversion of each half.
     *
     * @param program gets the reads: 258
     * @return mean of causal and acausal channel of each neuron, in LSB
     */
    public static Ticket<double[]> read(PlaybackProgramBuilder program) {
        return read(program, 1);
    }

    /**
     * Adds conversions of both halves, one after the other.
     *
     * @param program gets the reads: 258 for each conversion
     * @param times conversions, 1 or more
     * @return mean over both channels of a neuron and all conversions, in LSB
     */
    public static Ticket<double[]> read(PlaybackProgramBuilder program, int times) {
        return program.read(repeated(times), words -> means(words, times));
    }

    /**
     * Adds one conversion of one half.
     *
     * @param program gets the reads: 129
     * @param half whose neurons are read
     * @return mean of causal and acausal channel of each neuron of the half by its column, in LSB
     */
    public static Ticket<double[]> read(PlaybackProgramBuilder program, Hemisphere half) {
        return program.read(CadcRowRead.addresses(half, SynapseRow.of(0)), words -> {
            short[] samples = CadcRowRead.samples(words);
            double[] means = new double[NeuronColumn.COUNT];
            Arrays.setAll(means, column -> (samples[column] + samples[column + NeuronColumn.COUNT]) / 2.0);
            return means;
        });
    }

    /**
     * Adds conversions of both halves, one after the other.
     *
     * @param program gets the reads: 258 for each conversion
     * @param times conversions, 2 or more
     * @return standard deviation of each neuron's mean of both channels over the conversions, in LSB
     */
    public static Ticket<double[]> deviation(PlaybackProgramBuilder program, int times) {
        return program.read(repeated(times), words -> deviations(words, times));
    }

    private static int[] addresses() {
        int[] addresses = new int[2 * CadcRowRead.READS];
        for (Hemisphere half : Hemisphere.values()) {
            int[] row = CadcRowRead.addresses(half, SynapseRow.of(0));
            System.arraycopy(row, 0, addresses, half.index() * row.length, row.length);
        }
        return addresses;
    }

    private static int[] repeated(int times) {
        int[] once = addresses();
        int[] all = new int[times * once.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(once, 0, all, i * once.length, once.length);
        }
        return all;
    }

    private static double[] means(int[] words, int times) {
        double[] sums = new double[AtomicNeuron.COUNT];
        for (int i = 0; i < times; i++) {
            short[] channels = decode(words, i);
            for (int n = 0; n < sums.length; n++) {
                sums[n] += neuron(channels, n);
            }
        }
        for (int n = 0; n < sums.length; n++) {
            sums[n] /= times;
        }
        return sums;
    }

    private static double[] deviations(int[] words, int times) {
        double[] sums = new double[AtomicNeuron.COUNT];
        double[] means = means(words, times);
        for (int i = 0; i < times; i++) {
            short[] channels = decode(words, i);
            for (int n = 0; n < sums.length; n++) {
                double distance = neuron(channels, n) - means[n];
                sums[n] += distance * distance;
            }
        }
        for (int n = 0; n < sums.length; n++) {
            sums[n] = Math.sqrt(sums[n] / (times - 1));
        }
        return sums;
    }

    private static double neuron(short[] channels, int neuron) {
        int causal = HALF * (neuron / NeuronColumn.COUNT) + neuron % NeuronColumn.COUNT;
        return (channels[causal] + channels[causal + NeuronColumn.COUNT]) / 2.0;
    }

    private static short[] decode(int[] words, int conversion) {
        short[] channels = new short[CadcChannel.COUNT];
        for (int half = 0; half < Hemisphere.COUNT; half++) {
            int from = (Hemisphere.COUNT * conversion + half) * CadcRowRead.READS;
            short[] samples = CadcRowRead.samples(Arrays.copyOfRange(words, from, from + CadcRowRead.READS));
            System.arraycopy(samples, 0, channels, half * HALF, HALF);
        }
        return channels;
    }
}
