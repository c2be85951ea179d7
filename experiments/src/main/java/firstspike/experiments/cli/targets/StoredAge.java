package firstspike.experiments.cli.targets;

import firstspike.driver.link.ChipId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.error.HostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The calibration in use on a chip, as the caller's own store knows it (journeys.md U9).
 *
 * @param id of the calibration
 * @param age since it was verified
 */
record StoredAge(String id, Duration age) {

    /** Looks a chip up; empty when it has none that can be read. */
    static Optional<StoredAge> of(CalibrationStore store, String chip) {
        try {
            ChipId id = new ChipId(chip);
            return store.current(id, CalibrationKind.SPIKING).map(current -> {
                CalibrationResult result = store.get(id, current);
                return new StoredAge(current.value(), result.age(Instant.now()));
            });
        } catch (HostException | IllegalArgumentException e) {
            // a list of chips is no place to refuse a damaged calibration
            return Optional.empty();
        }
    }
}
