package firstspike.acceptance;

import firstspike.runtime.calibration.target.TargetSet;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A calibration does not see which way leads to its chip. */
@Tag("acceptance")
class Calibration07WireIT {

    private static final String CHIP = "varied?seed=1";
    private static final double LARGEST_SECONDS = 90;
    private static final int HEAP_MIB = 1024;

    @Test
    @DisplayName("C-07 over gRPC the same codes as in process, within a minute and a half")
    void sameCodes() throws IOException {
        CalibratedChip here = CalibratedChip.of("emu:" + CHIP, TargetSet.fastAndDeep(), false);
        CalibratedChip there;
        try (Served server = Served.emulator(HEAP_MIB, CHIP)) {
            there = CalibratedChip.of(server.grpcTarget(), TargetSet.fastAndDeep(), false);
        }
        boolean same = here.result().codes().equals(there.result().codes())
                && Arrays.equals(
                        here.result().derived().normalisedThreshold(),
                        there.result().derived().normalisedThreshold());
        Table.row(
                "calibration 7",
                "calibrate run over gRPC and in process",
                "the same codes, within " + LARGEST_SECONDS + " s",
                same ? "the same codes" : "other codes",
                there.seconds(),
                same && there.seconds() <= LARGEST_SECONDS);
    }
}
