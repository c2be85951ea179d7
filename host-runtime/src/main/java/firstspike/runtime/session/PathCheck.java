package firstspike.runtime.session;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.CrossbarInput;
import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.coordinate.CrossbarOutput;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.PadiBus;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.coordinate.SpikeLabel;
import firstspike.driver.coordinate.SynapseDriver;
import firstspike.driver.coordinate.SynapseQuad;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.ExperimentException.Code;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Follows spikes through a configuration, from the crossbar to the synapses and from the neurons to the host, and names the
 * first thing that is missing: each would give silence without an error (registers.md 18.1, whose numbers the messages
 * carry).
 */
public final class PathCheck {

    private static final int LEAST_BIAS = 30;
    private static final int SCHEME_MASK = 3;

    private final ChipConfiguration chip;
    private final boolean weightsCount;
    private final BitSet checked = new BitSet(AtomicNeuron.COUNT);

    private PathCheck(ChipConfiguration chip, boolean weightsCount) {
        this.chip = chip;
        this.weightsCount = weightsCount;
    }

    /**
     * Checks a configuration.
     *
     * @param chip what shall be written
     * @param inputs events that shall reach circuits
     * @param outputs circuits whose spikes shall reach the host
     * @param weightsCount whether a synapse with weight 0 counts as missing; false where weights are written later
     * @throws ExperimentException {@code PATH_OPEN} naming the first missing item
     */
    public static void require(ChipConfiguration chip, List<SpikePath> inputs, int[] outputs, boolean weightsCount) {
        PathCheck check = new PathCheck(chip, weightsCount);
        inputs.forEach(check::input);
        for (int circuit : outputs) {
            check.output(AtomicNeuron.of(circuit));
        }
    }

    private void input(SpikePath path) {
        for (Hemisphere half : Hemisphere.values()) {
            List<AtomicNeuron> targets = new ArrayList<>();
            for (int circuit : path.circuits()) {
                if (AtomicNeuron.of(circuit).hemisphere() == half) {
                    targets.add(AtomicNeuron.of(circuit));
                }
            }
            if (!targets.isEmpty()) {
                List<Integer> rows = rows(path, half);
                targets.forEach(target -> target(path, target, rows));
            }
        }
    }

    /** Synapse rows of a hemisphere that a source's events are driven into. */
    private List<Integer> rows(SpikePath path, Hemisphere half) {
        List<PadiBus> buses = new ArrayList<>();
        for (int bus = 0; bus < PadiBus.ON_BLOCK; bus++) {
            int node = CrossbarNode.indexOf(
                    PadiBus.of(half, bus).crossbarOutput().index(), path.input().index());
            if (node >= 0 && passes(node, path.neuronLabel())) {
                buses.add(PadiBus.of(half, bus));
            }
        }
        if (buses.isEmpty()) {
            throw open(
                    1,
                    "crossbar node from " + path.input() + " to a PADI bus of the " + half,
                    "closed",
                    "mask and target that let label " + path.neuronLabel() + " pass");
        }
        ContainerValues padi = chip.values(Container.COMMON_PADI_BUS_CONFIG, half.index());
        List<PadiBus> listening = buses.stream()
                .filter(bus -> padi.value("enable_spl1", bus.index() % PadiBus.ON_BLOCK) != 0)
                .toList();
        if (listening.isEmpty()) {
            throw open(4, "enable_spl1 of " + buses.get(0), false, "true");
        }
        List<Integer> rows = new ArrayList<>();
        for (PadiBus bus : listening) {
            for (int n = 0; n < PadiBus.DRIVERS; n++) {
                addRows(SynapseDriver.of(bus, n), path.neuronLabel(), rows);
            }
        }
        if (rows.isEmpty()) {
            throw open(
                    5,
                    "synapse driver on " + listening.get(0) + " for label " + path.neuronLabel(),
                    "none",
                    "one with receiver, matching compare mask and a row mode");
        }
        return rows;
    }

    private void addRows(SynapseDriver driver, int label, List<Integer> rows) {
        ContainerValues values = chip.values(Container.SYNAPSE_DRIVER_CONFIG, driver.index());
        long mask = values.value("row_address_compare_mask");
        int select = SpikeLabel.of(label).rowSelectAddress();
        if (values.isSet("enable_receiver") && (driver.onPadiBus() & mask) == (select & mask)) {
            if (values.value("row_mode_bottom") != 0) {
                rows.add(driver.bottomRow().index());
            }
            if (values.value("row_mode_top") != 0) {
                rows.add(driver.topRow().index());
            }
        }
    }

    private void target(SpikePath path, AtomicNeuron target, List<Integer> rows) {
        int label = SpikeLabel.of(path.neuronLabel()).synapseLabel();
        if (rows.stream().noneMatch(row -> hears(target, row, label))) {
            refuseDeafDriver(path, target, label);
            throw open(
                    6,
                    "synapse of " + target + " for label " + path.neuronLabel(),
                    "none",
                    "label " + label + (weightsCount ? " and a weight" : "") + " in a driven row");
        }
        if (!checked.get(target.index())) {
            circuit(target);
            checked.set(target.index());
        }
    }

