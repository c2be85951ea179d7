package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.ChipParameter;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.coordinate.Side;
import firstspike.driver.register.CapMemCellValue;
import firstspike.driver.register.CommonNeuronBackendConfig;
import firstspike.driver.register.NeuronBackendConfig;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.session.ChipConfiguration;
import java.util.List;

/** Codes of a nominal chip, the same for all neurons of a layer (inloop.md 13.5). */
final class NominalCells implements CellSource {

    /** Scale of the fast clock and its counter: 16 microseconds (analog.md 18). */
    private static final int REFRACTORY_SCALE = 4;

    private static final int REFRACTORY_CYCLES = 126;
    private static final int SLOW_SCALE = 9;
    private static final int RESET_BIAS = 1012;
    private static final int SHIFT = 310;

    private final List<NominalCodes> codes;

    /** @param codes of each layer */
    NominalCells(List<NominalCodes> codes) {
        this.codes = List.copyOf(codes);
    }

    @Override
    public NeuronConfig active(NeuronConfig circuit, int layer) {
        return longTimeConstants(circuit)
                .withMembraneCapacitorSize(NominalCodes.CAPACITANCE)
                .withLeakDivision(codes.get(layer).leakDivision())
                .withResetMultiplication(true);
    }

    @Override
    public NeuronConfig passive(NeuronConfig circuit, int layer) {
        return longTimeConstants(circuit).withLeakDivision(true).withResetMultiplication(true);
    }

    private static NeuronConfig longTimeConstants(NeuronConfig circuit) {
        return new NeuronConfig(
                circuit.neuron(),
                circuit.values()
                        .with("enable_synaptic_input_excitatory_high_resistance", true)
                        .with("enable_synaptic_input_inhibitory_high_resistance", true));
    }

    @Override
    public NeuronBackendConfig refractory(NeuronBackendConfig backend, int layer) {
        return backend.withRefractoryTime(REFRACTORY_CYCLES).withFastClock(true);
    }

    @Override
    public void cells(ChipConfiguration.Builder chip, AtomicNeuron circuit, int layer, boolean active) {
        NominalCodes law = codes.get(layer);
        cell(chip, circuit, NeuronParameter.V_LEAK, law.leak());
        cell(chip, circuit, NeuronParameter.V_RESET, law.reset());
        cell(chip, circuit, NeuronParameter.V_THRESHOLD, law.threshold());
        cell(chip, circuit, NeuronParameter.I_BIAS_LEAK, active ? law.leakBias() : 0);
        cell(chip, circuit, NeuronParameter.I_BIAS_RESET, RESET_BIAS);
        cell(chip, circuit, NeuronParameter.I_BIAS_SYNIN_EXC_TAU, law.synapticTau());
        cell(chip, circuit, NeuronParameter.I_BIAS_SYNIN_INH_TAU, law.synapticTau());
        cell(chip, circuit, NeuronParameter.I_BIAS_SYNIN_EXC_SHIFT, SHIFT);
        cell(chip, circuit, NeuronParameter.I_BIAS_SYNIN_INH_SHIFT, SHIFT);
        cell(chip, circuit, NeuronParameter.I_BIAS_SYNIN_EXC_GM, law.gm());
        cell(chip, circuit, NeuronParameter.I_BIAS_SYNIN_INH_GM, law.gm());
    }

    private static void cell(
            ChipConfiguration.Builder chip, AtomicNeuron circuit, NeuronParameter parameter, int code) {
        chip.set(new CapMemCellValue(circuit.capMemCell(parameter), code));
    }

    @Override
    public void common(ChipConfiguration.Builder chip) {
        for (Side side : Side.values()) {
            chip.set(CommonNeuronBackendConfig.defaults(side)
                    .withClockScaleFast(REFRACTORY_SCALE)
                    .withClockScaleSlow(SLOW_SCALE));
        }
        for (Quadrant quadrant : Quadrant.values()) {
            shared(
                    chip,
                    quadrant,
                    QuadrantParameter.SYN_I_BIAS_DAC,
                    codes.get(0).synapseDac());
            shared(chip, quadrant, QuadrantParameter.NEURON_V_BIAS_CASC_N, 250);
            shared(chip, quadrant, QuadrantParameter.NEURON_I_BIAS_READOUT_AMP, 110);
            shared(chip, quadrant, QuadrantParameter.NEURON_I_BIAS_LEAK_SOURCE_FOLLOWER, 100);
            shared(chip, quadrant, QuadrantParameter.NEURON_I_BIAS_SPIKE_COMPARATOR, 200);
            shared(chip, quadrant, QuadrantParameter.NEURON_I_BIAS_SYNIN_DROP, 300);
            shared(chip, quadrant, QuadrantParameter.CADC_V_BIAS_RAMP_BUF, 400);
            shared(chip, quadrant, QuadrantParameter.CADC_I_BIAS_COMP, 1022);
            shared(chip, quadrant, QuadrantParameter.CADC_I_BIAS_VRESET_BUF, 1022);
        }
        chip.set(new CapMemCellValue(ChipParameter.READOUT_AC_MUX_I_BIAS.cell(), 500));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_MADC_IN_500NA.cell(), 500));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_SC_AMP_I_BIAS.cell(), 500));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_PSEUDO_DIFF_V_REF.cell(), 400));
        chip.set(new CapMemCellValue(ChipParameter.READOUT_SC_AMP_V_REF.cell(), 400));
    }

    private static void shared(
            ChipConfiguration.Builder chip, Quadrant quadrant, QuadrantParameter parameter, int code) {
        chip.set(new CapMemCellValue(parameter.cell(quadrant), code));
    }
}
