package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.ChipParameter;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.CrossbarInput;
import firstspike.driver.coordinate.CrossbarNode;
import firstspike.driver.coordinate.CrossbarOutput;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.coordinate.Side;
import firstspike.driver.coordinate.SynapseQuadColumn;
import firstspike.driver.register.CapMemCellValue;
import firstspike.driver.register.ColumnCorrelationQuad;
import firstspike.driver.register.ColumnCurrentQuad;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import firstspike.driver.register.CrossbarNodeConfig;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;

/**
 * The chip before its calibration (analog.md 3, registers.md 18): 512 single circuits that are read by both channels of
 * their columns, with synaptic inputs and comparators off, and {@link TestSynapses} that events from the host reach.
 */
public final class BaseState {

    /** Scale of the slow clock on which a reset lasts a millisecond, and of the fast one. */
    static final int SLOW_SCALE = 9;

    private static final int FAST_SCALE = 2;
    /** Two microseconds of the fast clock. */
    private static final int REFRACTORY_CYCLES = 64;

    private final ChipConfiguration.Builder chip = ChipConfiguration.defaults().change();

    private BaseState() {}

    /**
     * @param targets of a calibration, of which capacitances and the synapse current are known before it
     * @return every word
     */
    public static ChipConfiguration of(TargetSet targets) {
        int[] capacitance = Arrays.stream(targets.get(TargetKey.CAPACITANCE).toArray())
                .mapToInt(value -> (int) Math.round(value))
                .toArray();
        return of(capacitance, (int)
                Math.round(targets.get(TargetKey.SYNAPSE_DAC_BIAS).of(0)));
    }

    /**
     * @param capacitance code of each neuron's membrane capacitance, 0 to 63
     * @param synapseBias code of the synapse current of all quadrants, 0 to 1022
     * @return every word
     */
    public static ChipConfiguration of(int[] capacitance, int synapseBias) {
        BaseState state = new BaseState();
        state.fabric();
        state.neurons(capacitance);
        state.columns();
        state.sharedCells(synapseBias);
        TestSynapses.configure(state.chip);
        return state.chip.build();
    }

    private void fabric() {
        for (int n = 0; n < CrossbarNode.COUNT; n++) {
            CrossbarNode node = CrossbarNode.of(n);
            int input = node.input().index();
            int output = node.output().index();
            boolean toHost = output >= CrossbarOutput.FIRST_L2;
            boolean fromHost = input >= CrossbarInput.FIRST_SPL1 && input < CrossbarInput.FIRST_BACKGROUND;
            boolean open = input < CrossbarInput.FIRST_SPL1 ? toHost : fromHost && !toHost && output % 4 == input % 4;
            chip.set(open ? CrossbarNodeConfig.open(node) : CrossbarNodeConfig.closed(node));
        }
        for (Side side : Side.values()) {
            chip.set(CommonNeuronBackendConfig.defaults(side)
                    .withClockScaleFast(FAST_SCALE)
                    .withClockScaleSlow(SLOW_SCALE));
        }
    }

    private void neurons(int[] capacitance) {
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            AtomicNeuron neuron = AtomicNeuron.of(n);
            chip.set(NeuronConfig.defaults(neuron)
                    .withMembraneCapacitorSize(capacitance[n])
                    .withReadoutAmplifier(true)
                    .withResetMultiplication(true)
                    .withFire(true));
            chip.set(NeuronBackendConfig.defaults(neuron)
                    .withAddressOut(neuron.defaultAddressOut())
                    .withRefractoryTime(REFRACTORY_CYCLES)
                    .withFastClock(true));
            cell(neuron, NeuronParameter.V_LEAK, 700);
            cell(neuron, NeuronParameter.V_RESET, 700);
            cell(neuron, NeuronParameter.V_THRESHOLD, 511);
            cell(neuron, NeuronParameter.I_BIAS_LEAK, 200);
            cell(neuron, NeuronParameter.I_BIAS_RESET, 1012);
            cell(neuron, NeuronParameter.I_BIAS_SYNIN_EXC_SHIFT, 310);
            cell(neuron, NeuronParameter.I_BIAS_SYNIN_INH_SHIFT, 310);
            cell(neuron, NeuronParameter.I_BIAS_SYNIN_EXC_TAU, 1017);
            cell(neuron, NeuronParameter.I_BIAS_SYNIN_INH_TAU, 1017);
        }
    }

    private void cell(AtomicNeuron neuron, NeuronParameter parameter, int code) {
        chip.code(neuron.capMemCell(parameter), code);
    }

    private void columns() {
        for (int q = 0; q < ColumnQuad.COUNT; q++) {
            ColumnCorrelationQuad switches = ColumnCorrelationQuad.defaults(ColumnQuad.of(q));
            for (int entry = 0; entry < SynapseQuadColumn.ENTRIES; entry++) {
                switches = switches.withInternal(entry, true).withNeuronReadout(entry, true);
            }
            chip.set(switches);
            chip.set(ColumnCurrentQuad.connected(ColumnQuad.of(q)));
        }
        ContainerValues enabled = Container.CADC_CONFIG.layout().defaults().with("enable", true);
        for (Hemisphere half : Hemisphere.values()) {
            chip.set(Container.CADC_CONFIG, half.index(), enabled);
        }
    }

    private void sharedCells(int synapseBias) {
        for (Quadrant quadrant : Quadrant.values()) {
            shared(quadrant, QuadrantParameter.NEURON_V_BIAS_CASC_N, 250);
            shared(quadrant, QuadrantParameter.NEURON_I_BIAS_READOUT_AMP, 110);
            shared(quadrant, QuadrantParameter.NEURON_I_BIAS_LEAK_SOURCE_FOLLOWER, 100);
            shared(quadrant, QuadrantParameter.NEURON_I_BIAS_SPIKE_COMPARATOR, 200);
            shared(quadrant, QuadrantParameter.NEURON_I_BIAS_SYNIN_DROP, 300);
            shared(quadrant, QuadrantParameter.CADC_V_BIAS_RAMP_BUF, 400);
            shared(quadrant, QuadrantParameter.CADC_I_BIAS_COMP, 1022);
            shared(quadrant, QuadrantParameter.CADC_I_BIAS_VRESET_BUF, 1022);
            shared(quadrant, QuadrantParameter.CADC_V_RAMP_OFFSET, CadcRamp.LOW_CODE);
            shared(quadrant, QuadrantParameter.CADC_I_RAMP_SLOPE, CadcRamp.FIRST_SLOPE);
            shared(quadrant, QuadrantParameter.SYN_I_BIAS_DAC, synapseBias);
        }
        chip.set(new CapMemCellValue(ChipParameter.READOUT_AC_MUX_I_BIAS.cell(), 500));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_MADC_IN_500NA.cell(), 500));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_SC_AMP_I_BIAS.cell(), 500));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_PSEUDO_DIFF_V_REF.cell(), 400));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_SC_AMP_V_REF.cell(), 400));
    }

    private void shared(Quadrant quadrant, QuadrantParameter parameter, int code) {
        chip.code(parameter.cell(quadrant), code);
    }
}
