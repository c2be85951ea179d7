package firstspike.experiments.figure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.runtime.mapping.ChipPlan;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * A picture of a chip with a network on it: both synapse arrays by row pair and column, and under each its neurons, in the
 * colour of their layer. Row pairs that hear the host are pale, as are circuits that only lend a neuron their synapses.
 */
public final class ChipPicture {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int CELL_PIXELS = 4;
    /** Height of the neurons below the row pairs, and the gap between the two, in row pairs. */
    private static final int NEURONS = 10;

    private static final int GAP = 2;
    private static final int BELOW = NEURONS + GAP;
    private static final String[] HALVES = {"Top half", "Bottom half"};

    private ChipPicture() {}

    /** Whether a picture can be written to a file of this name. */
    public static boolean knows(Path file) {
        return file.toString().endsWith(".svg") || file.toString().endsWith(".png");
    }

    /**
     * Draws into a file.
     *
     * @param file whose name ends in .svg or .png
     * @param plan what lies where
     * @param footer experiment and target
     */
    public static void write(Path file, ChipPlan plan, String footer) {
        draw(plan, footer).write(file, Optional.empty());
    }

    static Figure draw(ChipPlan plan, String footer) {
        return new Figure(
                List.of(half(plan, 0, footer), half(plan, NeuronColumn.COUNT, footer)),
                1,
                WIDTH,
                HEIGHT,
                csv(plan).toString());
    }

    /** What is coloured: a line a used circuit, then a line for each stretch of its row pairs that is of one colour. */
    private static StringBuilder csv(ChipPlan plan) {
        StringBuilder csv = new StringBuilder("# layers ")
                .append(String.join(" ", plan.layers()))
                .append("\ncircuit,first_row_pair,last_row_pair,layer,what\n");
        for (int circuit = 0; circuit < AtomicNeuron.COUNT; circuit++) {
            if (plan.layerOf(circuit) == ChipPlan.FREE) {
                continue;
            }
            line(csv, plan, circuit, ",", plan.layerOf(circuit), plan.isActive(circuit) ? "active" : "passive");
            for (int from = 0, to; from < ChipPlan.ROW_PAIRS; from = to) {
                int layer = plan.layerOf(circuit, from);
                boolean external = plan.isExternal(circuit, from);
                for (to = from + 1; to < ChipPlan.ROW_PAIRS; to++) {
                    if (plan.layerOf(circuit, to) != layer || plan.isExternal(circuit, to) != external) {
                        break;
                    }
                }
                if (layer != ChipPlan.FREE) {
                    line(csv, plan, circuit, from + "," + (to - 1), layer, external ? "host" : "neurons");
                }
            }
        }
        return csv;
    }

    private static void line(StringBuilder csv, ChipPlan plan, int circuit, String rows, int layer, String what) {
        csv.append(circuit)
                .append(',')
                .append(rows)
                .append(',')
                .append(plan.layers().get(layer))
                .append(',')
                .append(what)
                .append('\n');
    }

    private static JFreeChart half(ChipPlan plan, int firstCircuit, String footer) {
        XYLineAndShapeRenderer behind = new XYLineAndShapeRenderer(false, false);
        behind.addAnnotation(
                new XYDataImageAnnotation(
                        image(plan, firstCircuit), 0, -BELOW, NeuronColumn.COUNT, BELOW + ChipPlan.ROW_PAIRS),
                Layer.BACKGROUND);
        XYPlot plot = new XYPlot(
                new DefaultXYDataset(),
                axis("column", 0, NeuronColumn.COUNT),
                axis("row pair; below: neurons", -BELOW, ChipPlan.ROW_PAIRS),
                behind);
        Style.plot(plot);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        plot.setNoDataMessage(null);
        plot.setFixedLegendItems(legend(plan));
        JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        Style.chart(chart, HALVES[firstCircuit / NeuronColumn.COUNT], footer);
        return chart;
    }

    private static BufferedImage image(ChipPlan plan, int firstCircuit) {
        BufferedImage image = new BufferedImage(
                NeuronColumn.COUNT * CELL_PIXELS,
                (BELOW + ChipPlan.ROW_PAIRS) * CELL_PIXELS,
                BufferedImage.TYPE_INT_RGB);
        for (int column = 0; column < NeuronColumn.COUNT; column++) {
            int circuit = firstCircuit + column;
            for (int row = 0; row < ChipPlan.ROW_PAIRS + BELOW; row++) {
                int pair = ChipPlan.ROW_PAIRS - 1 - row;
                Color color = pair >= 0
                        ? color(plan.layerOf(circuit, pair), !plan.isExternal(circuit, pair))
                        : pair >= -GAP ? Color.WHITE : color(plan.layerOf(circuit), plan.isActive(circuit));
                for (int p = 0; p < CELL_PIXELS * CELL_PIXELS; p++) {
                    image.setRGB(
                            column * CELL_PIXELS + p % CELL_PIXELS,
                            row * CELL_PIXELS + p / CELL_PIXELS,
                            color.getRGB());
                }
            }
        }
        return image;
    }

    private static Color color(int layer, boolean full) {
        if (layer == ChipPlan.FREE) {
            return Style.SILENT;
        }
        return full ? Style.ofClass(layer) : Style.pale(Style.ofClass(layer));
    }

    private static LegendItemCollection legend(ChipPlan plan) {
        LegendItemCollection legend = new LegendItemCollection();
        for (int l = 0; l < plan.layers().size(); l++) {
            legend.add(new LegendItem(plan.layers().get(l), null, null, null, Style.dot(5), Style.ofClass(l)));
        }
        legend.add(new LegendItem(
                "pale: rows of the host, passive circuits", null, null, null, Style.dot(5), Style.pale(Style.INK)));
        return legend;
    }

    private static NumberAxis axis(String label, int from, int to) {
        NumberAxis axis = new NumberAxis(label);
        axis.setRange(from, to);
        Style.axis(axis);
        return axis;
    }
}
