package firstspike.runtime.calibration;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.CadcChannel;
import firstspike.driver.coordinate.ChipParameter;
import firstspike.driver.coordinate.ColumnQuad;
import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.register.ColumnCorrelationQuad;
import firstspike.driver.register.Container;
import firstspike.driver.register.NeuronConfig;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;

/** An emulated chip on a bench, with the codes of the base state and converters that see the membranes. */
public final class CalibrationBench implements AutoCloseable {

    private final ChipTarget target;
    private final ChipSession session;
    private final Bench bench;

    private CalibrationBench(String uri) {
        target = (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
        session = ChipSession.open(first -> target.open(0, first), 0, 0);
        bench = new Bench(session, baseState());
    }

    public static CalibrationBench of(String uri) {
        return new CalibrationBench(uri);
    }

    public Bench bench() {
        return bench;
    }

    private static ChipConfiguration baseState() {
        ChipConfiguration.Builder chip = ChipConfiguration.defaults().change();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            AtomicNeuron neuron = AtomicNeuron.of(n);
            chip.set(NeuronConfig.defaults(neuron)
                    .withReadoutAmplifier(true)
                    .withResetMultiplication(true)
                    .withFire(true)
                    .withMembraneCapacitorSize(63));
            cell(chip, neuron, NeuronParameter.V_LEAK, 466);
            cell(chip, neuron, NeuronParameter.V_RESET, 498);
            cell(chip, neuron, NeuronParameter.V_THRESHOLD, 279);
            cell(chip, neuron, NeuronParameter.I_BIAS_LEAK, 153);
            cell(chip, neuron, NeuronParameter.I_BIAS_RESET, 1012);
            cell(chip, neuron, NeuronParameter.I_BIAS_SYNIN_EXC_TAU, 512);
            cell(chip, neuron, NeuronParameter.I_BIAS_SYNIN_INH_TAU, 512);
            cell(chip, neuron, NeuronParameter.I_BIAS_SYNIN_EXC_SHIFT, 310);
            cell(chip, neuron, NeuronParameter.I_BIAS_SYNIN_INH_SHIFT, 310);
        }
        for (Quadrant quadrant : Quadrant.values()) {
            shared(chip, quadrant, QuadrantParameter.SYN_I_BIAS_DAC, 1000);
            shared(chip, quadrant, QuadrantParameter.NEURON_V_BIAS_CASC_N, 250);
            shared(chip, quadrant, QuadrantParameter.NEURON_I_BIAS_READOUT_AMP, 110);
            shared(chip, quadrant, QuadrantParameter.NEURON_I_BIAS_LEAK_SOURCE_FOLLOWER, 100);
            shared(chip, quadrant, QuadrantParameter.NEURON_I_BIAS_SPIKE_COMPARATOR, 200);
            shared(chip, quadrant, QuadrantParameter.NEURON_I_BIAS_SYNIN_DROP, 300);
            shared(chip, quadrant, QuadrantParameter.CADC_V_BIAS_RAMP_BUF, 400);
            shared(chip, quadrant, QuadrantParameter.CADC_I_BIAS_COMP, 1022);
            shared(chip, quadrant, QuadrantParameter.CADC_I_BIAS_VRESET_BUF, 1022);
            shared(chip, quadrant, QuadrantParameter.CADC_V_RAMP_OFFSET, 70);
            shared(chip, quadrant, QuadrantParameter.CADC_I_RAMP_SLOPE, 300);
        }
        for (ChipParameter parameter : new ChipParameter[] {
            ChipParameter.READOUT_AC_MUX_I_BIAS,
            ChipParameter.READOUT_MADC_IN_500NA,
            ChipParameter.READOUT_SC_AMP_I_BIAS
        }) {
            chip.code(parameter.cell(), 500);
        }
        chip.code(ChipParameter.READOUT_PSEUDO_DIFF_V_REF.cell(), 400);
        chip.code(ChipParameter.READOUT_SC_AMP_V_REF.cell(), 400);
        for (Hemisphere half : Hemisphere.values()) {
            chip.set(
                    Container.CADC_CONFIG,
                    half.index(),
                    Container.CADC_CONFIG.layout().defaults().with("enable", true));
        }
        for (int channel = 0; channel < CadcChannel.COUNT; channel++) {
            chip.set(
                    Container.CADC_CHANNEL_CONFIG,
                    channel,
                    Container.CADC_CHANNEL_CONFIG.layout().defaults());
        }
        for (int q = 0; q < ColumnQuad.COUNT; q++) {
            ColumnCorrelationQuad switches = ColumnCorrelationQuad.defaults(ColumnQuad.of(q));
            for (int entry = 0; entry < 4; entry++) {
                switches = switches.withInternal(entry, true).withNeuronReadout(entry, true);
            }
            chip.set(switches);
        }
        return chip.build();
    }

    private static void cell(ChipConfiguration.Builder chip, AtomicNeuron neuron, NeuronParameter parameter, int code) {
        chip.code(neuron.capMemCell(parameter), code);
    }

    private static void shared(
            ChipConfiguration.Builder chip, Quadrant quadrant, QuadrantParameter parameter, int code) {
        chip.code(parameter.cell(quadrant), code);
    }

    @Override
    public void close() {
        session.close();
        target.close();
    }
}
