package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.LinkOptions;
import firstspike.experiments.fit.ChipModelFit;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.plan.StoredCodes;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.verification.Verified;
import firstspike.runtime.calibration.verification.Verifier;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chip model that is fitted to a calibration stands for the chip that was calibrated. */
@Tag("acceptance")
class Calibration05FittedIT {

    private static final double POTENTIAL_LSB = 1;
    private static final double FACTOR = 0.04;
    private static final double SPREAD_LSB = 0.6;
    private static final double SPREAD_FACTOR = 0.02;

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "a fitted chip with the codes of its calibration has the medians and spreads of the chip it was fitted to")
    void standsForTheChip() throws Exception {
        CalibratedChip chip = CalibratedChip.of("emu:varied?seed=3", TargetSet.fastAndDeep(), false);
        CalibrationResult result = chip.result();
        Path file = folder.resolve("chip.npz");
        ChipModelFit fit = new ChipModelFit(result);
        Files.write(file, fit.bytes(Instant.now(), "acceptance"));

        List<String> misses = new ArrayList<>();
        StringBuilder seen = new StringBuilder();
        String uri = "emu:fitted?file=" + file + "&seed=11";
        try (ChipTarget target = (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
                ChipSession session = ChipSession.open(first -> target.open(0, first), 0, 0)) {
            Verified verified = new Verifier(StoredCodes.apply(result, session), result.targets()).run(false);
            for (Quantity quantity : result.measured()) {
                Statistics before = Statistics.of(result.achieved(quantity).orElseThrow());
                Statistics after = verified.report(quantity).orElseThrow().statistics();
                boolean relative = quantity.isRelative();
                double unit = relative ? before.median() : 1;
                double shift = (after.median() - before.median()) / unit;
                double wider = (after.trimmedSigma() - before.trimmedSigma()) / unit;
                seen.append(String.format("%s %+.3f %+.3f; ", quantity.key(), shift, wider));
                if (Math.abs(shift) > (relative ? FACTOR : POTENTIAL_LSB)
                        || Math.abs(wider) > (relative ? SPREAD_FACTOR : SPREAD_LSB)) {
                    misses.add(quantity.key());
                }
            }
        }
        Table.row(
                "calibration 5",
                "targets fit, then verify of the same codes on emu:fitted",
                "medians within 1 LSB or 4 %, spreads within 0.6 LSB or 2 %",
                seen + "noise " + fit.noise(),
                chip.seconds(),
                misses.isEmpty());
        assertThat(misses).as(seen.toString()).isEmpty();
    }
}
