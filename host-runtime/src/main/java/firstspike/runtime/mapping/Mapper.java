package firstspike.runtime.mapping;

import firstspike.driver.link.ChipDescription;
import firstspike.runtime.error.CalibrationMissingException;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.ExperimentException.Code;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Maps networks onto chips by the published scheme: two circuits a neuron, one row pair an input. */
public final class Mapper {

    private static final double SHORT_WINDOW_TAU = 12;
    private static final double NOTABLE_SCALE_DEVIATION = 0.2;
    private static final int CIRCUITS = 512;
    private static final int ROWS = 512;
    private static final int DRIVERS = 256;

    private Mapper() {}

    /**
     * Maps a network; nothing is written.
     *
     * @param network in the user's words
     * @param settings how it is put onto the chip
     * @param chip the target
     * @param allowUncalibrated takes nominal codes even where the chip needs a calibration
     * @return the mapping
     * @throws ExperimentException {@code DOES_NOT_FIT} naming resource, needed, available and layer;
     *     {@code NOT_BUILT_YET} for other schemes; {@code VALUE_OUT_OF_RANGE} for codes and times
     * @throws CalibrationMissingException when the chip needs a calibration
     */
    public static ChipMapping map(
            Network network, ChipSettings settings, ChipDescription chip, boolean allowUncalibrated) {
        if (chip.needsCalibration() && !allowUncalibrated) {
            throw new CalibrationMissingException(
                    "calibration of chip " + chip.chipId(),
                    "none",
                    "one that belongs to this chip",
                    "take a target with mismatch=residual, or allow nominal codes with --allow-uncalibrated");
        }
        refuseOtherSchemes(settings);
        refuseLateBiases(network, settings);
        Placement placement = Placement.of(network, settings.sourceOrder());
        NominalCodes codes = NominalCodes.of(network.neuron(), settings);
        BatchTiming timing = BatchTiming.of(settings, Math.max(codes.tauMemUs(), codes.tauSynUs()));
        MappingReport report = report(network, settings, placement, codes, timing);
        return new ChipMapping(network, settings, placement, codes, timing, report);
    }

    private static void refuseOtherSchemes(ChipSettings settings) {
        boolean size =
                settings.neuronSize().isPresent() && settings.neuronSize().getAsInt() == PublishedScheme.CIRCUITS;
        boolean copies =
                settings.rowCopies().isPresent() && settings.rowCopies().getAsInt() == 1;
        if (!size || !copies) {
            throw new ExperimentException(
                    Code.NOT_BUILT_YET,
                    "chip.neuron_size, chip.row_copies",
                    (settings.neuronSize().isPresent() ? settings.neuronSize().getAsInt() : "null") + ", "
                            + (settings.rowCopies().isPresent()
                                    ? settings.rowCopies().getAsInt()
                                    : "auto"),
                    "published scheme only: neuron size 2, one copy",
                    "set chip.neuron_size=2 and chip.row_copies=1");
        }
    }

    private static void refuseLateBiases(Network network, ChipSettings settings) {
        for (Layer layer : network.layers()) {
            for (double time : layer.biasTimes()) {
                if (time >= settings.windowTau()) {
                    throw new ExperimentException(
                            Code.VALUE_OUT_OF_RANGE,
                            "bias time of layer " + layer.name() + " in tau",
                            time,
                            "below the window of " + settings.windowTau(),
                            "raise chip.window_tau");
                }
            }
        }
    }

    private static MappingReport report(
            Network network, ChipSettings settings, Placement placement, NominalCodes codes, BatchTiming timing) {
        List<LayerReport> layers = new ArrayList<>();
        boolean[] driver = new boolean[DRIVERS];
        for (LayerPlacement layer : placement.layers()) {
            layers.add(new LayerReport(
                    layer.name(),
                    layer.size(),
                    layer.firstNeuron(),
                    PublishedScheme.CIRCUITS,
                    layer.rows(),
                    PublishedScheme.SOURCES,
                    codes.scale(),
                    1 / codes.scale(),
                    WeightWords.LARGEST / codes.scale()));
            for (int n = layer.firstNeuron(); n < layer.firstNeuron() + layer.size(); n++) {
                for (int pair : layer.rowPair()) {
                    driver[PublishedScheme.ROW_PAIRS * PublishedScheme.hemisphere(n) + pair] = true;
                }
            }
        }
        int drivers = 0;
        for (boolean used : driver) {
            drivers += used ? 1 : 0;
        }
        double offsetUs = timing.offsetTicks() * 8e-3;
        return new MappingReport(
                "published",
                layers,
                new Usage(PublishedScheme.CIRCUITS * placement.neurons(), CIRCUITS),
                new Usage(2 * drivers, ROWS),
                new Usage(drivers, DRIVERS),
                new Usage(placement.externals().size(), PublishedScheme.SOURCES),
                new Usage(placement.neurons(), PublishedScheme.SOURCES),
                placement.externals().size(),
                movedEvents(network, placement, timing),
                timing.windowTicks() * 8e-3,
                offsetUs,
                codes,
                warnings(settings, codes, offsetUs));
    }

    /** Moved events of one sample whose inputs spread evenly over the first half of the window. */
    private static int movedEvents(Network network, Placement placement, BatchTiming timing) {
        int inputs = network.inputs();
        double[] time = new double[inputs];
        short[] source = new short[inputs];
        double window = timing.windowTicks() / timing.ticksPerTau();
        for (int i = 0; i < inputs; i++) {
            time[i] = window / 2 * (i + 0.5) / inputs;
            source[i] = (short) i;
        }
        StimulusEncoder encoder = new StimulusEncoder(placement.externals(), inputs, timing);
        return (int) encoder.encode(new int[] {0, inputs}, source, time, 0, 1).moved();
    }

    private static List<String> warnings(ChipSettings settings, NominalCodes codes, double offsetUs) {
        List<String> warnings = new ArrayList<>();
        if (settings.windowTau() < SHORT_WINDOW_TAU) {
            warnings.add(text(
                    "chip.window_tau %s is below %s: samples may disturb each other",
                    settings.windowTau(), SHORT_WINDOW_TAU));
        }
        if (offsetUs > settings.timingOffsetUs() + 1e-2) {
            warnings.add(text(
                    "chip.timing_offset_us %s raised to %s: neurons must come to rest between batches",
                    settings.timingOffsetUs(), offsetUs));
        }
        if (Math.abs(codes.scale() / settings.scaleWeights() - 1) > NOTABLE_SCALE_DEVIATION) {
            warnings.add(text(
                    "a unit weight has %.4g LSB, not chip.scale_weights %s", codes.scale(), settings.scaleWeights()));
        }
        return warnings;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
