package firstspike.runtime.mapping;

import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.ExperimentException.Code;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.NeuronModel;

/**
 * Analog codes that make merged circuits behave as the experiment's neuron on a nominal chip, and what they give
 * (inloop.md 13.5).
 *
 * @param leak code of the leak potential
 * @param reset code of the reset potential
 * @param threshold code of the spike threshold
 * @param leakBias leak conductance of the active circuit
 * @param leakDivision whether that is divided by eight
 * @param synapticTau synaptic time constants, with high resistance
 * @param gm strength of both synaptic inputs
 * @param synapseDac synapse bias of all quadrants
 * @param capacitance of the merged neuron, farad
 * @param tauMemUs what the membrane time constant really is, microseconds
 * @param tauSynUs what the synaptic time constant really is, microseconds
 * @param thresholdDrive what the threshold drive c of the experiment really is with {@code scale} LSB a unit
 * @param scale LSB a unit weight has
 */
public record NominalCodes(
        int leak,
        int reset,
        int threshold,
        int leakBias,
        boolean leakDivision,
        int synapticTau,
        int gm,
        int synapseDac,
        double capacitance,
        double tauMemUs,
        double tauSynUs,
        double thresholdDrive,
        double scale) {

    /** Leak potential: 80 LSB of the CADC. */
    static final int LEAK = 466;
    /** Reset potential: 80 LSB. */
    static final int RESET = 498;
    /** Threshold: 150 LSB. */
    static final int THRESHOLD = 279;
    /** Largest membrane capacitance. */
    static final int CAPACITANCE = 63;

    private static final int LEAST_UNDIVIDED_LEAK = 60;
    private static final double MICRO = 1e-6;

    /**
     * Computes the codes.
     *
     * @param neuron what the merged circuits shall be
     * @param settings tau, weight scale and synapse bias
     * @param circuits merged circuits of the neuron, 1 to 4; all but one are passive
     * @return the codes
     * @throws ExperimentException when a code is out of range
     */
    static NominalCodes of(NeuronModel neuron, ChipSettings settings, int circuits) {
        double capacitance = NominalLaws.capacitance(CAPACITANCE) + (circuits - 1) * NominalLaws.capacitance(0);
        double unit = settings.tauUs() * MICRO;

        double conductance = capacitance / (neuron.tauMem() * unit);
        boolean division = Math.rint(NominalLaws.leakCode(conductance, false)) < LEAST_UNDIVIDED_LEAK;
        int leakBias =
                code("i_bias_leak", NominalLaws.leakCode(conductance, division), 1, "neuron.tau_mem and chip.tau_us");
        int tauCode = code(
                "i_bias_synin_tau",
                NominalLaws.tauSynCode(neuron.tauSyn() * unit),
                1,
                "neuron.tau_syn and chip.tau_us");

        // a unit weight moves the membrane, in parts of the way to the threshold and per unit of time, by 1/(c tau_mem)
        double swing = NominalLaws.thresholdVolts(THRESHOLD) - NominalLaws.leakVolts(LEAK);
        double unitCurrent = swing * capacitance / (unit * neuron.thresholdDrive() * neuron.tauMem());
        int dac = settings.synapseDacBias();
        double wanted = Math.rint(unitCurrent / (settings.scaleWeights() * NominalLaws.currentPerWeight(1, dac)));
        if (!(wanted >= NominalLaws.SMALLEST_BIAS)) {
            throw new ExperimentException(
                    Code.VALUE_OUT_OF_RANGE,
                    "code i_bias_synin_gm of the nominal chip",
                    wanted,
                    NominalLaws.SMALLEST_BIAS + " to " + NominalLaws.LARGEST_CODE,
                    "lower chip.scale_weights (" + settings.scaleWeights() + ") or chip.synapse_dac_bias (" + dac
                            + ")");
        }
        int gm = (int) Math.min(wanted, NominalLaws.LARGEST_CODE);
        double scale = gm == wanted ? settings.scaleWeights() : unitCurrent / NominalLaws.currentPerWeight(gm, dac);
        double drive = swing * capacitance / (unit * neuron.tauMem() * scale * NominalLaws.currentPerWeight(gm, dac));

        double leakage =
                NominalLaws.leakConductance(leakBias, division) + (circuits - 1) * NominalLaws.leakConductance(0, true);
        return new NominalCodes(
                LEAK,
                RESET,
                THRESHOLD,
                leakBias,
                division,
                tauCode,
                gm,
                dac,
                capacitance,
                capacitance / leakage / MICRO,
                NominalLaws.tauSyn(tauCode) / MICRO,
                drive,
                scale);
    }

    private static int code(String name, double value, int least, String source) {
        double rounded = Math.rint(value);
        if (!(rounded >= least && rounded <= NominalLaws.LARGEST_CODE)) {
            throw new ExperimentException(
                    Code.VALUE_OUT_OF_RANGE,
                    "code " + name + " of the nominal chip",
                    rounded,
                    least + " to " + NominalLaws.LARGEST_CODE,
                    "change " + source);
        }
        return (int) rounded;
    }
}
