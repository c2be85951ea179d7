package firstspike.runtime.mapping;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_MISSING;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.driver.link.ChipDescription;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.ExperimentException.Code;
import firstspike.runtime.mapping.CircuitGrades.Grade;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Maps networks onto chips: by the published scheme where every neuron has two circuits and every input one row pair, by our
 * own otherwise. The same network gets the same registers each time.
 */
public final class Mapper {

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
     *     {@code VALUE_OUT_OF_RANGE} for codes and times
     * @throws CalibrationException when the chip needs a calibration
     */
    public static ChipMapping map(
            Network network, ChipSettings settings, ChipDescription chip, boolean allowUncalibrated) {
        return map(
                network,
                settings,
                chip,
                allowUncalibrated,
                RowCopies.withoutWeights(network, settings),
                CircuitGrades.allGood());
    }

    /**
     * Maps a network whose row copies are known, onto a chip whose circuits are; nothing is written.
     *
     * @param network in the user's words
     * @param settings how it is put onto the chip
     * @param chip the target
     * @param allowUncalibrated takes nominal codes even where the chip needs a calibration
     * @param copies of the rows of this network
     * @param grades of the chip's circuits
     * @return the mapping
     * @throws ExperimentException {@code DOES_NOT_FIT} naming resource, needed, available and layer;
     *     {@code VALUE_OUT_OF_RANGE} for codes and times
     * @throws CalibrationException when the chip needs a calibration
     */
    public static ChipMapping map(
            Network network,
            ChipSettings settings,
            ChipDescription chip,
            boolean allowUncalibrated,
            RowCopies copies,
            CircuitGrades grades) {
        if (chip.needsCalibration() && !allowUncalibrated) {
            throw new CalibrationException(
                    CALIBRATION_MISSING,
                    "calibration of chip " + chip.chipId(),
                    "none",
                    "one that belongs to this chip",
                    "take a target with mismatch=residual, or allow nominal codes with --allow-uncalibrated");
        }
        return map(network, settings, copies, CodePlan.nominal(network.neuron(), settings, grades));
    }

    /**
     * Maps a network whose row copies are known onto calibrated chips, which share its batches; nothing is written.
     *
     * @param network in the user's words
     * @param settings how it is put onto the chips
     * @param copies of the rows of this network
     * @param chips calibrations of the chips in the order of the target, at least one
     * @return the mapping, with registers for each chip
     * @throws ExperimentException {@code DOES_NOT_FIT} naming resource, needed, available and layer
     */
    public static ChipMapping map(
            Network network, ChipSettings settings, RowCopies copies, List<ChipCalibration> chips) {
        return map(network, settings, copies, CodePlan.calibrated(network.neuron(), settings, chips));
    }

    private static ChipMapping map(Network network, ChipSettings settings, RowCopies copies, CodePlan codes) {
        refuseLateBiases(network, settings);
        Placement placement = place(network, settings, copies, codes);
        List<LayerLaw> laws = placement.layers().stream()
                .map(layer -> codes.law(layer.circuits()))
                .toList();
        double slowest = laws.stream()
                .mapToDouble(law -> Math.max(law.tauMemUs(), law.tauSynUs()))
                .max()
                .orElseThrow();
        BatchTiming timing = BatchTiming.of(settings, slowest);
        MappingReport report = new ReportComposer(network, settings, placement, laws, timing, codes.grades()).compose();
        return new ChipMapping(network, settings, placement, laws, codes, timing, report);
    }

    /** The published scheme where it can, our own for everything else (inloop.md 13.2, 13.6). */
    private static Placement place(Network network, ChipSettings settings, RowCopies copies, CodePlan codes) {
        CircuitGrades grades = codes.grades();
        IntToDoubleFunction scale = size -> codes.law(size).scale();
        boolean pairs =
                settings.neuronSize().isPresent() && settings.neuronSize().getAsInt() == PublishedScheme.CIRCUITS;
        if (pairs && copies.alwaysOne(scale.applyAsDouble(PublishedScheme.CIRCUITS))) {
            return PublishedPlacer.place(network, settings.sourceOrder(), grades);
        }
        boolean[] usable = new boolean[AtomicNeuron.COUNT];
        for (int circuit : grades.circuits(Grade.GOOD)) {
            usable[circuit] = true;
        }
        int[] avoided = grades.circuits(Grade.AVOIDED);
        for (int admitted = 0; ; admitted++) {
            try {
                return OwnPlacer.place(network, copies, scale, usable);
            } catch (ExperimentException noRoom) {
                boolean neurons = "neurons".equals(noRoom.detail().fields().get("resource"));
                if (!neurons || admitted == avoided.length) {
                    throw noRoom;
                }
                usable[avoided[admitted]] = true;
            }
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
}
