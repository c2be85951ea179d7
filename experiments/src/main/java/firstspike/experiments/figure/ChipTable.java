package firstspike.experiments.figure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.mapping.ChipPlan;

/** The file of numbers beside the picture of a chip with a network on it. */
final class ChipTable {

    private ChipTable() {}

    /** What is coloured: a line a used circuit, then a line for each stretch of its row pairs that is of one colour. */
    static String csv(ChipPlan plan) {
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
        return csv.toString();
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
}
