package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Side;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.calibration.result.ChipCodes;
import firstspike.runtime.calibration.result.CodeField;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Set;

/**
 * Codes of a calibrated chip: every circuit has its own, used or not, for neighbours disturb each other (analog.md 3). A
 * passive circuit keeps its synaptic inputs and nothing of its membrane (inloop.md 13.1).
 */
final class CalibratedCells implements CellSource {

    /** What the network decides, whatever state the calibration ended in. */
    private static final Set<CodeField> OF_THE_NETWORK = Set.of(
            CodeField.ENABLE_THRESHOLD_COMPARATOR,
            CodeField.ENABLE_SYNAPTIC_INPUT_EXCITATORY,
            CodeField.ENABLE_SYNAPTIC_INPUT_INHIBITORY);

    private final ChipCodes codes;

    CalibratedCells(ChipCodes codes) {
        this.codes = codes;
    }

    @Override
    public void common(ChipConfiguration.Builder chip) {
        codes.writeCells(chip);
        for (Side side : Side.values()) {
            chip.set(new CommonNeuronBackendConfig(
                    side, with(CommonNeuronBackendConfig.defaults(side).values(), side.index())));
        }
    }

    @Override
    public NeuronConfig active(NeuronConfig circuit, int layer) {
        return new NeuronConfig(
                circuit.neuron(), with(circuit.values(), circuit.neuron().index()));
    }

    @Override
    public NeuronConfig passive(NeuronConfig circuit, int layer) {
        return active(circuit, layer)
                .withMembraneCapacitorSize(0)
                .withLeakMultiplication(false)
                .withLeakDivision(true);
    }

    @Override
    public NeuronBackendConfig refractory(NeuronBackendConfig backend, int layer) {
        return new NeuronBackendConfig(
                backend.neuron(), with(backend.values(), backend.neuron().index()));
    }

    @Override
    public void cells(ChipConfiguration.Builder chip, AtomicNeuron circuit, int layer, boolean active) {
        if (!active) {
            chip.code(circuit.capMemCell(NeuronParameter.I_BIAS_LEAK), 0);
        }
    }

    private ContainerValues with(ContainerValues values, int instance) {
        Container container = values.layout().container();
        ContainerValues changed = values;
        for (CodeField field : CodeField.values()) {
            if (field.container() == container && !OF_THE_NETWORK.contains(field) && codes.sets(field)) {
                changed = changed.with(field.label(), codes.value(field, instance));
            }
        }
        return changed;
    }
}
