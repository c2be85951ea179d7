package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.coordinate.Quadrant;
import firstspike.driver.coordinate.QuadrantParameter;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.LinkOptions;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.doctor.CalibrationCheck;
import firstspike.experiments.doctor.CheckResult;
import firstspike.experiments.doctor.Status;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.result.ChipCodes;
import firstspike.runtime.calibration.result.ChipIdentity;
import firstspike.runtime.calibration.result.CodeField;
import firstspike.runtime.calibration.result.Derived;
import firstspike.runtime.calibration.store.CalibrationStore;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about stored calibrations, and what trainings make of them. */
class CalibrateStoreTest {

    private static final String CHIP = "emu-varied-7";

    @TempDir
    Path folder;

    private Cli cli;
    private CalibrationStore store;

    @BeforeEach
    void aStore() {
        Path calibrations = folder.resolve("calibrations");
        cli = new Cli(folder.resolve("runs")).with("FIRSTSPIKE_CALIBRATIONS", calibrations.toString());
        store = new CalibrationStore(calibrations, Clock.systemUTC());
    }

    private CalibrationId stored(String chip, int leak, Duration age) {
        double[] values = new double[CalibrationResult.NEURONS];
        double[] theta = new double[CalibrationResult.NEURONS];
        Arrays.fill(values, 80);
        Arrays.fill(theta, 1.55);
        ChipCodes.Builder codes = ChipCodes.none().change();
        for (int n = 0; n < values.length; n++) {
            codes.cell(n, NeuronParameter.V_LEAK, leak)
                    .cell(n, NeuronParameter.V_RESET, 498)
                    .cell(n, NeuronParameter.V_THRESHOLD, 279)
                    .cell(n, NeuronParameter.I_BIAS_LEAK, 153)
                    .cell(n, NeuronParameter.I_BIAS_RESET, 1012)
                    .cell(n, NeuronParameter.I_BIAS_SYNIN_EXC_TAU, 512)
                    .cell(n, NeuronParameter.I_BIAS_SYNIN_INH_TAU, 512)
                    .cell(n, NeuronParameter.I_BIAS_SYNIN_EXC_SHIFT, 310)
                    .cell(n, NeuronParameter.I_BIAS_SYNIN_INH_SHIFT, 310)
                    .cell(n, NeuronParameter.I_BIAS_SYNIN_EXC_GM, 700)
                    .cell(n, NeuronParameter.I_BIAS_SYNIN_INH_GM, 700);
        }
        for (Quadrant quadrant : Quadrant.values()) {
            codes.cell(QuadrantParameter.SYN_I_BIAS_DAC.cell(quadrant), 1000)
                    .cell(QuadrantParameter.NEURON_V_BIAS_CASC_N.cell(quadrant), 250)
                    .cell(QuadrantParameter.NEURON_I_BIAS_READOUT_AMP.cell(quadrant), 110)
                    .cell(QuadrantParameter.NEURON_I_BIAS_LEAK_SOURCE_FOLLOWER.cell(quadrant), 100)
                    .cell(QuadrantParameter.NEURON_I_BIAS_SPIKE_COMPARATOR.cell(quadrant), 200)
                    .cell(QuadrantParameter.NEURON_I_BIAS_SYNIN_DROP.cell(quadrant), 300);
        }
        int[] on = new int[CalibrationResult.NEURONS];
        int[] cycles = new int[CalibrationResult.NEURONS];
        Arrays.fill(on, 1);
        Arrays.fill(cycles, 126);
        codes.field(CodeField.ENABLE_SYNAPTIC_INPUT_EXCITATORY_HIGH_RESISTANCE, on)
                .field(CodeField.ENABLE_SYNAPTIC_INPUT_INHIBITORY_HIGH_RESISTANCE, on)
                .field(CodeField.ENABLE_RESET_MULTIPLICATION, on)
                .field(CodeField.SELECT_INPUT_CLOCK, on)
                .field(CodeField.REFRACTORY_TIME, cycles)
                .field(CodeField.CLOCK_SCALE_FAST, new int[] {4, 4})
                .field(CodeField.CLOCK_SCALE_SLOW, new int[] {9, 9});
        CalibrationResult result = CalibrationResult.builder(
                        new ChipIdentity(new ChipId(chip), "emu:varied?seed=7", "a chip", "varied", Optional.empty()),
                        TargetSet.fastAndDeep())
                .status(CalibrationStatus.COMPLETE)
                .time(Instant.now().minus(age), 40)
                .madeBy("0.1.0", 1)
                .codes(codes.build())
                .achieved(Quantity.LEAK, values)
                .derived(new Derived(theta, OptionalLong.of(44), Map.of()))
                .build();
        store.put(result, List.of());
        return result.id();
    }

    private static JsonNode json(Cli.Said said) throws IOException {
        return new ObjectMapper().readTree(said.out());
    }

