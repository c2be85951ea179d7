package firstspike.experiments.figure;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Palette;
import firstspike.experiments.plot.Panels;
import firstspike.experiments.plot.Plot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Pictures of the weights of a layer. */
final class WeightPictures {

    private static final int NEGATIVE = 0x2F86C9;
    private static final int POSITIVE = 0xD9731A;

    private WeightPictures() {}

    /** Before there are any. */
    static Plot none() {
        return new Plot(
                "Weights",
                "No data: there is no checkpoint yet",
                new Axis("weight", -1, 1),
                Axis.whole("synapses", 0, 1),
                List.of());
    }

    static Plot histogram(WeightMatrix layer) {
        double[] counts = layer.counts();
        List<Mark> marks = new ArrayList<>(List.of(new Mark.Bars("", 0, layer.edges(), counts)));
        List<Double> across =
                new ArrayList<>(Arrays.stream(layer.edges()).boxed().toList());
        String name = "limits";
        for (double limit : layer.limits()) {
            for (double at : new double[] {-limit, limit}) {
                marks.add(new Mark.Rule(name, Palette.WRONG, true, at));
                name = "";
                across.add(at);
            }
        }
        return new Plot(
                "Weights of layer " + layer.layer() + ", " + layer.rows() + " x " + layer.columns(),
                words(layer),
                Axis.around(
                        layer.unit(),
                        across.stream().mapToDouble(Double::doubleValue).toArray()),
                Axis.whole("synapses", 0, 1.08 * Histogram.most(List.of(counts))),
                marks);
    }

    private static String words(WeightMatrix layer) {
        double[] values = layer.values();
        if (values.length == 0) {
            return "No data: the layer has no weights";
        }
        long zero = Arrays.stream(values).filter(value -> value == 0).count();
        long limited = Arrays.stream(values)
                .filter(value -> layer.limits().contains(Math.abs(value)))
                .count();
        return String.format(
                Locale.ROOT,
                "%d weights from %d inputs to %d neurons, %s: least %.3g, mean %.3g, most %.3g; %d are 0%s",
                values.length,
                layer.rows(),
                layer.columns(),
                layer.onChip() ? "as the chip has them" : "real numbers, there is no chip",
                Arrays.stream(values).min().orElse(0),
                Arrays.stream(values).average().orElse(0),
                Arrays.stream(values).max().orElse(0),
                zero,
                layer.limits().isEmpty() ? "" : ", " + limited + " stand at a limit");
    }

    static Panels matrix(WeightMatrix layer) {
        double most = Math.max(
                1e-12, Arrays.stream(layer.values()).map(Math::abs).max().orElse(1));
        int[] argb = new int[layer.rows() * layer.columns()];
        Arrays.setAll(argb, i -> colour(layer.values()[i] / most));
        Mark.Grid grid =
                new Mark.Grid(layer.columns(), layer.rows(), -0.5, layer.columns() - 0.5, -0.5, layer.rows() - 0.5);
        Plot plot = new Plot(
                "Layer " + layer.layer() + ", input by neuron",
                "Weight of each input (upwards) to each neuron (to the right): blue inhibits, orange excites, faint is "
                        + "weak",
                Axis.whole("neuron of " + layer.layer(), -0.5, Math.max(0.5, layer.columns() - 0.5)),
                Axis.whole("input", -0.5, Math.max(0.5, layer.rows() - 0.5)),
                List.of(new Mark.Image(grid, argb)));
        return ColourBar.below(plot, layer.unit(), -most, most, part -> colour(2 * part - 1));
    }

    /** From -1 to 1; opacity is strength, so that it reads on light and on dark ground. */
    private static int colour(double part) {
        int alpha = (int) Math.round(255 * Math.min(1, Math.abs(part)));
        return alpha << 24 | (part < 0 ? NEGATIVE : POSITIVE);
    }
}
