package firstspike.runtime.calibration.result;

import firstspike.driver.coordinate.CadcChannel;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.link.ChipId;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.target.TargetSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Results of calibrations that never happened. */
public final class CalibrationSamples {

    /** When they were made. */
    public static final Instant CREATED = Instant.parse("2026-11-01T12:00:00Z");

    private CalibrationSamples() {}

    /** A chip. */
    public static ChipIdentity chip(String id) {
        return new ChipIdentity(new ChipId(id), "emu:varied?seed=7", "a chip", "varied", Optional.of("66"));
    }

    /** Codes with two cells a neuron, one switch and the refractory clocks. */
    public static ChipCodes codes() {
        ChipCodes.Builder codes = ChipCodes.none().change();
        int[] division = new int[CalibrationResult.NEURONS];
        for (int n = 0; n < CalibrationResult.NEURONS; n++) {
            codes.cell(n, NeuronParameter.V_LEAK, 400 + n % 100).cell(n, NeuronParameter.V_THRESHOLD, 300 + n % 37);
            division[n] = n % 5 == 0 ? 1 : 0;
        }
        for (int c = 0; c < CadcChannel.COUNT; c++) {
            codes.cadcOffset(CadcChannel.of(c), c % 11 - 5);
        }
        return codes.field(CodeField.ENABLE_LEAK_DIVISION, division)
                .field(CodeField.CLOCK_SCALE_FAST, new int[] {4, 4})
                .build();
    }

    /** A complete result of chip {@code emu-varied-7}. */
    public static CalibrationResult.Builder builder() {
        return builder("emu-varied-7");
    }

    /** A complete result of a chip. */
    public static CalibrationResult.Builder builder(String chipId) {
        double[] leak = new double[CalibrationResult.NEURONS];
        double[] theta = new double[CalibrationResult.NEURONS];
        for (int n = 0; n < leak.length; n++) {
            leak[n] = 80 + Math.sin(n);
            theta[n] = 1.5 + 0.1 * Math.cos(n);
        }
        leak[3] = Double.NaN;
        double[] factor = new double[CalibrationResult.NEURONS];
        Arrays.fill(factor, 1.25);
        return CalibrationResult.builder(chip(chipId), TargetSet.fastAndDeep())
                .status(CalibrationStatus.COMPLETE)
                .time(CREATED, 41.5)
                .madeBy("0.1.0", 42)
                .option("merged", "1")
                .codes(codes())
                .achieved(Quantity.LEAK, leak)
                .derived(new Derived(theta, OptionalLong.of(44), Map.of(Quantity.LEAK, factor)).withNoise(factor))
                .bad(new BadNeuron(3, Quantity.LEAK, BadReason.NOT_MEASURABLE))
                .step(new StepRecord("neuron.leak", 2.5, 13, 511))
                .warning("tau_m_us 0.4 is below 0.5: expect imperfect results")
                .verified(new Verification(CREATED.plusSeconds(60), true, "leak: 99.8 % of 98 %"));
    }

    /** A complete result. */
    public static CalibrationResult result() {
        return builder().build();
    }
}