    @Test
    void activateShowDiffAndRollback() throws IOException {
        String first = stored(CHIP, 400, Duration.ofHours(3)).value();
        String second = stored(CHIP, 410, Duration.ofHours(2)).value();

        assertThat(cli.run("calibrate", "activate", first).exit()).isZero();
        assertThat(cli.run("calibrate", "activate", second).exit()).isZero();
        JsonNode shown = json(cli.run("calibrate", "show", "--json"));
        assertThat(shown.path("schema").asText()).isEqualTo("firstspike.calibration/1");
        assertThat(shown.path("id").asText()).isEqualTo(second);
        assertThat(shown.path("activated").asBoolean()).isTrue();
        JsonNode diff = json(cli.run("calibrate", "diff", first, "current", "--json"));
        assertThat(diff.path("codes").path("v_leak").path("count").asInt()).isEqualTo(512);
        assertThat(diff.path("codes").path("v_leak").path("median").asDouble()).isEqualTo(10);
        assertThat(json(cli.run("calibrate", "diff", first, first, "--json"))
                        .path("equal")
                        .asBoolean())
                .isTrue();

        assertThat(cli.run("calibrate", "rollback").out()).contains(first);
        assertThat(cli.run("calibrate", "show").out())
                .contains("activated      yes")
                .contains(first);
        assertThat(json(cli.run("calibrate", "list", "--json")).path("calibrations"))
                .hasSize(2);
        assertThat(cli.run("calibrate", "rollback").exit()).isEqualTo(Failure.CALIBRATION);
    }

    @Test
    void exportAndImport() {
        String id = stored(CHIP, 400, Duration.ofHours(3)).value();
        String file = folder.resolve("one.zip").toString();

        assertThat(cli.run("calibrate", "export", id, "--out", file).exit()).isZero();
        assertThat(cli.run("calibrate", "export", id, "--out", file).exit()).isEqualTo(Failure.FILE);
        Cli other = new Cli(folder.resolve("runs"))
                .with("FIRSTSPIKE_CALIBRATIONS", folder.resolve("other").toString());
        assertThat(other.run("calibrate", "import", file).exit()).isZero();
        assertThat(other.run("calibrate", "show", id).out())
                .contains("activated      no (use: firstspike calibrate activate");
        assertThat(other.run("calibrate", "import", folder.resolve("none.zip").toString())
                        .exit())
                .isEqualTo(Failure.FILE);
    }

    @Test
    @DisplayName("J48 a pointer to nothing exits 7, one that leads out of the store exits 6")
    void badPointers() throws IOException {
        stored(CHIP, 400, Duration.ofHours(3));
        Path pointer = store.root().resolve(CHIP).resolve("current.spiking");

        Files.writeString(pointer, "cal-20200101T000000Z-000000000000");
        assertThat(train().exit()).isEqualTo(Failure.CALIBRATION);
        assertThat(json(train("--json")).path("code").asText()).isEqualTo("CALIBRATION_MISSING");
        Files.writeString(pointer, "../../x");
        assertThat(train().exit()).isEqualTo(Failure.FILE);
        assertThat(json(train("--json")).path("code").asText()).isEqualTo("CORRUPT_CALIBRATION");
    }

    @Test
    @DisplayName("C-13 J21 a calibration of another chip exits 7")
    void anotherChip() throws IOException {
        String other = stored("emu-varied-1", 400, Duration.ofHours(3)).value();

        assertThat(json(train("--json")).path("code").asText()).isEqualTo("CALIBRATION_MISSING");
        Cli.Said refused = train("--calibration", other, "--json");
        assertThat(refused.exit()).isEqualTo(Failure.CALIBRATION);
        assertThat(json(refused).path("code").asText()).isEqualTo("OTHER_CHIP");
        assertThat(refused.out()).contains("--force-chip");
        assertThat(cli.run("calibrate", "verify", other, "--target", "emu:varied?seed=7")
                        .exit())
                .isEqualTo(Failure.CALIBRATION);
    }

    @Test
    @DisplayName("J21 an older calibration than calibration_max_age is printed with its age and degrades the result")
    void anOldCalibration() throws IOException {
        String old = stored("emu-nominal-7", 466, Duration.ofDays(9)).value();

        Cli.Said said = cli.run(
                "eval",
                "yin-yang-chip",
                "--weights",
                weights().toString(),
                "--target",
                "emu:nominal?seed=7",
                "--calibration",
                old,
                "--set",
                "dataset.test_size=2",
                "--set",
                "training.batch_size_evaluation=2",
                "--json");

        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        JsonNode result = json(said);
        assertThat(result.path("calibration").path("id").asText()).isEqualTo(old);
        assertThat(result.path("calibration").path("age_s").asLong()).isGreaterThan(8 * 86_400);
        assertThat(result.path("health").path("verdict").asText()).isEqualTo("degraded");
    }

    private CheckResult doctor(String uri) {
        try (ChipTarget target = (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults())) {
            return new CalibrationCheck(store, Clock.systemUTC(), CalibrationCheck.USUAL_AGE)
                    .run(target.chips().get(0));
        }
    }

