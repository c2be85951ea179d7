package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A calibration that is stopped from the keyboard. */
@Tag("acceptance")
class Calibration05CancelIT {

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "C-15 Ctrl-C ends a calibration with exit 130, keeps its finished steps, and what was in use stays in use")
    void stopped() throws Exception {
        CalibratedSeeds.require(1);
        String before = current();
        Path err = folder.resolve("err.txt");
        Process calibration = Program.start(
                err, "calibrate", "run", "--target", CalibratedSeeds.target(1), "--targets", "spiking", "--activate");
        while (!Files.readString(err).contains("cadc ")) {
            if (calibration.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("ended with " + calibration.exitValue() + ": " + Files.readString(err));
            }
        }
        long asked = System.nanoTime();
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(calibration.pid()))
                        .start()
                        .waitFor())
                .isZero();
        int exit = calibration.waitFor();
        double seconds = (System.nanoTime() - asked) * 1e-9;

        JsonNode rejected = null;
        JsonNode listed = Program.run("calibrate", "list", "--chip", "emu-varied-1", "--json")
                .succeeded()
                .json();
        for (JsonNode row : listed.path("calibrations")) {
            if (row.path("status").asText().equals("rejected")) {
                rejected = Program.run("calibrate", "show", row.path("id").asText(), "--json")
                        .succeeded()
                        .json();
            }
        }
        int steps = rejected == null ? 0 : rejected.path("steps").size();
        Program.Outcome check = Program.run("calibrate", "check", "--target", CalibratedSeeds.target(1), "--json");
        boolean holds = exit == 130
                && steps > 0
                && current().equals(before)
                && check.exit() == 0
                && check.json().path("id").asText().equals(before);
        Table.row(
                "calibration 5",
                "kill -INT in calibrate run --activate",
                "130, finished steps kept as rejected, the one before in use and right",
                exit + ", " + steps + " steps, check of the one before exits " + check.exit(),
                seconds,
                holds);
        assertThat(holds).isTrue();
    }

    private static String current() throws Exception {
        return Files.readString(Program.calibrations().resolve("emu-varied-1/current.spiking"))
                .strip();
    }
}
