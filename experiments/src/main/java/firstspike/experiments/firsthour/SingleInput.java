package firstspike.experiments.firsthour;

import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Plot;
import firstspike.runtime.calibration.procedure.TestSynapses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Postsynaptic potentials of single events, and their height against the weight. */
final class SingleInput {

    private static final double DURATION_US = 130;
    private static final double FIRST_US = 10;
    private static final double SECOND_US = 70;
    private static final double TICKS_PER_US = 125;
    private static final double COLUMN_US = 50;
    private static final int REPEATS = 20;
    private static final int WEIGHT_STEP = 9;
    private static final int LARGEST_WEIGHT = 63;

    private SingleInput() {}

    static FirstHourResult run(NeuronOnChip chip) {
        NeuronModel model = chip.model();
        chip.bench().neurons(neuron -> neuron.withThresholdComparator(false));
        MembraneRecording mean = null;
        List<double[]> heights = new ArrayList<>();
        for (int weight = 0; weight <= LARGEST_WEIGHT; weight += WEIGHT_STEP) {
            TestSynapses.weights(chip.bench(), weight);
            mean = mean(chip.record(DURATION_US, REPEATS, recording -> {
                event(recording.program(), chip, FIRST_US, true);
                event(recording.program(), chip, SECOND_US, false);
            }));
            heights.add(new double[] {weight, height(mean, FIRST_US, 1), height(mean, SECOND_US, -1)});
        }
        MembraneRecording seen = withColumns(chip, mean);
        double[] last = heights.get(heights.size() - 1);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("height of weight 63, excitatory [LSB]", last[1]);
        numbers.put("height of weight 63, inhibitory [LSB]", last[2]);
        numbers.put("height of the model [LSB]", model.peak(LARGEST_WEIGHT));
        String words = String.format(
                Locale.ROOT,
                "Membrane of neuron %d, mean of %d recordings: an excitatory event of weight 63 after %.0f us lifts it by "
                        + "%.1f LSB, an inhibitory one after %.0f us lowers it by %.1f LSB; the model says %.1f",
                chip.neuron(),
                REPEATS,
                FIRST_US,
                last[1],
                SECOND_US,
                last[2],
                model.peak(LARGEST_WEIGHT));
        return new FirstHourResult(
                numbers,
                List.of(
                        Traces.plot("Single events", words, seen, expected(mean, model), model),
                        weights(heights, model)),
                Traces.csv(seen));
    }

    /** The same with readings of the column converter after events of their own. */
    private static MembraneRecording withColumns(NeuronOnChip chip, MembraneRecording mean) {
        double[] up = chip.columnAfterEvent(true, REPEATS, COLUMN_US);
        double[] down = chip.columnAfterEvent(false, REPEATS, COLUMN_US);
        double[] times = new double[up.length + down.length];
        double[] values = Arrays.copyOf(up, times.length);
        System.arraycopy(down, 0, values, up.length, down.length);
        for (int k = 0; k < times.length; k++) {
            times[k] = k < up.length
                    ? FIRST_US + k * NeuronOnChip.READING_US
                    : SECOND_US + (k - up.length) * NeuronOnChip.READING_US;
        }
        return new MembraneRecording(mean.madcUs(), mean.madc(), times, values, new double[0]);
    }

    private static void event(PlaybackProgramBuilder program, NeuronOnChip chip, double us, boolean excitatory) {
        program.waitUntil(Math.round(us * TICKS_PER_US))
                .spike(TestSynapses.label(chip.coordinate().hemisphere(), 0, excitatory));
    }

    private static MembraneRecording mean(List<MembraneRecording> recordings) {
        int samples =
                recordings.stream().mapToInt(one -> one.madc().length).min().orElse(0);
        double[] sum = new double[samples];
        for (MembraneRecording one : recordings) {
            for (int i = 0; i < samples; i++) {
                sum[i] += one.madc()[i] / recordings.size();
            }
        }
        double[] times = Arrays.copyOf(recordings.get(0).madcUs(), samples);
        return new MembraneRecording(times, sum, new double[0], new double[0], new double[0]);
    }

    /** Largest distance from the potential before the event, with its sign. */
    private static double height(MembraneRecording mean, double eventUs, int sign) {
        double before = 0;
        int count = 0;
        double most = 0;
        for (int i = 0; i < mean.madc().length; i++) {
            double us = mean.madcUs()[i];
            if (us > eventUs - 5 && us < eventUs) {
                before += mean.madc()[i];
                count++;
            } else if (us >= eventUs && us < eventUs + 40) {
                most = Math.max(most, sign * (mean.madc()[i] - before / Math.max(1, count)));
            }
        }
        return most;
    }

    private static Mark.Line expected(MembraneRecording mean, NeuronModel model) {
        // events take some 0.4 us from the host to the membrane
        double latency = 0.4;
        double[] value = new double[mean.madcUs().length];
        for (int i = 0; i < value.length; i++) {
            double us = mean.madcUs()[i] - latency;
            value[i] = model.leak()
                    + model.potential(us - FIRST_US, LARGEST_WEIGHT)
                    - model.potential(us - SECOND_US, LARGEST_WEIGHT);
        }
        return new Mark.Line("model", 2, false, mean.madcUs(), value);
    }

    private static Plot weights(List<double[]> heights, NeuronModel model) {
        double[] weight = heights.stream().mapToDouble(row -> row[0]).toArray();
        double[] excitatory = heights.stream().mapToDouble(row -> row[1]).toArray();
        double[] inhibitory = heights.stream().mapToDouble(row -> row[2]).toArray();
        double[] expected =
                heights.stream().mapToDouble(row -> model.peak(row[0])).toArray();
        return new Plot(
                "Height against weight",
                "Height of the potentials of both inputs for weights of 0 to 63, and of the model, which is a line",
                Axis.around("weight", weight),
                Axis.around("height [CADC LSB]", excitatory, inhibitory, expected),
                List.of(
                        new Mark.Line("model", 2, false, weight, expected),
                        new Mark.Dots("excitatory", 0, 3, weight, excitatory),
                        new Mark.Dots("inhibitory", 1, 3, weight, inhibitory)));
    }
}