    @Test
    @DisplayName("U22 doctor tells id, status and age of the calibration in use, and warns of an old or missing one")
    void doctorOfACalibration() {
        String target = "emu:varied?seed=7";
        assertThat(doctor("emu:nominal?seed=7").status()).isEqualTo(Status.OK);
        assertThat(doctor(target))
                .satisfies(none -> assertThat(none.status()).isEqualTo(Status.WARN))
                .satisfies(none ->
                        assertThat(none.remedy()).contains("firstspike calibrate run --target 'emu:varied?seed=7'"));

        String young = stored(CHIP, 400, Duration.ofHours(3)).value();
        String old = stored(CHIP, 410, Duration.ofDays(9)).value();
        cli.run("calibrate", "activate", young);
        assertThat(doctor(target))
                .satisfies(fit -> assertThat(fit.status()).isEqualTo(Status.OK))
                .satisfies(fit -> assertThat(fit.value()).contains(young, "complete", "3 h 0 min old"));
        cli.run("calibrate", "activate", old);
        assertThat(doctor(target))
                .satisfies(aged -> assertThat(aged.status()).isEqualTo(Status.WARN))
                .satisfies(aged -> assertThat(aged.value()).contains(old, "9 d 0 h old"))
                .satisfies(aged -> assertThat(aged.remedy()).contains("firstspike calibrate refine --target"));
    }

    @Test
    @DisplayName("U22 doctor fails for a calibration in use that is another chip's, of a newer format, or damaged")
    void doctorOfAnUnusableCalibration() throws IOException {
        String target = "emu:varied?seed=7";
        CalibrationId other = stored("emu-varied-1", 400, Duration.ofHours(3));
        Path chip = Files.createDirectories(store.root().resolve(CHIP));
        Path copy = Files.createDirectories(chip.resolve(other.value()));
        try (var files = Files.list(store.folder(new ChipId("emu-varied-1"), other))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Files.writeString(chip.resolve("current.spiking"), other.value());
        assertThat(doctor(target))
                .satisfies(foreign -> assertThat(foreign.status()).isEqualTo(Status.FAIL))
                .satisfies(foreign -> assertThat(foreign.value()).contains("emu-varied-1"))
                .satisfies(foreign -> assertThat(foreign.remedy()).contains("calibrate rollback"));

        Path manifest = copy.resolve("calibration.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("firstspike.calibration/1", "firstspike.calibration/9"));
        assertThat(doctor(target))
                .satisfies(newer -> assertThat(newer.status()).isEqualTo(Status.FAIL))
                .satisfies(newer -> assertThat(newer.value()).contains("firstspike.calibration/9"));
        Files.writeString(manifest, text.replace("fast-and-deep", "fast-and-deeq"));
        assertThat(doctor(target))
                .satisfies(damaged -> assertThat(damaged.status()).isEqualTo(Status.FAIL))
                .satisfies(damaged -> assertThat(damaged.value()).contains("SHA-256"));
    }

    @Test
    @DisplayName("C-15 an interrupted calibration exits 130, is kept as rejected, and what was in use stays in use")
    void interrupted() throws IOException {
        String before = stored(CHIP, 400, Duration.ofHours(3)).value();
        cli.run("calibrate", "activate", before);

        Thread.currentThread().interrupt();
        Cli.Said said = cli.run(
                "calibrate", "run", "--target", "emu:varied?seed=7", "--targets", "fast-and-deep", "--activate");

        assertThat(Thread.interrupted()).isFalse();
        assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(130);
        assertThat(said.err()).contains("finished steps are kept as rejected calibration cal-");
        JsonNode listed =
                json(cli.run("calibrate", "list", "--chip", CHIP, "--json")).path("calibrations");
        assertThat(listed).hasSize(2);
        for (JsonNode row : listed) {
            boolean first = row.path("id").asText().equals(before);
            assertThat(row.path("status").asText()).isEqualTo(first ? "complete" : "rejected");
            assertThat(row.path("activated").asBoolean()).isEqualTo(first);
        }
    }

    @Test
    void anotherNumberOfMergedCircuitsIsRefusedBeforeAnythingRuns() {
        Cli.Said said = cli.run("calibrate", "run", "--target", "emu:varied?seed=7", "--merged", "3");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--merged: 3 (known: 1, 2)");
    }

    private Path weights() {
        Path file = folder.resolve("weights.npz");
        new NpzBuilder()
                .add("layers/0/weight", NpyArray.of(new double[25 * 120], 25, 120))
                .add("layers/1/weight", NpyArray.of(new double[120 * 3], 120, 3))
                .write(file);
        return file;
    }

    private Cli.Said train(String... more) {
        String[] head = {"train", "yin-yang", "--target", "emu:varied?seed=7", "--set", "training.epochs=1"};
        String[] all = Arrays.copyOf(head, head.length + more.length);
        System.arraycopy(more, 0, all, head.length, more.length);
        return cli.run(all);
    }
}
