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
        double capacitancePf,
        double nanoamperePerWeight) {

    /** One LSB of the column converter in millivolt, and the potential that it reads as 0 (analog.md 14). */
    static final double MILLIVOLT_PER_LSB = 4.227;

    private static final double LSB_AT_START = 20;
    private static final double START_MV = 1800.0 * 70 / 1022;
    private static final double NEARLY_EQUAL = 1e-6;

    /** LSB of the column converter of a reading of the fast one, 2 mV each. */
    static double ofMadc(double reading) {
        return LSB_AT_START + (2 * reading - START_MV) / MILLIVOLT_PER_LSB;
    }

    /** Where a constant current moves the membrane to; nA over pF/us is mV. */
    double restAt(double nanoampere) {
        return leak + nanoampere * tauUs / capacitancePf / MILLIVOLT_PER_LSB;
    }

    /** Microseconds between two spikes of a membrane that goes towards a potential; infinite below the threshold. */
    double periodUs(double rest) {
        return rest > threshold
                ? refractoryUs + tauUs * Math.log((rest - reset) / (rest - threshold))
                : Double.POSITIVE_INFINITY;
    }

    /** Potential so long after a spike of a membrane that goes towards a potential and spikes again and again. */
    double afterSpike(double us, double rest) {
        double since = us % periodUs(rest) - refractoryUs;
        return since <= 0 ? reset : rest + (reset - rest) * Math.exp(-since / tauUs);
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
