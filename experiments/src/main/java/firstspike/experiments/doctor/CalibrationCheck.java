package firstspike.experiments.doctor;

import firstspike.driver.link.ChipDescription;
import firstspike.experiments.run.Ages;
import firstspike.experiments.run.ChosenCalibrations;
import firstspike.experiments.run.Quoting;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.error.HostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Whether the calibration that trainings would use on a chip is there, whole, of this chip and young (calibration.md 8). */
public final class CalibrationCheck {

    /** Age above which a run is degraded unless its experiment says otherwise (formats.md 6). */
    public static final Duration USUAL_AGE = Duration.ofDays(7);

    /** Name of its result. */
    public static final String NAME = "calibration age";

    private static final String OLD = "firstspike calibrate refine --target %s --activate";
    private static final String NEW = "firstspike calibrate run --target %s --targets fast-and-deep --activate";

    private final CalibrationStore store;
    private final Clock clock;
    private final Duration mostAge;

    /**
     * @param store of calibrations
     * @param clock of the present
     * @param mostAge above which a calibration is a warning
     */
    public CalibrationCheck(CalibrationStore store, Clock clock, Duration mostAge) {
        this.store = store;
        this.clock = clock;
        this.mostAge = mostAge;
    }

    /**
     * Looks into the store; nothing is asked of the chip.
     *
     * @param chip that answered
     * @return what was found
     */
    public CheckResult run(ChipDescription chip) {
        String expected = "one of chip " + chip.chipId() + " in use, younger than " + Ages.text(mostAge);
        try {
            Optional<CalibrationId> current = store.current(chip.chipId(), CalibrationKind.SPIKING);
            return current.isPresent()
                    ? judge(store.get(chip.chipId(), current.get()), chip, expected)
                    : CheckResult.of(
                            NAME,
                            !chip.needsCalibration(),
                            Status.WARN,
                            "none in use in " + store.root() + (chip.needsCalibration() ? "" : ", and none needed"),
                            expected,
                            "make one with '" + command(NEW, chip) + "'");
        } catch (HostException e) {
            return new CheckResult(
                    NAME,
                    Status.FAIL,
                    e.getMessage(),
                    expected,
                    "go back with 'firstspike calibrate rollback --chip " + chip.chipId() + "', or make one with '"
                            + command(NEW, chip) + "'");
        }
    }

    private CheckResult judge(CalibrationResult result, ChipDescription chip, String expected) {
        // a folder that was copied between chips has another one's calibration
        ChosenCalibrations.requireSameChip(result, chip, false);
        Duration age = result.age(clock.instant());
        String value = result.id() + ", " + result.status().label() + ", " + Ages.text(age) + " old, "
                + result.grades().size() + " circuits not good";
        if (result.status() == CalibrationStatus.REJECTED) {
            return new CheckResult(NAME, Status.FAIL, value, expected, "make one with '" + command(NEW, chip) + "'");
        }
        if (result.status() == CalibrationStatus.PARTIAL) {
            return new CheckResult(
                    NAME,
                    Status.WARN,
                    value,
                    expected,
                    "see what was missed with 'firstspike calibrate show " + result.id() + "'");
        }
        return CheckResult.of(
                NAME,
                age.compareTo(mostAge) <= 0,
                Status.WARN,
                value,
                expected,
                "bring it up to date with '" + command(OLD, chip) + "'");
    }

    private static String command(String form, ChipDescription chip) {
        return String.format(form, Quoting.word(chip.target()));
    }
}
