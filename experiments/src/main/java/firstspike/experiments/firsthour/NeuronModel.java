package firstspike.experiments.firsthour;

/**
 * What the neuron should do: an integrate-and-fire membrane with the values that it was set or calibrated to (analog.md 4,
 * 9). Potentials in LSB of the column converter, times in microseconds, currents in nanoampere. Immutable.
 *
 * @param leak resting potential
 * @param reset potential during the clamp
 * @param threshold potential at which it spikes
 * @param tauUs membrane time constant
 * @param synapticTauUs time constant of both inputs
 * @param refractoryUs from a spike to the end of the refractory period
 * @param clampUs from a spike to the end of the clamp, after which the membrane is free but does not spike
 * @param capacitancePf membrane capacitance, picofarad
 * @param nanoamperePerWeight current that one event of weight 1 adds
 */
record NeuronModel(
        double leak,
        double reset,
        double threshold,
        double tauUs,
        double synapticTauUs,
        double refractoryUs,
        double clampUs,
        double capacitancePf,
        double nanoamperePerWeight) {

    /** One LSB of the column converter in millivolt, and the potential that it reads as 0 (analog.md 14). */
    static final double MILLIVOLT_PER_LSB = 4.227;

    private static final double LSB_AT_START = 20;
    private static final double START_MV = 1800.0 * 70 / 1022;
    private static final double NEARLY_EQUAL = 1e-6;
    /** Time constant of the clamp, whose conductance is set to its largest (analog.md 7). */
    private static final double CLAMP_TAU_US = 0.5;

    /** LSB of the column converter of a reading of the fast one, 2 mV each. */
    static double ofMadc(double reading) {
        return LSB_AT_START + (2 * reading - START_MV) / MILLIVOLT_PER_LSB;
    }

    /** Where a constant current moves the membrane to; nA over pF/us is mV. */
    double restAt(double nanoampere) {
        return leak + nanoampere * tauUs / capacitancePf / MILLIVOLT_PER_LSB;
    }

    /** Where the clamp, which may be too short to reach the reset potential, leaves the membrane. */
    private double released() {
        return reset + (threshold - reset) * Math.exp(-clampUs / CLAMP_TAU_US);
    }

    /** Microseconds between two spikes of a membrane that goes towards a potential; infinite below the threshold. */
    double periodUs(double rest) {
        return rest > threshold
                ? Math.max(refractoryUs, clampUs + tauUs * Math.log((rest - released()) / (rest - threshold)))
                : Double.POSITIVE_INFINITY;
    }

    /** Potential so long after a spike of a membrane that goes towards a potential and spikes again and again. */
    double afterSpike(double us, double rest) {
        double since = us % periodUs(rest);
        return since <= clampUs
                ? reset + (threshold - reset) * Math.exp(-since / CLAMP_TAU_US)
                : rest + (released() - rest) * Math.exp(-(since - clampUs) / tauUs);
    }

    /** Height above rest so long after one excitatory event of a weight. */
    double potential(double us, double weight) {
        if (us <= 0) {
            return 0;
        }
        double drive = nanoamperePerWeight * weight / capacitancePf / MILLIVOLT_PER_LSB;
        if (Math.abs(tauUs - synapticTauUs) < NEARLY_EQUAL * tauUs) {
            return drive * us * Math.exp(-us / tauUs);
        }
        double common = tauUs * synapticTauUs / (tauUs - synapticTauUs);
        return drive * common * (Math.exp(-us / tauUs) - Math.exp(-us / synapticTauUs));
    }

    /** Largest height of one excitatory event of a weight. */
    double peak(double weight) {
        double at = Math.abs(tauUs - synapticTauUs) < NEARLY_EQUAL * tauUs
                ? tauUs
                : Math.log(tauUs / synapticTauUs) / (1 / synapticTauUs - 1 / tauUs);
        return potential(at, weight);
    }
}
