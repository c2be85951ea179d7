package firstspike.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.ChipId;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.ChipIdentity;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.calibration.verification.DriftReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When a training looks at its calibrations, and what it makes of what it sees. */
class DriftChecksTest {

    private final List<String> looks = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    private final Screen screen = new Screen() {
        @Override
        public void message(String text) {}

        @Override
        public void warn(String text) {
            warnings.add(text);
        }

        @Override
        public void progress(String text) {
            progress.add(text);
        }

        @Override
        public void fleeting(String text) {}
    };

    private final List<CalibrationResult> calibrations = List.of(calibration("first"), calibration("second"));

    private static CalibrationResult calibration(String chip) {
        return CalibrationResult.builder(
                        new ChipIdentity(new ChipId(chip), "emu:varied", "a chip", "varied", Optional.empty()),
                        TargetSet.fastAndDeep())
                .time(Instant.EPOCH, 1)
                .build();
    }

    /** Chips of which one has drifted. */
    private DriftChecks checks(int every, int drifted) {
        return new DriftChecks(
                (chip, stored, inSetUp) -> {
                    looks.add(chip + " " + stored.chip().chipId() + (inSetUp ? " in the set-up" : ""));
                    return new DriftReport(
                            new int[] {4},
                            List.of(new DriftReport.Finding(
                                    Quantity.LEAK, new double[] {84}, 4, false, new int[] {4}, chip == drifted)));
                },
                calibrations,
                every,
                screen);
    }

    @Test
    @DisplayName("C-14 a training looks at every chip before it starts, as a part of the set-up, and says what drifted")
    void beforeTheStart() {
        assertThat(checks(2, 1).beforeStart()).containsExactly(Map.entry(DriftChecks.DRIFTED, 1L));

        assertThat(looks).containsExactly("0 first in the set-up", "1 second in the set-up");
        assertThat(progress).singleElement().asString().contains("before the training: no drift");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        calibrations.get(1).id().value(),
                        "before the training: drifted",
                        "v_leak_lsb: median shift +4.00 LSB, 1 of 1 out of tolerance",
                        "firstspike calibrate refine --activate");
    }

    @Test
    @DisplayName("C-14 between epochs a training looks only where an interval ends, with programs like others")
    void everySoManyEpochs() {
        DriftChecks checks = checks(3, -1);

        assertThat(checks.afterEpoch(1)).isEmpty();
        assertThat(checks.afterEpoch(2)).isEmpty();
        assertThat(looks).isEmpty();
        assertThat(checks.afterEpoch(3)).containsEntry(DriftChecks.DRIFTED, 0L);
        assertThat(checks.afterEpoch(4)).isEmpty();
        assertThat(checks.afterEpoch(6)).containsEntry(DriftChecks.DRIFTED, 0L);

        assertThat(looks).containsExactly("0 first", "1 second", "0 first", "1 second");
        assertThat(warnings).isEmpty();
        assertThat(progress).hasSize(4).first().asString().contains("after epoch 3: no drift");
    }
}
