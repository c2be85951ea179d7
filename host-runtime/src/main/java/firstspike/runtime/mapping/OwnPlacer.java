package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Places networks of neuron sizes 1 to 4 with any number of row copies, without search (inloop.md 13.6). All drivers compare
 * the two low bits of the row select, so a source is heard by the eight drivers of a <em>class</em>, bus and select; its
 * synapse label, 1 to 63, tells it from the other sources of that class. Label 0 rests on unused synapses. Used once.
 */
final class OwnPlacer {

    static final String SCHEME = "own";

    static final int CLASSES = 16;
    static final int LABELS = 63;
    /** Drivers of a class: places that it has in one circuit. */
    static final int DRIVERS = 8;

    private static final int SELECTS = 4;
    private static final int LARGEST_SIZE = 4;
    private static final int COLUMNS_OF_OUTPUT = 32;
    private static final int NONE = -1;
    private static final String NEURONS = "neurons";
    private static final String LABELS_OF = "labels of class ";

    private final Network network;
    private final RowCopies demand;
    private final IntToDoubleFunction scaleOfSize;
    private final boolean[] usable;
    private final List<LayerPlacement> layers = new ArrayList<>();
    private final List<ExternalRow> externals = new ArrayList<>();
    private final int[] first = new int[AtomicNeuron.COUNT];
    private State state = new State();

    /** What is undone when a neuron size turns out to be too small. */
    private static final class State {

        /** Labels given, a bit each. */
        private long[] labels = new long[CLASSES];
        /** Class and label of a neuron as a source: 64 class + label. */
        private int[] sourceOf = new int[AtomicNeuron.COUNT];

        private int neurons;
        private int nextCircuit;

        State() {
            Arrays.fill(sourceOf, NONE);
        }

        State copy() {
            State copy = new State();
            copy.labels = labels.clone();
            copy.sourceOf = sourceOf.clone();
            copy.neurons = neurons;
            copy.nextCircuit = nextCircuit;
            return copy;
        }
    }

    /** A source that asks for places in a layer. */
    private record Source(int row, boolean external, int index, int copies) {}

    private OwnPlacer(Network network, RowCopies demand, IntToDoubleFunction scaleOfSize, boolean[] usable) {
        this.network = network;
        this.demand = demand;
        this.scaleOfSize = scaleOfSize;
        this.usable = usable;
    }

    /**
     * @param network to place
     * @param demand copies of the rows and circuits of the neurons
     * @param scaleOfSize LSB that a unit weight has in a neuron of so many circuits
     * @param usable which circuits may be used
     * @return the placement
     * @throws ExperimentException {@code DOES_NOT_FIT}
     */
    static Placement place(Network network, RowCopies demand, IntToDoubleFunction scaleOfSize, boolean[] usable) {
        return new OwnPlacer(network, demand, scaleOfSize, usable).compose();
    }

    private Placement compose() {
        for (int l = 0; l < network.layers().size(); l++) {
            place(l);
        }
        int neurons = state.neurons;
        int[] address = new int[neurons];
        for (int n = 0; n < neurons; n++) {
            int source = state.sourceOf[n] == NONE ? nameOutput(n) : state.sourceOf[n];
            address[n] = source / (LABELS + 1) % SELECTS * (LABELS + 1) + source % (LABELS + 1);
        }
        int[] circuits = Arrays.copyOf(first, neurons);
        return new Placement(
                SCHEME,
                layers,
                externals,
                circuits,
                circuits,
                address,
                new Placement.Limits(CLASSES * LABELS, AtomicNeuron.COUNT));
    }

    /**
     * The smallest size whose circuits have room for the rows. The refusal is that of the largest size tried, unless the
     * fan-in is beyond all sizes: then fewer neurons would not help either.
     */
    private void place(int l) {
        OptionalInt fixedSize = demand.circuits(l);
        int largest = fixedSize.orElse(LARGEST_SIZE);
        State before = state;
        int externalsBefore = externals.size();
        ExperimentException noLabels = null;
        for (int size = fixedSize.orElse(1); ; size++) {
            state = before.copy();
            externals.subList(externalsBefore, externals.size()).clear();
            try {
                placeNeurons(l, size);
                placeRows(l, size);
                return;
            } catch (ExperimentException noRoom) {
                String resource = noRoom.detail().fields().get("resource");
                if (resource.equals(NEURONS) && noLabels != null) {
                    // larger neurons were only tried because labels ran out
                    throw noLabels;
                }
                if (resource.equals(NEURONS) || size == largest) {
                    throw fanInExceeds(l) ? fanIn(l) : noRoom;
                }
                noLabels = resource.startsWith(LABELS_OF) ? noRoom : null;
            }
        }
    }

