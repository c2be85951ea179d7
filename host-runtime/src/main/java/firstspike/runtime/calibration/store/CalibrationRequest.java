package firstspike.runtime.calibration.store;

import firstspike.driver.link.ChipId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.target.TargetSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a calibration is asked to do; two equal requests may share a result. Neither the name of the target set nor the way to
 * the chip counts (calibration.md 8).
 *
 * @param chip which chip
 * @param kind what for
 * @param targets what its neurons should become
 * @param options what else was asked for
 * @param product version of the program; its first number counts
 */
public record CalibrationRequest(
        ChipId chip, CalibrationKind kind, TargetSet targets, SortedMap<String, String> options, String product) {

    /** Copies the options. */
    public CalibrationRequest {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /**
     * @param result of some calibration
     * @param maxAge how old it may be
     * @param now the present
     * @return whether it is a complete answer to this request, and young enough
     */
    public boolean isAnsweredBy(CalibrationResult result, Duration maxAge, Instant now) {
        return result.status() == CalibrationStatus.COMPLETE
                && result.chip().chipId().equals(chip)
                && result.kind() == kind
                && result.targets().named("").equals(targets.named(""))
                && result.options().equals(options)
                && major(result.product()).equals(major(product))
                && result.age(now).compareTo(maxAge) < 0;
    }

    private static String major(String version) {
        int dot = version.indexOf('.');
        return dot < 0 ? version : version.substring(0, dot);
    }
}
