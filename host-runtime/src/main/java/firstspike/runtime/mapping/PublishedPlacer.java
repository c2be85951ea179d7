package firstspike.runtime.mapping;

import firstspike.runtime.mapping.CircuitGrades.Grade;
import firstspike.runtime.network.ChipSettings.SourceOrder;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Places a network by the published scheme (inloop.md 13.1, 13.2): pairs of circuits from left to right, layers one after
 * the other, each input row at the row pair that hears its source. In a pair whose even circuit is the worse one the two
 * swap roles. Used once.
 */
final class PublishedPlacer {

    private final Network network;
    private final SourceOrder order;
    private final CircuitGrades grades;
    private final List<LayerPlacement> layers = new ArrayList<>();
    private final List<ExternalRow> externals = new ArrayList<>();
    private final boolean[] usedRow = new boolean[PublishedScheme.SOURCES];
    private int[] pairs;
    private int nextNeuron;

    private PublishedPlacer(Network network, SourceOrder order, CircuitGrades grades) {
        this.network = network;
        this.order = order;
        this.grades = grades;
    }

    static Placement place(Network network, SourceOrder order, CircuitGrades grades) {
        return new PublishedPlacer(network, order, grades).compose();
    }

    private Placement compose() {
        pairs = pairs(network.layers().stream().mapToInt(Layer::size).sum());
        for (int l = 0; l < network.layers().size(); l++) {
            place(l);
        }
        int[] first = new int[nextNeuron];
        int[] active = new int[nextNeuron];
        int[] address = new int[nextNeuron];
        for (int n = 0; n < nextNeuron; n++) {
            first[n] = PublishedScheme.CIRCUITS * pairs[n];
            active[n] = active(pairs[n]);
            address[n] = PublishedScheme.address(pairs[n]);
        }
        return new Placement(
                "published",
                layers,
                externals,
                first,
                active,
                address,
                new Placement.Limits(PublishedScheme.SOURCES, PublishedScheme.SOURCES));
    }

    /** Pairs for so many neurons, ascending: good ones, and as many avoided ones as are needed beyond them. */
    private int[] pairs(int neurons) {
        int[] chosen = new int[PublishedScheme.NEURONS];
        int count = 0;
        for (Grade grade : new Grade[] {Grade.GOOD, Grade.AVOIDED}) {
            for (int pair = 0; pair < PublishedScheme.NEURONS && (grade == Grade.GOOD || count < neurons); pair++) {
                if (grades.of(active(pair)) == grade) {
                    chosen[count++] = pair;
                }
            }
        }
        chosen = Arrays.copyOf(chosen, Math.min(count, Math.max(neurons, 0)));
        Arrays.sort(chosen);
        return chosen;
    }

    /** The better circuit of a pair, the even one where both are alike. */
    private int active(int pair) {
        int even = PublishedScheme.CIRCUITS * pair;
        return grades.of(even + 1).compareTo(grades.of(even)) < 0 ? even + 1 : even;
    }

    private void place(int l) {
        Layer layer = network.layers().get(l);
        int neurons = nextNeuron + layer.size();
        if (neurons > pairs.length) {
            throw Placement.doesNotFit("neurons", neurons, pairs.length, layer.name(), "make the layers smaller");
        }
        int rows = network.rows(l);
        if (rows > PublishedScheme.SOURCES) {
            throw Placement.fanInExceeds(
                    rows, PublishedScheme.SOURCES, layer.name(), "use fewer inputs, copies or biases");
        }
        int[] firstPlace = new int[rows + 1];
        Arrays.setAll(firstPlace, row -> row);
        int[] rowPair = new int[rows];
        int[] half = new int[rows];
        int[] label = new int[rows];
        boolean[] taken = new boolean[PublishedScheme.SOURCES];
        int inputRows = network.inputRows(l);
        for (int row = 0; row < rows; row++) {
            boolean external = l == 0 || row >= inputRows;
            int source =
                    external ? external(l, row, taken) : pairs[layers.get(l - 1).firstNeuron() + row];
            taken[source] = true;
            rowPair[row] = PublishedScheme.rowPair(source);
            half[row] = PublishedScheme.half(source);
            label[row] = PublishedScheme.synapseLabel(source, external);
        }
        layers.add(new LayerPlacement(
                layer.name(), nextNeuron, layer.size(), PublishedScheme.CIRCUITS, firstPlace, rowPair, half, label));
        nextNeuron = neurons;
    }

    /** The next external source whose row pair is free in the columns of this layer. */
    private int external(int l, int row, boolean[] taken) {
        Layer layer = network.layers().get(l);
        int index = 0;
        while (index < PublishedScheme.SOURCES
                && (usedRow[index] || taken[PublishedScheme.sourceOfRow(index, order)])) {
            index++;
        }
        if (index == PublishedScheme.SOURCES) {
            throw Placement.doesNotFit(
                    "labels of external events",
                    externals.size() + 1,
                    externals.size(),
                    layer.name(),
                    "use fewer biases");
        }
        usedRow[index] = true;
        int source = PublishedScheme.sourceOfRow(index, order);
        externals.add(ExternalRow.of(network, index, l, row, PublishedScheme.externalLabel(source)));
        return source;
    }
}
