package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.SpikeLabel;
import firstspike.runtime.network.AfterSpike;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.LayerRows;
import firstspike.runtime.network.Network;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.SpikePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** A network on a chip: registers, labels in both directions, scale of the weights, times, and the report. Immutable. */
public final class ChipMapping {

    /** What {@link #neuronOf} answers for a label that no neuron owns. */
    public static final int UNKNOWN = -1;

    private final Network network;
    private final ChipSettings settings;
    private final Placement placement;
    private final List<LayerLaw> laws;
    private final OptionalLong timeOffsetTicks;
    private final BatchTiming timing;
    private final List<ChipConfiguration> configurations;
    private final MappingReport report;
    private final short[] neuronOfLabel = new short[SpikeLabel.COUNT];

    ChipMapping(
            Network network,
            ChipSettings settings,
            Placement placement,
            List<LayerLaw> laws,
            CodePlan codes,
            BatchTiming timing,
            MappingReport report) {
        this.network = network;
        this.settings = settings;
        this.placement = placement;
        this.laws = List.copyOf(laws);
        timeOffsetTicks = codes.timeOffsetTicks();
        this.timing = timing;
        this.report = report;
        configurations = codes.configurations(placement, laws);
        Arrays.fill(neuronOfLabel, (short) UNKNOWN);
        for (int n = 0; n < placement.neurons(); n++) {
            neuronOfLabel[labelOf(n)] = (short) n;
        }
    }

    /** The network. */
    public Network network() {
        return network;
    }

    /** The settings it was mapped with. */
    public ChipSettings settings() {
        return settings;
    }

    /** All registers of the first chip; weights are 0. */
    public ChipConfiguration configuration() {
        return configurations.get(0);
    }

    /**
     * @param chip index of a chip of the target
     * @return all of its registers; weights are 0
     */
    public ChipConfiguration configuration(int chip) {
        return configurations.get(configurations.size() == 1 ? 0 : chip);
    }

    /** Measured delay of the first layer, ticks; empty: what the target says of itself. */
    public OptionalLong timeOffsetTicks() {
        return timeOffsetTicks;
    }

    /** What neurons do after a spike by the clocks of the chip, in units of tau. */
    public AfterSpike afterSpike() {
        return ShortRefractory.counted(network().neuron(), settings().tauUs());
    }

    /**
     * @param layer index from 0
     * @return what its neurons are on the chip
     */
    public LayerLaw law(int layer) {
        return laws.get(layer);
    }

    /** How samples lie in time. */
    public BatchTiming timing() {
        return timing;
    }

    /** What the network takes of the chip. */
    public MappingReport report() {
        return report;
    }

    /** What lies where. */
    public ChipPlan plan() {
        return new ChipPlan(placement);
    }

    /**
     * @param layer index from 0
     * @return LSB a unit weight has in this layer
     */
    public double scale(int layer) {
        return laws.get(layer).scale();
    }

    /**
     * @param layer index from 0
     * @param row of its weights
     * @return largest integer weight that the row can have: 63 for each of its copies
     */
    public int largestInteger(int layer, int row) {
        return WeightWords.LARGEST * placement.layers().get(layer).copies(row);
    }

    /**
     * @param layer index from 0
     * @return largest magnitude of a weight that some row of the layer can have
     */
    public double weightLimit(int layer) {
        return placement.layers().get(layer).largestCopies() * WeightWords.LARGEST / scale(layer);
    }

    /**
     * @param layer index from 0
     * @return largest magnitude of a weight in each of its rows
     */
    public double[] rowLimits(int layer) {
        return IntStream.range(0, placement.layers().get(layer).rows())
                .mapToDouble(row -> largestInteger(layer, row) / scale(layer))
                .toArray();
    }

