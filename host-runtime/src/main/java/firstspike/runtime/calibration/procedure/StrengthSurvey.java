package firstspike.runtime.calibration.procedure;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_FAILED;

import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.target.NeuronValues;
import firstspike.runtime.calibration.target.StrengthTarget;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.session.ChipConfiguration;
import java.util.Arrays;

/**
 * Which amplitudes the wanted strength codes give on this chip, and with how many events they stay in the reliable range of
 * the converter (calibration.md 2, 4.7). Arrays belong to the reader.
 *
 * @param events of a burst
 * @param excitatory target amplitude of each neuron, LSB
 * @param inhibitory target amplitude of each neuron, LSB
 */
public record StrengthSurvey(int events, double[] excitatory, double[] inhibitory) {

    /** Events of the first burst that is tried. */
    static final int EVENTS = 15;
    /** Largest median amplitude in LSB. */
    static final double LARGEST = 60;

    private static final double FEWER = 0.8;

    /**
     * Measures at the wanted codes; the references are to be calibrated at them.
     *
     * @param bench in the state of {@link LongMembrane}; holds the wanted strength codes afterwards
     * @param targets of the calibration
     * @return amplitudes to aim at
     * @throws CalibrationException when a single event is too strong
     */
    public static StrengthSurvey of(Bench bench, TargetSet targets) {
        ChipConfiguration before = bench.configuration();
        NeuronValues excCodes = targets.get(TargetKey.SYNIN_GM_EXC);
        NeuronValues inhCodes = targets.get(TargetKey.SYNIN_GM_INH);
        int events = EVENTS;
        double exc = perCode(bench, new Burst(SynapticInput.EXCITATORY, events), excCodes);
        double inh = perCode(bench, new Burst(SynapticInput.INHIBITORY, events), inhCodes);
        while (Math.max(exc * excCodes.most(), inh * inhCodes.most()) > LARGEST) {
            events = fewer(events);
            exc = perCode(bench, new Burst(SynapticInput.EXCITATORY, events), excCodes);
            inh = perCode(bench, new Burst(SynapticInput.INHIBITORY, events), inhCodes);
        }
        Switches.restore(bench, before);
        double[] excTargets = scaled(excCodes, exc);
        double[] inhTargets = scaled(inhCodes, inh);
        if (targets.strength() == StrengthTarget.MATCHING) {
            for (int n = 0; n < excTargets.length; n++) {
                excTargets[n] = Math.min(excTargets[n], inhTargets[n]);
                inhTargets[n] = excTargets[n];
            }
        }
        return new StrengthSurvey(events, excTargets, inhTargets);
    }

    /** The next smaller number of events to try; {@link CalibrationException} when there is none. */
    static int fewer(int events) {
        int next = (int) (events * FEWER);
        if (next < 1) {
            throw new CalibrationException(
                    CALIBRATION_FAILED,
                    "amplitude of a single event, in LSB",
                    "more than " + LARGEST,
                    LARGEST + ", the reliable range of the converter",
                    "lower i_synin_gm_exc_lsb, i_synin_gm_inh_lsb or synapse_dac_bias_lsb");
        }
        return next;
    }

    /** Median amplitude for one step of the code, LSB. */
    private static double perCode(Bench bench, Burst burst, NeuronValues codes) {
        bench.neurons(neuron -> burst.input().withInput(Switches.inputs(neuron, false, false), true));
        double[] amplitudes = burst.amplitudes(bench);
        for (int n = 0; n < amplitudes.length; n++) {
            amplitudes[n] /= codes.of(n);
        }
        return Statistics.median(amplitudes);
    }

    private static double[] scaled(NeuronValues codes, double perCode) {
        return Arrays.stream(codes.toArray()).map(code -> code * perCode).toArray();
    }
}