    private void circuit(AtomicNeuron target) {
        ColumnQuad quad = new ColumnQuad(target.hemisphere(), target.column().quadColumn());
        ContainerValues switches = chip.values(Container.COLUMN_CURRENT_QUAD, quad.index());
        String entry = "switch[" + target.column().entryOnQuad() + "].synaptic_current_";
        if (!switches.isSet(entry + "excitatory") || !switches.isSet(entry + "inhibitory")) {
            throw open(7, "column current switches of " + target, "open", "both synaptic currents connected");
        }
        ContainerValues neuron = chip.values(Container.NEURON_CONFIG, target.index());
        needs(neuron, target, "enable_synaptic_input_excitatory");
        needs(neuron, target, "enable_synaptic_input_inhibitory");
        cell(target, NeuronParameter.I_BIAS_SYNIN_EXC_GM, 1);
        cell(target, NeuronParameter.I_BIAS_SYNIN_INH_GM, 1);
        cell(target, QuadrantParameter.SYN_I_BIAS_DAC, 1);
        cell(target, QuadrantParameter.NEURON_I_BIAS_SYNIN_DROP, LEAST_BIAS);
    }

    /** Finds a driver that has the synapse but does not answer; both mapping schemes compare the two low bits. */
    private void refuseDeafDriver(SpikePath path, AtomicNeuron target, int label) {
        int select = SpikeLabel.of(path.neuronLabel()).rowSelectAddress();
        for (int n = 0; n < SynapseDriver.ON_BLOCK; n++) {
            SynapseDriver driver = SynapseDriver.of(target.hemisphere(), n);
            int node = CrossbarNode.indexOf(
                    driver.padiBus().crossbarOutput().index(), path.input().index());
            boolean meant = (driver.onPadiBus() & SCHEME_MASK) == (select & SCHEME_MASK)
                    && node >= 0
                    && passes(node, path.neuronLabel());
            if (meant
                    && (hears(target, driver.bottomRow().index(), label)
                            || hears(target, driver.topRow().index(), label))) {
                throw open(
                        5,
                        driver.toString(),
                        "does not answer label " + path.neuronLabel(),
                        "receiver, matching compare mask and a row mode");
            }
        }
    }

    private boolean hears(AtomicNeuron target, int row, int label) {
        int quad = SynapseQuad.index(
                target.hemisphere().index(), row, target.column().quadColumn().index());
        int entry = target.column().entryOnQuad();
        return synapse(ChipConfiguration.labelPlace(quad), entry) == label
                && (!weightsCount || synapse(ChipConfiguration.weightPlace(quad), entry) != 0);
    }

    /** The six bits of one entry; a weight is permuted, but 0 stays 0. */
    private int synapse(int place, int entry) {
        return chip.word(place) >>> 24 - 8 * entry & 0x3f;
    }

    private void output(AtomicNeuron circuit) {
        ContainerValues backend = chip.values(Container.NEURON_BACKEND_CONFIG, circuit.backendIndex());
        CrossbarInput input = circuit.eventOutput().crossbarInput();
        CrossbarOutput output = circuit.eventOutput().l2Output();
        int label = 256 * circuit.eventOutput().index() + (int) backend.value("address_out");
        if (!passes(CrossbarNode.of(output, input).index(), label)) {
            throw open(
                    3,
                    CrossbarNode.of(output, input).toString(),
                    "closed",
                    "mask and target that let label " + label + " pass");
        }
        ContainerValues neuron = chip.values(Container.NEURON_CONFIG, circuit.index());
        needs(neuron, circuit, "enable_threshold_comparator");
        needs(neuron, circuit, "enable_fire");
        cell(circuit, NeuronParameter.V_THRESHOLD, 1);
        cell(circuit, QuadrantParameter.NEURON_I_BIAS_SPIKE_COMPARATOR, LEAST_BIAS);
        if (!backend.isSet("enable_spike_out")) {
            throw open(10, "enable_spike_out of " + circuit, false, "true");
        }
    }

    private boolean passes(int node, int label) {
        ContainerValues values = chip.values(Container.CROSSBAR_NODE, node);
        return (label & values.value("mask")) == values.value("target");
    }

    private void needs(ContainerValues neuron, AtomicNeuron circuit, String field) {
        if (!neuron.isSet(field)) {
            throw open(8, field + " of " + circuit, false, "true");
        }
    }

    private void cell(AtomicNeuron circuit, NeuronParameter parameter, int least) {
        code(circuit.capMemCell(parameter).index(), parameter.label() + " of " + circuit, least);
    }

    private void cell(AtomicNeuron circuit, QuadrantParameter parameter, int least) {
        code(parameter.cell(circuit.quadrant()).index(), parameter.label() + " of " + circuit.quadrant(), least);
    }

    private void code(int cell, String name, int least) {
        long code = chip.values(Container.CAPMEM_CELL, cell).value("value");
        if (code < least) {
            throw open(9, name, code, "code " + least + " or more");
        }
    }

    private static ExperimentException open(int item, String thing, Object value, String limit) {
        return new ExperimentException(
                Code.PATH_OPEN,
                "path of spikes, item " + item + " of registers.md 18.1, " + thing,
                value,
                limit,
                "set it, or no spike arrives");
    }
}
