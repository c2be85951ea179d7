package firstspike.runtime.calibration;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.link.LinkOptions;
import firstspike.runtime.calibration.procedure.BaseState;
import firstspike.runtime.calibration.procedure.RefractoryPeriod;
import firstspike.runtime.calibration.procedure.SynapticInput;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.util.Arrays;

/** An emulated chip on a bench, in the base state or with the codes that a nominal chip needs for the set fast-and-deep. */
public final class CalibrationBench implements AutoCloseable {

    private final ChipTarget target;
    private final ChipSession session;
    private final Bench bench;

    private CalibrationBench(String uri) {
        target = (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
        session = ChipSession.open(first -> target.open(0, first), 0, 0);
        int[] capacitance = new int[AtomicNeuron.COUNT];
        Arrays.fill(capacitance, 63);
        bench = new Bench(session, BaseState.of(capacitance, 1000));
    }

    /** In the base state. */
    public static CalibrationBench base(String uri) {
        return new CalibrationBench(uri);
    }

    /** As calibrated: the codes are right for `nominal`, and nearly so for `varied?mismatch=residual` (analog.md 18). */
    public static CalibrationBench operating(String uri) {
        CalibrationBench chip = new CalibrationBench(uri);
        chip.bench
                .set(NeuronParameter.V_LEAK, 466)
                .set(NeuronParameter.V_RESET, 498)
                .set(NeuronParameter.V_THRESHOLD, 279)
                .set(NeuronParameter.I_BIAS_LEAK, 153)
                .set(QuadrantParameter.CADC_V_RAMP_OFFSET, 70)
                .set(QuadrantParameter.CADC_I_RAMP_SLOPE, 300)
                .neurons(neuron -> neuron.withThresholdComparator(true)
                        .withSynapticInputExcitatory(true)
                        .withSynapticInputInhibitory(true));
        for (SynapticInput input : SynapticInput.values()) {
            chip.bench
                    .set(input.tau(), 512)
                    .set(input.strength(), 700)
                    .neurons(neuron -> input.withHighResistance(neuron, true));
        }
        double[] refractory = new double[AtomicNeuron.COUNT];
        Arrays.fill(refractory, 16);
        new RefractoryPeriod(refractory, new double[AtomicNeuron.COUNT]).run(chip.bench);
        chip.bench.apply();
        return chip;
    }

    public Bench bench() {
        return bench;
    }

    public ChipSession session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
        target.close();
    }
}
