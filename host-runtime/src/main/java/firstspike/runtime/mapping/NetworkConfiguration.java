package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.CrossbarInput;
import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.coordinate.CrossbarOutput;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.NeuronEventOutput;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.register.ColumnCurrentQuad;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.CrossbarNodeConfig;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.SynapseDriverConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.driver.register.SynapseLabelQuad;
import firstspike.runtime.session.ChipConfiguration;

/** Turns a placement and its codes into the registers of a chip; all weights are 0 (inloop.md 13.1, 13.2, 13.5). */
final class NetworkConfiguration {

    /** Bits of the row select that drivers compare, in both schemes: the two low ones. */
    private static final int COMPARE_MASK = 0b00011;

    private final Placement placement;
    private final CellSource codes;
    private final ChipConfiguration.Builder chip = ChipConfiguration.defaults().change();

    private NetworkConfiguration(Placement placement, CellSource codes) {
        this.placement = placement;
        this.codes = codes;
    }

    /** @param codes of the circuits */
    static ChipConfiguration of(Placement placement, CellSource codes) {
        NetworkConfiguration configuration = new NetworkConfiguration(placement, codes);
        configuration.crossbar();
        configuration.drivers();
        configuration.labels();
        codes.common(configuration.chip);
        configuration.neurons();
        return configuration.chip.build();
    }

    private void crossbar() {
        boolean[] feedsBack = new boolean[NeuronEventOutput.COUNT];
        for (int l = 0; l + 1 < placement.layers().size(); l++) {
            LayerPlacement layer = placement.layers().get(l);
            for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
                feedsBack[placement.active(n).eventOutput().index()] = true;
            }
        }
        for (int n = 0; n < CrossbarNode.COUNT; n++) {
            CrossbarNode node = CrossbarNode.of(n);
            int input = node.input().index();
            int output = node.output().index();
            boolean toHost = output >= CrossbarOutput.FIRST_L2;
            boolean open = input < CrossbarInput.FIRST_SPL1
                    ? toHost || feedsBack[input]
                    : input < CrossbarInput.FIRST_BACKGROUND && !toHost && output % 4 == input % 4;
            chip.set(open ? CrossbarNodeConfig.open(node) : CrossbarNodeConfig.closed(node));
        }
    }

    private void drivers() {
        placement.drivers().stream()
                .forEach(driver -> chip.set(SynapseDriverConfig.defaults(SynapseDriver.of(driver))
                        .withReceiver(true)
                        .withRowAddressCompareMask(COMPARE_MASK)
                        .withRowModes(RowMode.INHIBITORY, RowMode.EXCITATORY)));
        for (Hemisphere half : Hemisphere.values()) {
            chip.set(CommonPadiBusConfig.defaults(half).withAllSpl1(true));
        }
    }

    private void labels() {
        int[][] quads = new int[SynapseQuad.COUNT][];
        for (LayerPlacement layer : placement.layers()) {
            for (int row = 0; row < layer.rows(); row++) {
                for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
                    for (int place = layer.firstPlace()[row]; place < layer.firstPlace()[row + 1]; place++) {
                        label(quads, n, layer.rowPair()[place], layer.circuit()[place], layer.label()[row]);
                    }
                }
            }
        }
        for (int quad = 0; quad < quads.length; quad++) {
            int[] labels = quads[quad];
            if (labels != null) {
                chip.set(new SynapseLabelQuad(SynapseQuad.of(quad), labels[0], labels[1], labels[2], labels[3]));
            }
        }
    }

    /** Both rows of a pair answer to the label: one excites, the other inhibits. */
    private void label(int[][] quads, int neuron, int rowPair, int circuit, int label) {
        int column = placement.column(neuron, circuit);
        for (int line = 0; line < 2; line++) {
            int quad = SynapseQuad.index(
                    placement.hemisphere(neuron), 2 * rowPair + line, SynapseQuadColumn.ofColumn(column));
            if (quads[quad] == null) {
                quads[quad] = new int[SynapseQuadColumn.ENTRIES];
            }
            quads[quad][SynapseQuadColumn.entryOfColumn(column)] = label;
        }
    }

    private void neurons() {
        boolean[] connected = new boolean[AtomicNeuron.COUNT];
        for (int l = 0; l < placement.layers().size(); l++) {
            LayerPlacement layer = placement.layers().get(l);
            for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
                neuron(n, layer.circuits(), l);
                for (int i = 0; i < layer.circuits(); i++) {
                    connected[placement.firstCircuit()[n] + i] = true;
                }
            }
        }
        for (int q = 0; q < ColumnQuad.COUNT; q++) {
            ColumnQuad quad = ColumnQuad.of(q);
            ColumnCurrentQuad switches = ColumnCurrentQuad.defaults(quad);
            for (int entry = 0; entry < SynapseQuadColumn.ENTRIES; entry++) {
                int column = SynapseQuadColumn.column(q % SynapseQuadColumn.COUNT, entry);
                boolean on = connected[NeuronColumn.COUNT * (q / SynapseQuadColumn.COUNT) + column];
                switches = switches.withSynapticCurrents(entry, on, on);
            }
            chip.set(switches);
        }
    }

    /** Every circuit but the last one is connected to its right neighbour. */
    private void neuron(int neuron, int circuits, int layer) {
        int first = placement.firstCircuit()[neuron];
        for (int i = 0; i < circuits; i++) {
            AtomicNeuron circuit = AtomicNeuron.of(first + i);
            boolean active = circuit.equals(placement.active(neuron));
            NeuronConfig joined = NeuronConfig.defaults(circuit)
                    .withSynapticInputExcitatory(true)
                    .withSynapticInputInhibitory(true)
                    .withConnectMembraneRight(i + 1 < circuits);
            codes.cells(chip, circuit, layer, active);
            if (active) {
                chip.set(codes.active(joined, layer)
                        .withThresholdComparator(true)
                        .withFire(true)
                        .withReadoutAmplifier(true));
                chip.set(codes.refractory(NeuronBackendConfig.defaults(circuit), layer)
                        .withAddressOut(placement.address()[neuron])
                        .withSpikeOut(true));
            } else {
                chip.set(codes.passive(joined, layer));
            }
        }
    }
}
