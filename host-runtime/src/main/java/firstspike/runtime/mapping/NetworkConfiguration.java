package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.ChipParameter;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.CrossbarInput;
import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.coordinate.CrossbarOutput;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronColumn;
import firstspike.driver.coordinate.NeuronEventOutput;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.coordinate.Side;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.register.CapMemCellValue;
import firstspike.driver.register.ColumnCurrentQuad;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.CommonPadiBusConfig;
import firstspike.driver.register.CrossbarNodeConfig;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.driver.register.SynapseDriverConfig;
import firstspike.driver.register.SynapseDriverConfig.RowMode;
import firstspike.driver.register.SynapseLabelQuad;
import firstspike.runtime.session.ChipConfiguration;
import java.util.List;

/** Turns a placement and its codes into the registers of a chip; all weights are 0 (inloop.md 13.1, 13.2, 13.5). */
final class NetworkConfiguration {

    /** Scale of the fast clock and its counter: 16 microseconds (analog.md 18). */
    private static final int REFRACTORY_SCALE = 4;

    private static final int REFRACTORY_CYCLES = 126;
    private static final int SLOW_SCALE = 9;
    /** Bits of the row select that drivers compare, in both schemes: the two low ones. */
    private static final int COMPARE_MASK = 0b00011;

    private static final int RESET_BIAS = 1012;
    private static final int SHIFT = 310;

    private final Placement placement;
    private final List<NominalCodes> codes;
    private final ChipConfiguration.Builder chip = ChipConfiguration.defaults().change();

    private NetworkConfiguration(Placement placement, List<NominalCodes> codes) {
        this.placement = placement;
        this.codes = codes;
    }

    /** @param codes of each layer */
    static ChipConfiguration of(Placement placement, List<NominalCodes> codes) {
        NetworkConfiguration configuration = new NetworkConfiguration(placement, codes);
        configuration.crossbar();
        configuration.drivers();
        configuration.labels();
        configuration.neurons();
        configuration.sharedCells();
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
                neuron(n, layer.circuits(), codes.get(l));
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
        for (Side side : Side.values()) {
            chip.set(CommonNeuronBackendConfig.defaults(side)
                    .withClockScaleFast(REFRACTORY_SCALE)
                    .withClockScaleSlow(SLOW_SCALE));
        }
    }

    /** Every circuit but the last one is connected to its right neighbour. */
    private void neuron(int neuron, int circuits, NominalCodes law) {
        int first = placement.firstCircuit()[neuron];
        for (int i = 0; i < circuits; i++) {
            AtomicNeuron circuit = AtomicNeuron.of(first + i);
            boolean connectRight = i + 1 < circuits;
            if (circuit.equals(placement.active(neuron))) {
                active(circuit, law, placement.address()[neuron], connectRight);
            } else {
                passive(circuit, law, connectRight);
            }
        }
    }

    private void active(AtomicNeuron circuit, NominalCodes law, int address, boolean connectRight) {
        chip.set(synapticInputs(circuit)
                .withMembraneCapacitorSize(NominalCodes.CAPACITANCE)
                .withLeakDivision(law.leakDivision())
                .withResetMultiplication(true)
                .withThresholdComparator(true)
                .withFire(true)
                .withReadoutAmplifier(true)
                .withConnectMembraneRight(connectRight));
        cells(circuit, law, law.leakBias());
        chip.set(NeuronBackendConfig.defaults(circuit)
                .withAddressOut(address)
                .withRefractoryTime(REFRACTORY_CYCLES)
                .withFastClock(true)
                .withSpikeOut(true));
    }

    private void passive(AtomicNeuron circuit, NominalCodes law, boolean connectRight) {
        chip.set(synapticInputs(circuit)
                .withLeakDivision(true)
                .withResetMultiplication(true)
                .withConnectMembraneRight(connectRight));
        cells(circuit, law, 0);
    }

    /** Both inputs on, with the long time constants that the nominal codes mean. */
    private static NeuronConfig synapticInputs(AtomicNeuron circuit) {
        NeuronConfig connected =
                NeuronConfig.defaults(circuit).withSynapticInputExcitatory(true).withSynapticInputInhibitory(true);
        return new NeuronConfig(
                circuit,
                connected
                        .values()
                        .with("enable_synaptic_input_excitatory_high_resistance", true)
                        .with("enable_synaptic_input_inhibitory_high_resistance", true));
    }

    private void cells(AtomicNeuron circuit, NominalCodes law, int leakBias) {
        cell(circuit, NeuronParameter.V_LEAK, law.leak());
        cell(circuit, NeuronParameter.V_RESET, law.reset());
        cell(circuit, NeuronParameter.V_THRESHOLD, law.threshold());
        cell(circuit, NeuronParameter.I_BIAS_LEAK, leakBias);
        cell(circuit, NeuronParameter.I_BIAS_RESET, RESET_BIAS);
        cell(circuit, NeuronParameter.I_BIAS_SYNIN_EXC_TAU, law.synapticTau());
        cell(circuit, NeuronParameter.I_BIAS_SYNIN_INH_TAU, law.synapticTau());
        cell(circuit, NeuronParameter.I_BIAS_SYNIN_EXC_SHIFT, SHIFT);
        cell(circuit, NeuronParameter.I_BIAS_SYNIN_INH_SHIFT, SHIFT);
        cell(circuit, NeuronParameter.I_BIAS_SYNIN_EXC_GM, law.gm());
        cell(circuit, NeuronParameter.I_BIAS_SYNIN_INH_GM, law.gm());
    }

    private void cell(AtomicNeuron circuit, NeuronParameter parameter, int code) {
        chip.set(new CapMemCellValue(circuit.capMemCell(parameter), code));
    }

    private void sharedCells() {
        for (Quadrant quadrant : Quadrant.values()) {
            shared(quadrant, QuadrantParameter.SYN_I_BIAS_DAC, codes.get(0).synapseDac());
            shared(quadrant, QuadrantParameter.NEURON_V_BIAS_CASC_N, 250);
            shared(quadrant, QuadrantParameter.NEURON_I_BIAS_READOUT_AMP, 110);
            shared(quadrant, QuadrantParameter.NEURON_I_BIAS_LEAK_SOURCE_FOLLOWER, 100);
            shared(quadrant, QuadrantParameter.NEURON_I_BIAS_SPIKE_COMPARATOR, 200);
            shared(quadrant, QuadrantParameter.NEURON_I_BIAS_SYNIN_DROP, 300);
            shared(quadrant, QuadrantParameter.CADC_V_BIAS_RAMP_BUF, 400);
            shared(quadrant, QuadrantParameter.CADC_I_BIAS_COMP, 1022);
            shared(quadrant, QuadrantParameter.CADC_I_BIAS_VRESET_BUF, 1022);
        }
        chip.set(new CapMemCellValue(ChipParameter.READOUT_AC_MUX_I_BIAS.cell(), 500));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_MADC_IN_500NA.cell(), 500));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_SC_AMP_I_BIAS.cell(), 500));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_PSEUDO_DIFF_V_REF.cell(), 400));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_SC_AMP_V_REF.cell(), 400));
    }

    private void shared(Quadrant quadrant, QuadrantParameter parameter, int code) {
        chip.set(new CapMemCellValue(parameter.cell(quadrant), code));
    }
}
