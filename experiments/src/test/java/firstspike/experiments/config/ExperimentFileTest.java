package firstspike.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.error.UnknownTargetException;
import firstspike.runtime.error.ExperimentException.Code;
import firstspike.runtime.learning.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentFileTest {

    private static final String SMALL = """
            schema: firstspike.experiment/1
            id: small
            target: "ideal:"
            dataset: {name: yin_yang}
            network:
              inputs: 4
              layers:
                - {size: 5, bias_times: [0.9]}
                - {size: 3}
            training: {epochs: 2, batch_size: 10}
            """;

    static List<String> bundled() {
        return ExperimentFile.bundledIds();
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void everyBundledExperimentIsValid(String id) {
        Experiment experiment =
                ExperimentFile.bundled(id).resolve(Overrides.none()).orThrow();

        assertThat(experiment.id()).isEqualTo(id);
        assertThat(experiment.network().outputs()).isIn(3, 10);
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void aResolvedExperimentReadsBackToItself(String id) {
        Experiment first = ExperimentFile.bundled(id).resolve(Overrides.none()).orThrow();
        Experiment second = file(first.yaml()).resolve(Overrides.none()).orThrow();

        assertThat(second.canonicalJson()).isEqualTo(first.canonicalJson());
        assertThat(second.yaml()).isEqualTo(first.yaml());
        assertThat(second.sha256()).isEqualTo(first.sha256()).hasSize(64);
    }

    @Test
    void publishedValuesOfTheChipExperiment() {
        Experiment chip = ExperimentFile.bundled("yin-yang-chip")
                .resolve(Overrides.none())
                .orThrow();

        assertThat(chip.training().optimizer().learningRate()).isEqualTo(0.002);
        assertThat(chip.training().schedule()).isEqualTo(new Schedule(Schedule.Kind.STEP, 20, 0.95));
        assertThat(chip.training().snapshots()).containsExactly(1, 5, 10, 15, 50, 100, 150, 200);
        assertThat(chip.network().rows(0)).isEqualTo(25);
        assertThat(chip.chip().orElseThrow().windowTau()).isEqualTo(30);
        assertThat(chip.status()).isEqualTo("published");
    }

    @Test
    @DisplayName("J18 a misspelt key names file, line, column and the nearest key")
    void proposesTheNearestKey() {
        Problem problem = only(SMALL.replace("batch_size: 10}", "batch_size: 10, optimizer: {learnig_rate: 0.1}}"));

        assertThat(problem.code()).isEqualTo(Code.UNKNOWN_KEY);
        assertThat(problem.line()).isEqualTo(10);
        assertThat(problem.column()).isEqualTo(51);
        assertThat(problem.key()).isEqualTo("training.optimizer.learnig_rate");
        assertThat(problem.message()).startsWith("small.yaml:10:51: ").contains("did you mean learning_rate?");
    }

    @Test
    @DisplayName("J19 another dimension is refused, another unit of the same one converted")
    void convertsUnits() {
        assertThat(only(SMALL + "chip: {tau_us: \"6 mV\"}\n"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.UNIT_MISMATCH))
                .satisfies(problem -> assertThat(problem.message()).contains("mV is a voltage"));
        assertThat(valid(SMALL + "chip: {tau_us: \"0.006 ms\"}\n")
                        .chip()
                        .orElseThrow()
                        .tauUs())
                .isEqualTo(6.0);
        assertThat(valid(SMALL + "chip: {tau_us: \"750 ticks\"}\n")
                        .chip()
                        .orElseThrow()
                        .tauUs())
                .isEqualTo(6.0);
        assertThat(valid(SMALL + "encoding: {t_late: \"1.2 tau\"}\n").encoding().late())
                .isEqualTo(1.2);
    }

    @Test
    void reportsAllMistakesAtOnce() {
        Resolution resolution = file(SMALL.replace("epochs: 2", "epochs: -1")
                        .replace("size: 5", "size: five")
                        .replace("inputs: 4", "inputz: 4"))
                .resolve(Overrides.none());

        assertThat(resolution.problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "network.inputs", "network.inputz", "network.layers.0.size", "training.epochs");
        assertThatThrownBy(resolution::orThrow)
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessageContaining("network.inputz")
                .hasMessageContaining("training.epochs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training: {epochs: 2, epochs: 3, batch_size: 1}   | DUPLICATE_KEY",
                "training: !!map {epochs: 2, batch_size: 1}        | YAML_REFUSED",
                "training: &t {epochs: 2, batch_size: 1}           | YAML_REFUSED",
                "training: *t                                      | YAML_REFUSED",
                "training: {epochs: 010, batch_size: 1}            | VALUE_OUT_OF_RANGE",
                "training: {epochs: 2, batch_size: 1, shuffle: yes}| VALUE_OUT_OF_RANGE",
                "training: {epochs: 2.5, batch_size: 1}            | VALUE_OUT_OF_RANGE",
                "training: {epochs: null, batch_size: 1}           | VALUE_OUT_OF_RANGE",
                "training: {epochs: 2}                             | MISSING_KEY",
                "training: {epochs: 2, batch_size: 1               | YAML_REFUSED",
                "training: {epochs: 2, batch_size: .nan}           | VALUE_OUT_OF_RANGE",
                "training: {epochs: 99999999999999999999, batch_size: 1} | VALUE_OUT_OF_RANGE",
            })
    void refuses(String line, Code code) {
        String text = SMALL.replace("training: {epochs: 2, batch_size: 10}", line.strip());

        assertThat(file(text).resolve(Overrides.none()).problems())
                .isNotEmpty()
                .first()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code))
                .satisfies(problem -> assertThat(problem.line()).isPositive());
    }

    @Test
    void aTextThatLooksLikeATruthValueStaysAText() {
        assertThat(valid(SMALL + "description: yes\n").tree()).containsEntry("description", "yes");
    }

    @Test
    void refusesDepthAndSize() {
        String deep = SMALL + "reference: " + "{a: ".repeat(40) + "1" + "}".repeat(40) + "\n";
        assertThat(file(deep).resolve(Overrides.none()).problems().get(0).code())
                .isEqualTo(Code.YAML_LIMIT);
        String long1 = SMALL + "# " + "x".repeat(1 << 20);
        assertThat(file(long1).resolve(Overrides.none()).problems().get(0).code())
                .isEqualTo(Code.YAML_LIMIT);
    }

    @Test
    void refusesASecondDocumentAndBytesThatAreNoText() {
        assertThat(only(SMALL + "---\nid: b\n").code()).isEqualTo(Code.YAML_REFUSED);
        Resolution bytes =
                new ExperimentFile("b.yaml", Optional.empty(), new byte[] {(byte) 0xFF, 0}).resolve(Overrides.none());
        assertThat(bytes.problems()).extracting(Problem::code).containsExactly(Code.YAML_REFUSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "neuron: {v_threshold: 0, v_leak: 0}       | VALUE_OUT_OF_RANGE | neuron.v_threshold",
                "neuron: {tau_mem: 2}                      | RULE_DOES_NOT_FIT  | neuron.learning_rule",
                "encoding: {t_early: 3}                    | VALUE_OUT_OF_RANGE | encoding.t_late",
                "record: [weights]                         | NOT_BUILT_YET      | record.0",
                "record: [moon]                            | VALUE_OUT_OF_RANGE | record.0",
                "record: [spikes, spikes]                  | VALUE_OUT_OF_RANGE | record.1",
                "record: ['membrane:layer0[0]']            | NOT_BUILT_YET      | record.0",
                "record: ['membrane:moon[0]']              | VALUE_OUT_OF_RANGE | record.0",
                "record: ['membrane:layer0[99]']           | VALUE_OUT_OF_RANGE | record.0",
                "chip: {window_tau: 30, window_us: 100}    | VALUE_OUT_OF_RANGE | chip.window_us",
                "chip: {window_tau: 4}                     | VALUE_OUT_OF_RANGE | chip.window_tau",
                "forward: {kind: euler}                    | NOT_BUILT_YET      | forward.kind",
                "require: [accuracy is good]               | VALUE_OUT_OF_RANGE | require.0",
                "loss: {kind: mse, t_correct: 1, t_wrong: 2, xi: 3} | UNKNOWN_KEY | loss.xi",
            })
    void refusesWhatDoesNotGoTogether(String line, Code code, String key) {
        Problem problem = only(SMALL + line.strip() + "\n");

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.key()).isEqualTo(key);
    }

    @Test
    void aRecordingHasANetworkAndNoData() {
        String network = "schema: firstspike.experiment/1\nid: r\ntask: record\ntarget: emu:nominal\n"
                + "record: [spikes, fpga-time, 'membrane:out[1]']\n"
                + "network:\n  inputs: 3\n  layers: [{name: out, size: 2}]\n";

        Experiment recording = file(network).resolve(Overrides.none()).orThrow();

        assertThat(recording.isRecording()).isTrue();
        assertThat(recording.recording())
                .isEqualTo(new Recording(true, false, true, List.of(new Recording.Membrane("out", 1))));
        assertThat(recording.network().inputs()).isEqualTo(3);
        assertThat(file(recording.yaml()).resolve(Overrides.none()).orThrow().sha256())
                .isEqualTo(recording.sha256());
        assertThat(only(network + "dataset: {name: yin_yang}\n").code()).isEqualTo(Code.UNKNOWN_KEY);
    }

    @Test
    void aNetworkThatDoesNotMatchItsDataIsRefused() {
        assertThat(only(SMALL.replace("inputs: 4", "inputs: 5")).key()).isEqualTo("network.inputs");
        assertThat(only(SMALL.replace("size: 3", "size: 2")).code()).isEqualTo(Code.RULE_DOES_NOT_FIT);
    }

    @Test
    void setsKeysAndListItems() {
        Experiment changed = file(SMALL)
                .resolve(Overrides.of("network.layers.0.size=7", "training.schedule.kind=cosine"))
                .orThrow();

        assertThat(changed.network().layers().get(0).size()).isEqualTo(7);
        assertThat(changed.training().schedule()).isEqualTo(Schedule.COSINE);
    }

    @Test
    void saysWhatIsWrongWithASet() {
        assertThat(file(SMALL).resolve(Overrides.of("training.epochs=many")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("--set training.epochs=many:1:17: training.epochs: many"));
        assertThat(file(SMALL).resolve(Overrides.of("training.epochz=1")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("did you mean epochs?"));
        assertThat(file(SMALL).resolve(Overrides.of("network.layers.2.size=1")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("an index from 0 to 1"));
    }

    @Test
    void aChangedPublishedExperimentIsStoredAsOwn() {
        ExperimentFile published = ExperimentFile.bundled("yin-yang-chip");

        Experiment changed =
                published.resolve(Overrides.of("training.epochs=20")).orThrow();
        assertThat(changed.status()).isEqualTo("own");
        assertThat(changed.tree()).containsEntry("derived_from", "yin-yang-chip");
        assertThat(published
                        .resolve(Overrides.of("training.snapshots_epochs=[5]"))
                        .orThrow()
                        .status())
                .isEqualTo("published");
    }

    @Test
    @DisplayName("J16 a file without target resolves only with one from option or environment")
    void needsATarget() {
        ExperimentFile file = file(SMALL.replace("target: \"ideal:\"\n", ""));

        assertThatThrownBy(() -> file.resolve(Overrides.none()))
                .isInstanceOf(UnknownTargetException.class)
                .hasMessageContaining("emu:nominal?seed=0");
        Resolution environment =
                file.resolve(new Overrides(List.of(), Optional.empty(), Optional.of("ideal:"), OptionalLong.empty()));
        assertThat(environment.targetOrigin()).isEqualTo(TargetOrigin.ENVIRONMENT);
        assertThat(environment.orThrow().target()).isEqualTo("ideal:");
    }

    @Test
    void theOptionWinsOverTheFileAndTheFileOverTheEnvironment() {
        Overrides both =
                new Overrides(List.of(), Optional.of("emu:nominal"), Optional.of("grpc://h:1"), OptionalLong.of(9));
        Experiment experiment = file(SMALL).resolve(both).orThrow();

        assertThat(experiment.target()).isEqualTo("emu:nominal");
        assertThat(experiment.training().batchSeed()).isEqualTo(9);
        assertThat(experiment.training().noiseSeed()).isEqualTo(9);
    }

    @Test
    void unknownIdsProposeTheNearest() {
        assertThatThrownBy(() -> ExperimentFile.find("yin-yang-chp"))
                .isInstanceOf(UnknownExperimentException.class)
                .hasMessageContaining("did you mean yin-yang-chip?");
    }

    private static Problem only(String text) {
        List<Problem> problems = file(text).resolve(Overrides.none()).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static Experiment valid(String text) {
        return file(text).resolve(Overrides.none()).orThrow();
    }

    private static ExperimentFile file(String text) {
        return new ExperimentFile("small.yaml", Optional.empty(), text.getBytes(StandardCharsets.UTF_8));
    }
}
