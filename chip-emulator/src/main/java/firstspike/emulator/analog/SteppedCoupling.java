package firstspike.emulator.analog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The conductances between the nodes of a group (analog.md 8): each joins a membrane to a somatic line, which is itself the
 * membrane of a node, or a point without capacitance between several. Immutable; shared freely.
 */
final class SteppedCoupling {
    /** Place of a line's own node when it has none. */
    private static final int NO_NODE = -1;

    /** By line: place of the node that it is part of. */
    private final int[] own;

    private final int[][] place;
    private final double[][] siemens;
    private final double[] sum;
    private final double[] inverseCapacitance;

    /**
     * The conductances of a group.
     *
     * @param node of the group, ascending
     */
    SteppedCoupling(int[] node, Nodes nodes, CircuitParameters circuits) {
        NodeTopology topology = nodes.topology;
        List<Integer> lines = new ArrayList<>();
        List<List<Integer>> members = new ArrayList<>();
        for (int n : node) {
            for (int i = 0; i < topology.count[n]; i++) {
                int c = topology.members[topology.first[n] + i];
                int line = topology.coupledLine[c];
                if (line >= 0) {
                    int at = lines.indexOf(line);
                    if (at < 0) {
                        at = lines.size();
                        lines.add(line);
                        members.add(new ArrayList<>());
                    }
                    members.get(at).add(c);
                }
            }
        }
        own = new int[lines.size()];
        place = new int[own.length][];
        siemens = new double[own.length][];
        sum = new double[own.length];
        for (int line = 0; line < own.length; line++) {
            int at = Arrays.binarySearch(node, lines.get(line));
            own[line] = at >= 0 ? at : NO_NODE;
            place[line] = members.get(line).stream()
                    .mapToInt(c -> Arrays.binarySearch(node, topology.nodeOf[c]))
                    .toArray();
            siemens[line] = members.get(line).stream()
                    .mapToDouble(c -> circuits.couplingSiemens[c])
                    .toArray();
            sum[line] = Arrays.stream(siemens[line]).sum();
        }
        inverseCapacitance = Arrays.stream(node)
                .mapToDouble(n -> nodes.inverseCapacitance[n])
                .toArray();
    }

    /** A bound of the rates at which the conductances move membranes, in 1/s. */
    double fastest() {
        double[] rate = new double[inverseCapacitance.length];
        for (int line = 0; line < own.length; line++) {
            for (int i = 0; i < place[line].length; i++) {
                rate[place[line][i]] += siemens[line][i] * inverseCapacitance[place[line][i]];
            }
            if (own[line] != NO_NODE) {
                rate[own[line]] += sum[line] * inverseCapacitance[own[line]];
            }
        }
        return 2 * Arrays.stream(rate).max().orElse(0);
    }

    /**
     * Adds what the conductances make of potentials.
     *
     * @param volt by place of the node
     * @param slope by place, V/s; receives the sum
     */
    void add(double[] volt, double[] slope) {
        for (int line = 0; line < own.length; line++) {
            if (sum[line] == 0) {
                continue;
            }
            int[] at = place[line];
            double[] g = siemens[line];
            double middle = own[line] == NO_NODE ? mean(at, g, volt) / sum[line] : volt[own[line]];
            for (int i = 0; i < at.length; i++) {
                double ampere = g[i] * (middle - volt[at[i]]);
                slope[at[i]] += ampere * inverseCapacitance[at[i]];
                if (own[line] != NO_NODE) {
                    slope[own[line]] -= ampere * inverseCapacitance[own[line]];
                }
            }
        }
    }

    private static double mean(int[] at, double[] g, double[] volt) {
        double total = 0;
        for (int i = 0; i < at.length; i++) {
            total += g[i] * volt[at[i]];
        }
        return total;
    }
}
