package firstspike.experiments.firsthour;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.experiments.plot.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A neuron whose leak drives it over the threshold, again and again. */
final class LeakOverThreshold {

    private static final double DURATION_US = 150;
    /** Codes by which the leak is raised: 110 LSB of the column converter. */
    private static final int RAISED = 294;

    private static final double LEAK_LSB_PER_CODE = 1.58 / NeuronModel.MILLIVOLT_PER_LSB;
    private static final int LARGEST_CODE = 1022;

    private LeakOverThreshold() {}

    static FirstHourResult run(NeuronOnChip chip) {
        NeuronModel model = chip.model();
        int[] codes = chip.bench().codes(NeuronParameter.V_LEAK);
        int before = codes[chip.neuron()];
        codes[chip.neuron()] = Math.min(LARGEST_CODE, before + RAISED);
        chip.bench().set(NeuronParameter.V_LEAK, codes);
        double rest = model.leak() + LEAK_LSB_PER_CODE * (codes[chip.neuron()] - before);
        MembraneRecording seen = chip.recordBoth(DURATION_US);
        double[] spikes = seen.spikesUs();
        double period = spikes.length < 2 ? Double.NaN : (spikes[spikes.length - 1] - spikes[0]) / (spikes.length - 1);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("spikes", (double) spikes.length);
        numbers.put("period measured [us]", period);
        numbers.put("period of the model [us]", model.periodUs(rest));
        numbers.put("rate measured [kHz]", 1000 / period);
        numbers.put("rate of the model [kHz]", 1000 / model.periodUs(rest));
        String words = String.format(
                Locale.ROOT,
                "Membrane of neuron %d, whose leak lies at %.0f and its threshold at %.0f LSB: %d spikes in %.0f us, one "
                        + "every %.2f us; the model says %.2f us",
                chip.neuron(),
                rest,
                model.threshold(),
                spikes.length,
                DURATION_US,
                period,
                model.periodUs(rest));
        return new FirstHourResult(
                numbers,
                List.of(Traces.plot("Leak over threshold", words, seen, expected(seen, model, rest), model)),
                Traces.csv(seen));
    }

    /** The model from the first spike on. */
    private static Mark.Line expected(MembraneRecording seen, NeuronModel model, double rest) {
        double first = seen.spikesUs().length == 0 ? 0 : seen.spikesUs()[0];
        List<double[]> points = new ArrayList<>();
        for (double us = first; us <= DURATION_US; us += 0.1) {
            points.add(new double[] {us, model.afterSpike(us - first, rest)});
        }
        return Traces.line("model", points);
    }
}
