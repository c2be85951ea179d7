package firstspike.runtime.mapping;

import firstspike.runtime.network.NeuronModel;
import java.util.Optional;

/**
 * What the neurons of one layer are on the chip, in the median where a calibration gave each its own codes.
 *
 * @param circuits merged circuits
 * @param capacitance of the merged neuron, farad
 * @param tauMemUs membrane time constant, microseconds
 * @param tauSynUs synaptic time constant, microseconds
 * @param thresholdDrive threshold drive c of the experiment, as it comes out with {@code scale} LSB a unit
 * @param scale LSB a unit weight has
 * @param merged capacitance of the merged neuron in units of that of the circuits that a calibration measured; 1 without one
 * @param nominal codes of a nominal chip; empty on a calibrated one
 */
public record LayerLaw(
        int circuits,
        double capacitance,
        double tauMemUs,
        double tauSynUs,
        double thresholdDrive,
        double scale,
        double merged,
        Optional<NominalCodes> nominal) {

    /** LSB that the normalised threshold counts in (calibration.md 4.12). */
    private static final double UNIT = 30;

    static LayerLaw nominal(NominalCodes codes, int circuits) {
        return new LayerLaw(
                circuits,
                codes.capacitance(),
                codes.tauMemUs(),
                codes.tauSynUs(),
                codes.thresholdDrive(),
                codes.scale(),
                1,
                Optional.of(codes));
    }

    /** On a calibrated chip: passive circuits that were not measured with it add their capacitance (inloop.md 4, 13.5). */
    static LayerLaw calibrated(ChipCalibration chip, NeuronModel neuron, int circuits) {
        double merged = merged(circuits) / merged(chip.circuits());
        double drive = neuron.thresholdDrive();
        return new LayerLaw(
                circuits,
                NominalLaws.capacitance(NominalCodes.CAPACITANCE) * merged(circuits),
                chip.tauMemUs() * merged,
                chip.tauSynUs(),
                drive,
                UNIT * chip.normalisedThreshold() / drive * merged,
                merged,
                Optional.empty());
    }

    /** Capacitance of a merged neuron in units of that of its active circuit. */
    static double merged(int circuits) {
        double single = NominalLaws.capacitance(NominalCodes.CAPACITANCE);
        return (single + (circuits - 1) * NominalLaws.capacitance(0)) / single;
    }
}
