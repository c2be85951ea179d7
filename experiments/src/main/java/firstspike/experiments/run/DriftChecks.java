package firstspike.experiments.run;

import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.verification.DriftCheck;
import firstspike.runtime.calibration.verification.DriftReport;
import firstspike.runtime.execution.ChipExecutor;
import firstspike.runtime.measurement.Bench;
import firstspike.runtime.training.EpochHook;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Looks before a training and every some epochs whether the chips are still as their calibrations left them (calibration.md 9).
 * The first look belongs to the set-up, the others are programs like those of the training. Drift is said and counted, and ends
 * nothing.
 */
final class DriftChecks implements EpochHook {

    /** Epochs between two looks unless the experiment says otherwise. */
    static final int USUAL = 20;

    /** Chips whose calibration was found not to hold. */
    static final String DRIFTED = "calibration.drifted";

    private final Look look;
    private final List<CalibrationResult> calibrations;
    private final int every;
    private final Screen screen;

    /** Looks at one chip. */
    interface Look {
        /**
         * @param chip index of the chip
         * @param stored its calibration
         * @param inSetUp whether the programs belong to the set-up
         * @return what was found
         */
        DriftReport at(int chip, CalibrationResult stored, boolean inSetUp);
    }

    /**
     * @param look at a chip
     * @param calibrations one a chip
     * @param every epochs between two looks, 1 or more
     * @param screen hears of drift
     */
    DriftChecks(Look look, List<CalibrationResult> calibrations, int every, Screen screen) {
        this.look = look;
        this.calibrations = List.copyOf(calibrations);
        this.every = every;
        this.screen = screen;
    }

    /** Looks between two batches; registers and weights are put back. */
    static Look between(ChipExecutor executor) {
        return (chip, stored, inSetUp) -> executor.between(
                chip,
                (session, configuration) -> DriftCheck.run(
                        inSetUp ? Bench.inSetUp(session, configuration) : new Bench(session, configuration), stored));
    }

    /** The look before a start or a resume. */
    SortedMap<String, Number> beforeStart() {
        return look("before the training", true);
    }

    @Override
    public SortedMap<String, Number> afterEpoch(int epoch) {
        return epoch % every == 0 ? look("after epoch " + epoch, false) : new TreeMap<>();
    }

    private SortedMap<String, Number> look(String when, boolean inSetUp) {
        long drifted = 0;
        for (int chip = 0; chip < calibrations.size(); chip++) {
            CalibrationResult stored = calibrations.get(chip);
            DriftReport report = look.at(chip, stored, inSetUp);
            String text = "calibration " + stored.id() + " " + when + ": " + report.summary();
            if (report.drifted()) {
                drifted++;
                screen.warn(text + "; repair it with 'firstspike calibrate refine --activate'");
            } else {
                screen.progress(text);
            }
        }
        SortedMap<String, Number> counters = new TreeMap<>();
        counters.put(DRIFTED, drifted);
        return counters;
    }
}
