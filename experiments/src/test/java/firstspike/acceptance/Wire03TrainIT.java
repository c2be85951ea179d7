package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.hostarq.FaultInjector;
import firstspike.driver.hostarq.Impairments;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Training over gRPC, a bridge, a bad network and an emulated FPGA leaves the arrays and metrics of one in process. */
@Tag("acceptance")
class Wire03TrainIT {

    private static final String CHIP = "nominal?seed=1";
    private static final int EPOCHS = 2;
    private static final long HOLD_NANOS = 2_000_000;

    @Test
    @DisplayName("J38 a training through the whole stack on a bad network equals the one in process")
    void sameArraysAndMetrics() throws Exception {
        long begin = System.nanoTime();
        Impairments bad =
                Impairments.none().withLoss(0.01).withDuplication(0.01).withReordering(0.01, HOLD_NANOS);
        Path local = run("emu:" + CHIP);
        try (Served fpga = Served.fpga(CHIP);
                FaultInjector network = FaultInjector.before(fpga.address(), bad, 38);
                Served bridge = Served.bridge(network.address(), "")) {
            Path remote = run(bridge.grpcTarget());
            Comparison.assertEqualOverTheWire(local, remote, EPOCHS);
            JsonNode totals = bridge.stop();
            Table.row(
                    "wire 3",
                    "train yin-yang-chip --target grpc://… --set training.epochs=" + EPOCHS,
                    "arrays and metrics of emu:" + CHIP + " at 1 % loss, duplication and reordering",
                    "equal; " + network.toFpga() + " to the FPGA, "
                            + totals.at("/hostarq/frames_resent").asLong() + " frames resent, "
                            + totals.at("/programs_done").asLong() + " programs",
                    (System.nanoTime() - begin) / 1e9,
                    totals.at("/hostarq/frames_resent").asLong() > 0);
        }
    }

    private static Path run(String target) {
        JsonNode result = Program.train("yin-yang-chip", "--target", target, "--set", "training.epochs=" + EPOCHS);
        return Path.of(result.get("run").get("path").asText());
    }
}