    /** Whether the layer asks for more row pairs than neurons of any size have. */
    private boolean fanInExceeds(int l) {
        return demand.circuits(l).isEmpty() && largestFanIn(l) > CLASSES * DRIVERS * LARGEST_SIZE;
    }

    /** Row pairs of a neuron of the largest size. */
    private int largestFanIn(int l) {
        return Arrays.stream(demand.of(l, scaleOfSize.applyAsDouble(LARGEST_SIZE)))
                .sum();
    }

    private ExperimentException fanIn(int l) {
        return Placement.fanInExceeds(
                largestFanIn(l),
                CLASSES * DRIVERS * LARGEST_SIZE,
                layer(l).name(),
                "use fewer inputs, smaller weights or fewer row copies");
    }

    private Layer layer(int l) {
        return network.layers().get(l);
    }

    /** Aligned groups from left to right; one with a circuit that is not to be used is stepped over. */
    private void placeNeurons(int l, int size) {
        int stride = size == 3 ? 4 : size;
        for (int i = 0; i < layer(l).size(); i++) {
            int circuit = (state.nextCircuit + stride - 1) / stride * stride;
            while (circuit < AtomicNeuron.COUNT && !usable(circuit, stride)) {
                circuit += stride;
            }
            if (circuit >= AtomicNeuron.COUNT) {
                throw Placement.doesNotFit(
                        NEURONS,
                        state.neurons - i + layer(l).size(),
                        state.neurons,
                        layer(l).name(),
                        "make the layers smaller, or the neurons of fewer circuits");
            }
            first[state.neurons++] = circuit;
            state.nextCircuit = circuit + stride;
        }
    }

    private boolean usable(int circuit, int stride) {
        for (int c = circuit; c < circuit + stride; c++) {
            if (!usable[c]) {
                return false;
            }
        }
        return true;
    }

