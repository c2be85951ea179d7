package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A chip that has aged since its calibration: found, repaired, compared, taken back; and one that is another chip. */
@Tag("acceptance")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class Calibration05DriftIT {

    private static final String LINE = "calibration 5";
    private static final String CHIP = "emu:varied?seed=1";
    private static final List<String> POTENTIALS = List.of("v_leak_lsb", "v_reset_lsb", "v_threshold_lsb");
    private static final double LONGEST_REFINEMENT_S = 15;

    @TempDir
    static Path store;

    private static JsonNode first;
    private static JsonNode fresh;
    private static JsonNode latest;

    @BeforeAll
    static void calibrate() {
        first = calibrate("run", "--target", CHIP, "--targets", "fast-and-deep", "--activate")
                .succeeded()
                .json();
        latest = first;
        fresh = calibrate("verify", "--target", CHIP).succeeded().json();
    }

    @Test
    @Order(1)
    @DisplayName("C-09 C-14 a drift of 4 LSB is found by verify and check, and repaired by refine")
    void someDrift() {
        repaired(4);
    }

    @Test
    @Order(2)
    @DisplayName("C-14 a drift of 15 LSB, which moves strengths too, is found and repaired")
    void largeDrift() {
        repaired(15);
    }

    @Test
    @Order(3)
    @DisplayName("C-11 J42 diff tells what a refinement changed, rollback brings the one before back into use")
    void compareAndTakeBack() {
        String from = first.path("id").asText();
        String to = latest.path("id").asText();
        Program.Outcome same = calibrate("diff", from, from).succeeded();
        Program.Outcome other = calibrate("diff", from, to).succeeded();
        Program.Outcome back = calibrate("rollback", "--target", CHIP).succeeded();
        Program.Outcome verified = calibrate("verify", from, "--target", CHIP);

        Program.Outcome now = calibrate("show", "current", "--target", CHIP).succeeded();
        boolean holds = !from.equals(to)
                && !other.json().equals(same.json())
                && !now.json().path("id").asText().equals(to)
                && verified.exit() == 0;
        Table.row(
                LINE,
                "calibrate diff, rollback",
                "diff names changes, rollback takes the latest back, the first is still good on its chip",
                "diff of " + other.json().size() + " parts, rollback exit " + back.exit() + ", verify exit "
                        + verified.exit(),
                back.seconds(),
                holds);
        assertThat(verified.exit()).isZero();
    }

    @Test
    @Order(4)
    @DisplayName("C-13 a calibration of another chip is refused with exit 7")
    void otherChip() {
        Program.Outcome refused = calibrate("verify", first.path("id").asText(), "--target", "emu:varied?seed=2");

        Table.row(
                LINE,
                "calibrate verify of seed 1 on seed 2",
                "exit 7",
                "exit " + refused.exit() + ", " + refused.json().path("code").asText(),
                refused.seconds(),
                refused.exit() == 7);
        assertThat(refused.exit()).isEqualTo(7);
    }

    private static void repaired(int drift) {
        String aged = CHIP + "&drift=" + drift;
        Program.Outcome missed = calibrate("verify", "--target", aged);
        Program.Outcome checked = calibrate("check", "--target", aged);
        Program.Outcome refined = calibrate("refine", "--target", aged, "--activate");
        Program.Outcome good = calibrate("verify", "--target", aged);
        Program.Outcome quiet = calibrate("check", "--target", aged);

        String parent = latest.path("id").asText();
        latest = refined.json();

        List<String> names = new ArrayList<>();
        boolean neurons = false;
        for (JsonNode parameter : missed.json().path("parameters")) {
            if (!parameter.path("passed").asBoolean()) {
                names.add(parameter.path("parameter").asText());
                neurons |= parameter.path("worst").size() > 0;
            }
        }
        JsonNode repaired = good.json();
        boolean alike = POTENTIALS.stream()
                .allMatch(key -> spread(repaired, key) <= Math.max(1.2 * spread(fresh, key), spread(fresh, key) + 0.3));
        boolean holds = missed.exit() == 1
                && names.contains("v_leak_lsb")
                && neurons
                && checked.exit() == 1
                && refined.exit() == 0
                && latest.path("parent").asText().equals(parent)
                && good.exit() == 0
                && quiet.exit() == 0
                && alike
                && refined.seconds() <= LONGEST_REFINEMENT_S;
        Table.row(
                LINE,
                "calibrate verify, check, refine --activate, drift=" + drift,
                "verify and check exit 1 and name parameters and neurons; refine in 15 s; both exit 0 afterwards",
                String.format(
                        Locale.ROOT,
                        "verify %d (%s), check %d, refine %d in %.1f s, then %d and %d",
                        missed.exit(),
                        String.join(", ", names),
                        checked.exit(),
                        refined.exit(),
                        refined.seconds(),
                        good.exit(),
                        quiet.exit()),
                refined.seconds(),
                holds);
        assertThat(IntStream.of(missed.exit(), checked.exit(), refined.exit(), good.exit(), quiet.exit()))
                .containsExactly(1, 1, 0, 0, 0);
    }

    /** Of a verification: thresholds are whole LSB, of which quartiles tell too little. */
    private static double spread(JsonNode verified, String key) {
        for (JsonNode parameter : verified.path("parameters")) {
            if (parameter.path("parameter").asText().equals(key)) {
                return parameter.path("trimmed_sigma").asDouble(Double.NaN);
            }
        }
        return Double.NaN;
    }

    private static Program.Outcome calibrate(String... arguments) {
        List<String> all = new ArrayList<>(List.of("calibrate"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--json", "--quiet"));
        return Program.run(Map.of("FIRSTSPIKE_CALIBRATIONS", store.toString()), all.toArray(String[]::new));
    }
}
