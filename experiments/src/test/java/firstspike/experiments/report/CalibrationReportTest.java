package firstspike.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.ChipId;
import firstspike.runtime.calibration.evidence.Evidence;
import firstspike.runtime.calibration.evidence.EvidenceRecorder;
import firstspike.runtime.calibration.evidence.TraceFit;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadNeuron;
import firstspike.runtime.calibration.result.BadReason;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.result.ChipIdentity;
import firstspike.runtime.calibration.store.Attachment;
import firstspike.runtime.calibration.target.TargetSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CalibrationReportTest {

    private static double[] around(double mean, double spread, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[CalibrationResult.NEURONS];
        Arrays.setAll(values, n -> mean + spread * (random.nextDouble() - 0.5));
        return values;
    }

    private static CalibrationResult result() {
        double[] leak = around(80, 4, 1);
        leak[3] = Double.NaN;
        leak[17] = 95;
        return CalibrationResult.builder(
                        new ChipIdentity(
                                new ChipId("emu-varied-7"),
                                "emu:varied?seed=7",
                                "a <chip>",
                                "varied",
                                Optional.empty()),
                        TargetSet.fastAndDeep())
                .status(CalibrationStatus.COMPLETE)
                .time(Instant.parse("2026-11-01T12:00:00Z"), 41.5)
                .madeBy("0.1.0", 42)
                .achieved(Quantity.LEAK, leak)
                .achieved(Quantity.TAU_MEM, around(6, 0.4, 2))
                .achieved(Quantity.AMPLITUDE_EXC, around(36, 3, 3))
                .bad(new BadNeuron(3, Quantity.LEAK, BadReason.NOT_MEASURABLE))
                .bad(new BadNeuron(17, Quantity.LEAK, BadReason.OUT_OF_TOLERANCE))
                .warning("a <warning>")
                .build();
    }

    private static Evidence evidence() {
        EvidenceRecorder recorder = new EvidenceRecorder();
        recorder.before(Quantity.LEAK, around(80, 50, 4));
        int[] codes = new int[CalibrationResult.NEURONS];
        for (int step = 0; step < 3; step++) {
            Arrays.fill(codes, 300 + 100 * step);
            recorder.step(Quantity.LEAK, codes, around(40 + 40 * step, 10, step));
        }
        recorder.end(Quantity.LEAK);
        recorder.step(Quantity.LEAK, codes, around(80, 1, 9));
        double[] time = {0, 1, 2, 3};
        recorder.trace(new TraceFit(
                Quantity.TAU_MEM, 9, time, new double[] {9, 4, 2, 1}, new double[] {Double.NaN, 4, 2, 1}, 6.1));
        return recorder.evidence();
    }

    @Test
    @DisplayName("the page of a calibration shows quality, histograms, maps, curves, traces and what is wrong")
    void page() {
        String html = new CalibrationReport(result(), evidence()).html();
        assertThat(html)
                .contains(
                        "emu-varied-7",
                        "v_leak_lsb",
                        "tau_m_us",
                        "i_synin_gm_exc_lsb",
                        "not-measurable",
                        "a &lt;warning&gt;")
                .contains("Transfer curves", "Traces and fits", "before (median code)")
                .contains("510 good, 2 not fit")
                .doesNotContain("<script", "NaN", "a <chip>");
        // two of 512 leaks are not accepted
        assertThat(html).contains("99.6 %");
        assertThat(html.length()).isLessThan(400_000);
    }

    @Test
    @DisplayName("page and pictures are kept beside a result under names that its folder takes; without evidence too")
    void attachments() {
        assertThat(new CalibrationReport(result(), evidence()).attachments())
                .extracting(Attachment::name)
                .contains(
                        "report.html",
                        "histogram-v_leak_lsb.svg",
                        "chip-tau_m_us.svg",
                        "transfer-v_leak_lsb.svg",
                        "trace-tau_m_us-9.svg");
        String bare = new String(
                new CalibrationReport(result(), Evidence.none())
                        .attachments()
                        .get(0)
                        .content(),
                StandardCharsets.UTF_8);
        assertThat(bare).contains("Quality").doesNotContain("Transfer curves", "Traces and fits");
    }

    @Test
    @DisplayName("only the first search of a quantity is kept, and few traces")
    void recorder() {
        assertThat(evidence().curves()).hasSize(1);
        assertThat(evidence().curves().get(0).codes()).hasSize(3);
        EvidenceRecorder many = new EvidenceRecorder();
        double[] samples = new double[5000];
        for (int n = 0; n < 10; n++) {
            many.trace(new TraceFit(Quantity.TAU_MEM, n, samples, samples, samples, 1));
        }
        assertThat(many.evidence().traces()).hasSize(4);
        assertThat(many.evidence().traces().get(0).value().length).isLessThanOrEqualTo(1000);
    }
}
