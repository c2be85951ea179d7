package firstspike.runtime.network;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a network is put onto a chip: the block {@code chip} of an experiment (formats.md 7, inloop.md 13).
 *
 * @param tauUs one unit of time on the chip, microseconds
 * @param windowTau time a sample has, in units of tau, 8 or more
 * @param timingOffsetUs time before the first sample, microseconds
 * @param retries how often an invalid run is repeated
 * @param scaleWeights LSB a unit weight has on nominal codes
 * @param rowCopies row pairs an input has; empty: as many as its largest weight needs
 * @param timeZero how time zero of a batch is found
 * @param sourceOrder how external inputs are numbered
 * @param synapseDacBias CapMem code of the synapse bias, 0 to 1022
 * @param neuronSize circuits a neuron has, 1 to 4; empty: chosen by the mapper
 * @param calibrationTauMemUs membrane time constant that a calibration must have; empty: any
 * @param calibrationTauSynUs synaptic time constant that a calibration must have; empty: any
 */
public record ChipSettings(
        double tauUs,
        double windowTau,
        double timingOffsetUs,
        int retries,
        double scaleWeights,
        OptionalInt rowCopies,
        TimeZero timeZero,
        SourceOrder sourceOrder,
        int synapseDacBias,
        OptionalInt neuronSize,
        OptionalDouble calibrationTauMemUs,
        OptionalDouble calibrationTauSynUs) {

    /** Checks the ranges. */
    public ChipSettings {
        positive("tau_us", tauUs);
        positive("scale_weights", scaleWeights);
        if (!(windowTau >= 8)) {
            throw new IllegalArgumentException(
                    "chip.window_tau: " + windowTau + " (limit: 8 or more); lengthen the window of a sample");
        }
        if (!(timingOffsetUs >= 0) || retries < 0) {
            throw new IllegalArgumentException("chip.timing_offset_us, chip.retries: " + timingOffsetUs + ", " + retries
                    + " (limit: 0 or more); correct them");
        }
        if (synapseDacBias < 0 || synapseDacBias > 1022) {
            throw new IllegalArgumentException(
                    "chip.synapse_dac_bias: " + synapseDacBias + " (limit: 0 to 1022); choose a CapMem code");
        }
        if (neuronSize.isPresent() && (neuronSize.getAsInt() < 1 || neuronSize.getAsInt() > 4)) {
            throw new IllegalArgumentException(
                    "chip.neuron_size: " + neuronSize.getAsInt() + " (limit: 1 to 4); choose a size or null");
        }
        if (rowCopies.isPresent() && (rowCopies.getAsInt() < 1 || rowCopies.getAsInt() > 8)) {
            throw new IllegalArgumentException(
                    "chip.row_copies: " + rowCopies.getAsInt() + " (limit: 1 to 8); choose a count or auto");
        }
    }

    private static void positive(String key, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "chip." + key + ": " + value + " (limit: above 0); choose a positive value");
        }
    }

    /** How time zero of a batch is found. */
    public enum TimeZero {
        /** A loopback tick; the default. */
        MARKER,
        /** System time and timer are reset in each batch, as the published software does. */
        SYNC_AND_RESET
    }

    /** How external inputs are numbered (inloop.md 13.2). */
    public enum SourceOrder {
        /** Neighbours and copies on different channels; the default. */
        SPREAD,
        /** As the published software. */
        PUBLISHED
    }

    /** The settings for a network that has none of its own (inloop.md 13.5). */
    public static ChipSettings forNetworksWithout() {
        return new ChipSettings(
                6,
                30,
                100,
                5,
                30,
                OptionalInt.empty(),
                TimeZero.MARKER,
                SourceOrder.SPREAD,
                1000,
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
