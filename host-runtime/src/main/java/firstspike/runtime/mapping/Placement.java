package firstspike.runtime.mapping;

import firstspike.driver.link.ErrorDetail;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.ExperimentException.Code;
import firstspike.runtime.network.ChipSettings.SourceOrder;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Places neurons, weight rows and external events by the published scheme: layers one after the other, each input row at
 * the row pair that hears its source.
 *
 * @param layers from input to output
 * @param externals in the order of their numbers
 */
record Placement(List<LayerPlacement> layers, List<ExternalRow> externals) {

    Placement {
        layers = List.copyOf(layers);
        externals = List.copyOf(externals);
    }

    /** Number of placed neurons. */
    int neurons() {
        return layers.stream().mapToInt(LayerPlacement::size).sum();
    }

    static Placement of(Network network, SourceOrder order) {
        return new Composer(network, order).compose();
    }

    private static final class Composer {

        private final Network network;
        private final SourceOrder order;
        private final List<LayerPlacement> layers = new ArrayList<>();
        private final List<ExternalRow> externals = new ArrayList<>();
        private final boolean[] usedRow = new boolean[PublishedScheme.SOURCES];
        private int nextNeuron;

        Composer(Network network, SourceOrder order) {
            this.network = network;
            this.order = order;
        }

        Placement compose() {
            for (int l = 0; l < network.layers().size(); l++) {
                place(l);
            }
            return new Placement(layers, externals);
        }

        private void place(int l) {
            Layer layer = network.layers().get(l);
            int neurons = nextNeuron + layer.size();
            if (neurons > PublishedScheme.NEURONS) {
                throw doesNotFit(
                        "neurons of two circuits", neurons, PublishedScheme.NEURONS, layer, "make the layers smaller");
            }
            int rows = network.rows(l);
            if (rows > PublishedScheme.SOURCES) {
                throw doesNotFit("fan-in", rows, PublishedScheme.SOURCES, layer, "use fewer inputs, copies or biases");
            }
            int[] rowPair = new int[rows];
            int[] half = new int[rows];
            int[] label = new int[rows];
            boolean[] taken = new boolean[PublishedScheme.SOURCES];
            int inputRows = network.inputRows(l);
            for (int row = 0; row < rows; row++) {
                boolean external = l == 0 || row >= inputRows;
                int source =
                        external ? external(l, row, taken) : layers.get(l - 1).firstNeuron() + row;
                taken[source] = true;
                rowPair[row] = PublishedScheme.rowPair(source);
                half[row] = PublishedScheme.half(source);
                label[row] = PublishedScheme.synapseLabel(source, external);
            }
            layers.add(new LayerPlacement(layer.name(), nextNeuron, layer.size(), rowPair, half, label));
            nextNeuron = neurons;
        }

        /** The next external source whose row pair is free in the columns of this layer. */
        private int external(int l, int row, boolean[] taken) {
            Layer layer = network.layers().get(l);
            int bias = row - network.inputRows(l);
            int index = 0;
            while (index < PublishedScheme.SOURCES
                    && (usedRow[index] || taken[PublishedScheme.sourceOfRow(index, order)])) {
                index++;
            }
            if (index == PublishedScheme.SOURCES) {
                throw doesNotFit(
                        "labels of external events", externals.size() + 1, externals.size(), layer, "use fewer biases");
            }
            usedRow[index] = true;
            int source = PublishedScheme.sourceOfRow(index, order);
            externals.add(new ExternalRow(
                    index,
                    l,
                    row,
                    bias < 0 ? row % network.inputs() : -1,
                    bias < 0
                            ? Double.NaN
                            : layer.biasTimes().get(bias % layer.biasTimes().size()),
                    PublishedScheme.externalLabel(source)));
            return source;
        }

        private static ExperimentException doesNotFit(
                String resource, int needed, int available, Layer layer, String remedy) {
            return new ExperimentException(
                    Code.DOES_NOT_FIT,
                    ErrorDetail.of(
                                    resource + " for layer " + layer.name(),
                                    needed + " needed",
                                    available + " available",
                                    remedy)
                            .with("resource", resource)
                            .with("needed", needed)
                            .with("available", available)
                            .with("layer", layer.name()),
                    null);
        }
    }
}
