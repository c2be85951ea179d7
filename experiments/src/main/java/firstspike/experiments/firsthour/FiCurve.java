package firstspike.experiments.firsthour;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Plot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rate of a neuron against a constant current into its membrane. */
final class FiCurve {

    private static final double DURATION_US = 1000;
    private static final int POINTS = 15;
    private static final int LARGEST_CODE = 1022;
    private static final double NANOAMPERE = 250;
    private static final double TRACE_US = 150;

    private FiCurve() {}

    static FirstHourResult run(NeuronOnChip chip) {
        NeuronModel model = chip.model();
        chip.bench()
                .neurons(
                        neuron -> neuron.neuron().equals(chip.coordinate()) ? neuron.withMembraneOffset(true) : neuron);
        double[] current = new double[POINTS];
        double[] measured = new double[POINTS];
        double[] expected = new double[POINTS];
        StringBuilder csv = new StringBuilder("code,current_na,rate_khz,model_khz\n");
        double largest = 0;
        for (int i = 0; i < POINTS; i++) {
            int code = LARGEST_CODE * i / (POINTS - 1);
            chip.bench().set(NeuronParameter.I_MEM_OFFSET, code);
            current[i] = NANOAMPERE * code / LARGEST_CODE;
            measured[i] =
                    rate(chip.record(DURATION_US, 1, NeuronOnChip.Stimulus.NONE).get(0));
            expected[i] = 1000 / model.periodUs(model.restAt(current[i]));
            largest = Math.max(largest, Math.abs(measured[i] - expected[i]));
            csv.append(String.format(Locale.ROOT, "%d,%.3f,%.4f,%.4f\n", code, current[i], measured[i], expected[i]));
        }
        MembraneRecording seen = chip.recordBoth(TRACE_US);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("rate at the largest current [kHz]", measured[POINTS - 1]);
        numbers.put("rate of the model there [kHz]", expected[POINTS - 1]);
        numbers.put("largest difference to the model [kHz]", largest);
        String words = String.format(
                Locale.ROOT,
                "Rate of neuron %d against a constant current of 0 to %.0f nA: %.1f kHz at its end, %.1f kHz by the model",
                chip.neuron(),
                NANOAMPERE,
                measured[POINTS - 1],
                expected[POINTS - 1]);
        Plot curve = new Plot(
                "Rate against current",
                words,
                Axis.around("current [nA]", current),
                Axis.around("rate [kHz]", measured, expected),
                List.of(
                        new Mark.Line("model", 2, false, current, expected),
                        new Mark.Dots("measured", 0, 3, current, measured)));
        String trace =
                String.format(Locale.ROOT, "Membrane at %.0f nA with %d spikes", NANOAMPERE, seen.spikesUs().length);
        double rest = model.restAt(NANOAMPERE);
        return new FirstHourResult(
                numbers,
                List.of(curve, Traces.plot("Largest current", trace, seen, line(seen, model, rest), model)),
                csv.toString());
    }

    /** Spikes a millisecond: between the first and the last one; a single one counts over the whole time. */
    private static double rate(MembraneRecording seen) {
        double[] spikes = seen.spikesUs();
        return spikes.length < 2
                ? 1000 * spikes.length / DURATION_US
                : 1000 * (spikes.length - 1) / (spikes[spikes.length - 1] - spikes[0]);
    }

    private static Mark.Line line(MembraneRecording seen, NeuronModel model, double rest) {
        double first = seen.spikesUs().length == 0 ? 0 : seen.spikesUs()[0];
        int points = (int) ((TRACE_US - first) * 10);
        double[] time = new double[Math.max(0, points)];
        double[] value = new double[time.length];
        for (int i = 0; i < time.length; i++) {
            time[i] = first + 0.1 * i;
            value[i] = model.afterSpike(0.1 * i, rest);
        }
        return new Mark.Line("model", 2, false, time, value);
    }
}
