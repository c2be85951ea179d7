package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.coordinate.CapMemCell;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import java.util.List;

/**
 * What the measurement of synaptic strength changes for its time, and gives back: codes of leak, reset and time constants,
 * switches of the neurons (calibration.md 5, steps 6 and 10). Immutable.
 */
public final class SynapticStrengths {

    private static final List<NeuronParameter> BORROWED = List.of(
            NeuronParameter.V_LEAK,
            NeuronParameter.V_RESET,
            NeuronParameter.I_BIAS_LEAK,
            NeuronParameter.I_BIAS_SYNIN_EXC_TAU,
            NeuronParameter.I_BIAS_SYNIN_INH_TAU);

    private final ChipConfiguration before;

    private SynapticStrengths(ChipConfiguration before) {
        this.before = before;
    }

    /**
     * @param bench before its preparation for the measurement of strengths
     * @return what gives codes and switches back
     */
    public static SynapticStrengths borrow(Bench bench) {
        return new SynapticStrengths(bench.configuration());
    }

    /** @param bench gets everything back but strengths and references */
    public void giveBack(Bench bench) {
        ChipConfiguration.Builder chip = bench.configuration().change();
        for (int n = 0; n < AtomicNeuron.COUNT; n++) {
            for (NeuronParameter parameter : BORROWED) {
                CapMemCell cell = AtomicNeuron.of(n).capMemCell(parameter);
                chip.code(cell, before.word(ChipConfiguration.codePlace(cell)));
            }
        }
        bench.configure(chip.build());
        Switches.restore(bench, before);
    }
}