    private void placeRows(int l, int size) {
        int rows = network.rows(l);
        int[] copies = demand.of(l, scaleOfSize.applyAsDouble(size));
        List<Source> sources = new ArrayList<>(rows);
        for (int row = 0, external = externals.size(); row < rows; row++) {
            boolean isExternal = l == 0 || row >= network.inputRows(l);
            int index = isExternal ? external++ : layers.get(l - 1).firstNeuron() + row;
            sources.add(new Source(row, isExternal, index, copies[row]));
        }
        sources.sort(Comparator.comparingInt((Source s) -> -s.copies())
                .thenComparing(Source::external)
                .thenComparingInt(Source::index));

        int[] firstPlace = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            firstPlace[row + 1] = firstPlace[row] + copies[row];
        }
        int[] rowPair = new int[firstPlace[rows]];
        int[] circuit = new int[firstPlace[rows]];
        int[] label = new int[rows];
        int[] taken = new int[CLASSES];
        ExternalRow[] sent = new ExternalRow[rows];
        for (Source source : sources) {
            int given = give(l, size, source, taken);
            int group = given / (LABELS + 1);
            label[source.row()] = given % (LABELS + 1);
            for (int place = firstPlace[source.row()]; place < firstPlace[source.row() + 1]; place++) {
                int p = taken[group]++;
                rowPair[place] = rowPair(group, p % DRIVERS);
                circuit[place] = p / DRIVERS;
            }
            if (source.external()) {
                sent[source.row()] = ExternalRow.of(network, source.index(), l, source.row(), externalLabel(given));
            }
        }
        for (ExternalRow row : sent) {
            if (row != null) {
                externals.add(row);
            }
        }
        layers.add(new LayerPlacement(
                layer(l).name(),
                state.neurons - layer(l).size(),
                layer(l).size(),
                size,
                firstPlace,
                rowPair,
                circuit,
                label));
    }

    /** Row pair of a driver of a class. */
    private static int rowPair(int group, int driver) {
        int bus = group / SELECTS;
        int select = group % SELECTS;
        return 4 * (select + SELECTS * driver) + bus;
    }

    /** SPL1 address is the bus; select and label are the low byte. */
    private static int externalLabel(int source) {
        int group = source / (LABELS + 1);
        return group / SELECTS << 14 | group % SELECTS << 6 | source % (LABELS + 1);
    }

    /** Class of the driver of a row pair. */
    static int classOf(int rowPair) {
        return SELECTS * (rowPair % 4) + rowPair / 4 % SELECTS;
    }

    private int busOf(int neuron) {
        return first[neuron] % NeuronColumn.COUNT / COLUMNS_OF_OUTPUT % SELECTS;
    }

    /** Class and label of a source, as 64 class + label. */
    private int give(int l, int size, Source source, int[] taken) {
        int room = DRIVERS * size - source.copies();
        if (!source.external() && state.sourceOf[source.index()] != NONE) {
            int known = state.sourceOf[source.index()];
            if (taken[known / (LABELS + 1)] > room) {
                throw rowPairs(l, size, known / (LABELS + 1) / SELECTS, source, taken);
            }
            return known;
        }
        int preferred = source.external() ? (source.index() + source.index() / 4) % SELECTS : busOf(source.index());
        for (int step = 0; step < (source.external() ? SELECTS : 1); step++) {
            int group = freest((preferred + step) % SELECTS, taken, room);
            if (group != NONE) {
                int given = take(group);
                if (!source.external()) {
                    state.sourceOf[source.index()] = given;
                }
                return given;
            }
        }
        int full = groups(preferred)
                .filter(group -> taken[group] <= room)
                .findFirst()
                .orElse(NONE);
        throw full == NONE ? rowPairs(l, size, preferred, source, taken) : labels(l, full);
    }

    private static IntStream groups(int bus) {
        return IntStream.range(SELECTS * bus, SELECTS * bus + SELECTS);
    }

    /** The class of a bus with the fewest places taken that has room and a label, the lowest on a tie. */
    private int freest(int bus, int[] taken, int room) {
        int best = NONE;
        for (int group = SELECTS * bus; group < SELECTS * bus + SELECTS; group++) {
            boolean open = taken[group] <= room && Long.bitCount(state.labels[group]) < LABELS;
            if (open && (best == NONE || taken[group] < taken[best])) {
                best = group;
            }
        }
        return best;
    }

    private int take(int group) {
        int label = Long.numberOfTrailingZeros(~(state.labels[group] | 1));
        state.labels[group] |= 1L << label;
        return (LABELS + 1) * group + label;
    }

    /**
     * A neuron that no layer hears gets a label of its own all the same: the host must know its spikes, and no synapse may
     * mistake them. The select with the fewest labels, the lowest on a tie.
     */
    private int nameOutput(int neuron) {
        int bus = busOf(neuron);
        int group = groups(bus)
                .boxed()
                .min(Comparator.comparingInt(g -> Long.bitCount(state.labels[g])))
                .orElseThrow();
        if (Long.bitCount(state.labels[group]) == LABELS) {
            throw labels(layers.size() - 1, group);
        }
        return take(group);
    }

    /**
     * Row pairs of a whole bus where they run out; where they would do, but no class has so many left for the copies of
     * one source, the copies and what the freest class has.
     */
    private ExperimentException rowPairs(int l, int size, int bus, Source source, int[] taken) {
        String bound = source.external() ? "" : " (neuron " + source.index() + " is bound to it)";
        int needed = groups(bus).map(group -> taken[group]).sum() + source.copies();
        int available = SELECTS * DRIVERS * size;
        String resource = "row pairs of bus " + bus + bound;
        if (needed <= available) {
            int known = source.external() ? NONE : state.sourceOf[source.index()];
            needed = source.copies();
            available = DRIVERS * size
                    - (known == NONE
                            ? groups(bus).map(group -> taken[group]).min().orElseThrow()
                            : taken[known / (LABELS + 1)]);
            resource = "row pairs of bus " + bus + " on one select" + bound;
        }
        return Placement.doesNotFit(
                resource, needed, available, layer(l).name(), "use larger neurons, fewer inputs or fewer row copies");
    }

    private ExperimentException labels(int l, int group) {
        return Placement.doesNotFit(
                LABELS_OF + "(" + group / SELECTS + ", " + group % SELECTS + ")",
                LABELS + 1,
                LABELS,
                layer(l).name(),
                "use fewer inputs or smaller layers");
    }
}
