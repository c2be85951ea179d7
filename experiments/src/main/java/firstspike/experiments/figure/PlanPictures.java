package firstspike.experiments.figure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Plot;
import firstspike.runtime.mapping.ChipPlan;
import java.util.ArrayList;
import java.util.List;

/** Where a network lies on a chip: both synapse arrays, and under each its neurons. */
final class PlanPictures {

    private static final String[] HALVES = {"Top half", "Bottom half"};
    private static final double FULL = 0.85;
    private static final double PALE = 0.35;
    /** Where the neurons are drawn, in row pairs below the array. */
    private static final int NEURONS_TOP = -2;

    private static final int NEURONS_BOTTOM = -12;

    private final ChipPlan plan;

    PlanPictures(ChipPlan plan) {
        this.plan = plan;
    }

    List<Plot> halves() {
        return List.of(half(0), half(1));
    }

    private Plot half(int half) {
        int first = half * NeuronColumn.COUNT;
        Mark.Grid synapses =
                new Mark.Grid(NeuronColumn.COUNT, ChipPlan.ROW_PAIRS, 0, NeuronColumn.COUNT, 0, ChipPlan.ROW_PAIRS);
        Mark.Grid neurons = new Mark.Grid(NeuronColumn.COUNT, 1, 0, NeuronColumn.COUNT, NEURONS_BOTTOM, NEURONS_TOP);
        List<Mark> marks = new ArrayList<>();
        List<String> used = new ArrayList<>();
        for (int l = 0; l < plan.layers().size(); l++) {
            boolean[][] cells = new boolean[2][NeuronColumn.COUNT * ChipPlan.ROW_PAIRS];
            boolean[][] circuits = new boolean[2][NeuronColumn.COUNT];
            int count = 0;
            for (int column = 0; column < NeuronColumn.COUNT; column++) {
                int circuit = first + column;
                if (plan.layerOf(circuit) == l) {
                    circuits[plan.isActive(circuit) ? 1 : 0][column] = true;
                    count++;
                }
                for (int pair = 0; pair < ChipPlan.ROW_PAIRS; pair++) {
                    if (plan.layerOf(circuit, pair) == l) {
                        cells[plan.isExternal(circuit, pair) ? 0 : 1][pair * NeuronColumn.COUNT + column] = true;
                    }
                }
            }
            String name = plan.layers().get(l);
            marks.add(new Mark.Cells(name, l, FULL, synapses, cells[1]));
            marks.add(new Mark.Cells(name + ", from the host", l, PALE, synapses, cells[0]));
            marks.add(new Mark.Cells("", l, FULL, neurons, circuits[1]));
            marks.add(new Mark.Cells("", l, PALE, neurons, circuits[0]));
            used.add(count + " circuits of " + name);
        }
        return new Plot(
                HALVES[half],
                HALVES[half]
                        + ": synapses by column and row pair, below them the neurons (pale: circuits that only lend "
                        + "their synapses); " + String.join(", ", used),
                Axis.whole("column", 0, NeuronColumn.COUNT),
                Axis.whole("row pair; below: neurons", NEURONS_BOTTOM, ChipPlan.ROW_PAIRS),
                marks);
    }

    /** Layer, neurons, circuits, row pairs, and how many of them hear the host. */
    List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        for (int l = 0; l < plan.layers().size(); l++) {
            int neurons = 0;
            int circuits = 0;
            boolean[][] pairs = new boolean[2][2 * ChipPlan.ROW_PAIRS];
            for (int circuit = 0; circuit < AtomicNeuron.COUNT; circuit++) {
                if (plan.layerOf(circuit) == l) {
                    circuits++;
                    neurons += plan.isActive(circuit) ? 1 : 0;
                }
                for (int pair = 0; pair < ChipPlan.ROW_PAIRS; pair++) {
                    if (plan.layerOf(circuit, pair) == l) {
                        int row = circuit / NeuronColumn.COUNT * ChipPlan.ROW_PAIRS + pair;
                        pairs[0][row] = true;
                        pairs[1][row] |= plan.isExternal(circuit, pair);
                    }
                }
            }
            rows.add(List.of(
                    plan.layers().get(l),
                    String.valueOf(neurons),
                    String.valueOf(circuits),
                    String.valueOf(count(pairs[0])),
                    String.valueOf(count(pairs[1]))));
        }
        return rows;
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