    /** How the weight rows lie, a layer; {@link RowCopies#kept} gives the same mapping again. */
    public List<LayerRows> rows() {
        return placement.layers().stream()
                .map(layer -> new LayerRows(
                        layer.circuits(),
                        IntStream.range(0, layer.rows()).map(layer::copies).toArray()))
                .toList();
    }

    /**
     * @param layer index from 0
     * @return logical number of its first neuron
     */
    public int firstNeuron(int layer) {
        return placement.layers().get(layer).firstNeuron();
    }

    /** Number of placed neurons. */
    public int neurons() {
        return placement.neurons();
    }

    /**
     * @param label of a spike from the chip, 16 bit
     * @return logical number of the neuron that sent it, or {@link #UNKNOWN}
     */
    public int neuronOf(int label) {
        return neuronOfLabel[label];
    }

    /**
     * @param neuron logical number
     * @return label of its spikes
     */
    public int labelOf(int neuron) {
        return placement.label(neuron);
    }

    /** Whose every label is: of the host's events in the order of their rows, then of the neurons. */
    public List<LabelOwner> labelOwners() {
        List<LabelOwner> owners = new ArrayList<>();
        for (ExternalRow row : placement.externals()) {
            owners.add(
                    row.isBias()
                            ? new LabelOwner(
                                    true,
                                    row.label(),
                                    network.layers().get(row.layer()).name() + LabelOwner.BIAS,
                                    row.weightRow() - network.inputRows(row.layer()))
                            : new LabelOwner(true, row.label(), LabelOwner.INPUT, row.input()));
        }
        for (int l = 0; l < placement.layers().size(); l++) {
            LayerPlacement layer = placement.layers().get(l);
            for (int n = 0; n < layer.size(); n++) {
                owners.add(new LabelOwner(false, labelOf(layer.firstNeuron() + n), layer.name(), n));
            }
        }
        return owners;
    }

    /** Labels of all events that the host may send, in the order of their rows. */
    public int[] externalLabels() {
        return placement.externals().stream().mapToInt(ExternalRow::label).toArray();
    }

    /** Ways of all events to the circuits that shall hear them. */
    public List<SpikePath> paths() {
        List<SpikePath> paths = new ArrayList<>();
        for (ExternalRow row : placement.externals()) {
            LayerPlacement layer = placement.layers().get(row.layer());
            SpikeLabel label = SpikeLabel.of(row.label());
            paths.add(new SpikePath(
                    label.crossbarInput(), label.neuronLabel(), placement.hearers(layer, row.weightRow())));
        }
        for (int l = 1; l < placement.layers().size(); l++) {
            LayerPlacement sources = placement.layers().get(l - 1);
            for (int row = 0; row < sources.size(); row++) {
                int neuron = sources.firstNeuron() + row;
                paths.add(new SpikePath(
                        placement.active(neuron).eventOutput().crossbarInput(),
                        SpikeLabel.of(labelOf(neuron)).neuronLabel(),
                        placement.hearers(placement.layers().get(l), row)));
            }
        }
        return paths;
    }

    /** Circuits whose spikes the host shall receive, in the order of the logical neurons. */
    public int[] outputCircuits() {
        return placement.activeCircuit().clone();
    }

    /** For each of the 512 circuits the logical number of the neuron that it is part of, or {@link #UNKNOWN}. */
    public int[] neuronOfCircuit() {
        int[] owner = new int[AtomicNeuron.COUNT];
        Arrays.fill(owner, UNKNOWN);
        for (LayerPlacement layer : placement.layers()) {
            for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
                int first = placement.firstCircuit()[n];
                Arrays.fill(owner, first, first + layer.circuits(), n);
            }
        }
        return owner;
    }

    /** A new encoder of input spikes; one owner thread each. */
    public StimulusEncoder encoder() {
        return new StimulusEncoder(placement.externals(), network.inputs(), timing);
    }

    /** A new set of weight words, all weights 0; one owner thread each. */
    public WeightWords weightWords() {
        return new WeightWords(placement);
    }
}
