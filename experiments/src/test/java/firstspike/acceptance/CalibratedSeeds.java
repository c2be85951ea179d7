package firstspike.acceptance;

import java.nio.file.Files;
import java.util.Arrays;

/** Emulated chips that differ, calibrated by the program and in use; made once a build. */
final class CalibratedSeeds {

    private CalibratedSeeds() {}

    /** Target of an uncalibrated chip. */
    static String target(int seed) {
        return "emu:varied?seed=" + seed;
    }

    /** Calibrates what is not calibrated yet. */
    static void require(int... seeds) {
        for (int seed : seeds) {
            boolean there = Files.exists(
                    Program.calibrations().resolve("emu-varied-" + seed).resolve("current.spiking"));
            if (!there) {
                Program.run(
                                "calibrate",
                                "run",
                                "--target",
                                target(seed),
                                "--targets",
                                "fast-and-deep",
                                "--activate",
                                "--quiet")
                        .succeeded();
            }
        }
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** Standard deviation of a sample. */
    static double spread(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }
}
