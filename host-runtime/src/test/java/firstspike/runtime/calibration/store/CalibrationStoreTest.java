package firstspike.runtime.calibration.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.driver.link.ChipId;
import firstspike.runtime.calibration.evidence.TraceFit;
import firstspike.runtime.calibration.plan.CalibrationTask;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.quantity.SharedQuantity;
import firstspike.runtime.calibration.result.CalibrationId;
import firstspike.runtime.calibration.result.CalibrationKind;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.CalibrationSamples;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.store.HistoryEvent.Action;
import firstspike.runtime.calibration.target.TargetKey;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.NpzFile;
import firstspike.runtime.measurement.MergedCircuits;
import firstspike.runtime.session.ChipConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationStoreTest {

    private static final ChipId CHIP = new ChipId("emu-varied-7");
    private static final Instant NOW = CalibrationSamples.CREATED.plusSeconds(3600);

    @TempDir
    Path folder;

    private CalibrationStore store;

    @BeforeEach
    void open() {
        store = new CalibrationStore(folder.resolve("calibrations"), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static CalibrationResult result(int number) {
        return CalibrationSamples.builder()
                .time(CalibrationSamples.CREATED.plusSeconds(number), 40)
                .codes(CalibrationSamples.codes()
                        .change()
                        .cell(7, NeuronParameter.V_LEAK, number)
                        .build())
                .build();
    }

    private CalibrationResult stored(CalibrationResult result) {
        assertThat(store.put(result, List.of())).isTrue();
        return result;
    }

    private Path file(CalibrationResult result, String name) {
        return store.folder(CHIP, result.id()).resolve(name);
    }

    @Test
    @DisplayName(
            "C-11 a stored result comes back exactly; its difference to itself is empty; rollback restores equal codes")
    void roundTrip() {
        CalibrationResult result = stored(result(1));

        CalibrationResult read = store.get(CHIP, result.id());

        assertThat(read.id()).as("hash of all arrays").isEqualTo(result.id());
        assertThat(read.codes()).isEqualTo(result.codes());
        assertThat(Manifest.of(read)).isEqualTo(Manifest.of(result));
        assertThat(CalibrationDiff.of(read, result).isEmpty()).isTrue();

        CalibrationResult second = stored(result(2));
        store.activate(CHIP, result.id(), false, id -> false);
        store.activate(CHIP, second.id(), false, id -> false);
        CalibrationResult back = store.rollback(CHIP, CalibrationKind.SPIKING, Optional.empty());
        assertThat(back.id()).isEqualTo(result.id());
        assertThat(back.codes().onto(ChipConfiguration.defaults()))
                .isEqualTo(result.codes().onto(ChipConfiguration.defaults()));
        assertThat(store.current(CHIP, CalibrationKind.SPIKING)).contains(result.id());
    }

    @Test
    @DisplayName("C-11 targets and values of quadrants, drivers and compartments come back, where they were asked for")
    void furtherQuantities() {
        double[] taus = new double[CalibrationResult.NEURONS];
        Arrays.fill(taus, 2.1);
        TargetSet targets = TargetSet.spiking()
                .with(TargetKey.TAU_ICC, 2)
                .with(TargetKey.CORRELATION_TAU, 8)
                .with(TargetKey.STP_RAMP, 500);
        CalibrationResult result = stored(CalibrationResult.builder(CalibrationSamples.chip(CHIP.value()), targets)
                .time(Instant.parse("2026-01-02T03:04:05Z"), 1)
                .achieved(Quantity.TAU_ICC, taus)
                .shared(SharedQuantity.CORRELATION_TAU, new double[] {8, 8.1, 7.9, 8.2})
                .build());

        CalibrationResult read = store.get(CHIP, result.id());

        assertThat(read.id()).isEqualTo(result.id());
        assertThat(read.targets()).isEqualTo(targets);
        assertThat(read.shared(SharedQuantity.CORRELATION_TAU).orElseThrow()).containsExactly(8, 8.1, 7.9, 8.2);
        assertThat(read.shared(SharedQuantity.DRIVER_STRENGTH)).isEmpty();
        assertThat(Manifest.of(read)).isEqualTo(Manifest.of(result));
        assertThat(NeuronTable.of(read).lines().findFirst().orElseThrow()).endsWith(",tau_icc_us,reason");
        assertThat(NeuronTable.of(result(1)).lines().findFirst().orElseThrow()).doesNotContain("tau_icc_us");
        CalibrationResult other = stored(result(3));
        assertThat(CalibrationDiff.of(other, result).targets()).containsKeys("tau_icc_us", "stp_i_ramp_lsb");
        assertThat(CalibrationDiff.of(result, result).isEmpty()).isTrue();
    }

    @Test
    void theManifestHasTheKeysOfTheFormat() throws IOException {
        CalibrationResult result = stored(result(1));

        String manifest = Files.readString(file(result, "calibration.json"));

        for (String key : List.of(
                "schema",
                "id",
                "status",
                "chip_id",
                "describe",
                "bitfile",
                "warnings",
                "fidelity",
                "target",
                "created",
                "duration_s",
                "kind",
                "parent",
                "temperature_c",
                "seed",
                "targets",
                "achieved",
                "success",
                "steps",
                "verified",
                "product",
                "link",
                "adc",
                "sha256")) {
            assertThat(manifest).contains("\n  \"" + key + "\": ");
        }
        assertThat(manifest).startsWith("{\n  \"schema\": \"firstspike.calibration/1\"");
        List<String> neurons = Files.readAllLines(file(result, "neurons.csv"));
        assertThat(neurons).hasSize(513);
        assertThat(neurons.get(0))
                .isEqualTo("neuron,quadrant,column,good,v_leak_lsb,v_reset_lsb,v_threshold_lsb,tau_m_us,tau_syn_exc_us,"
                        + "tau_syn_inh_us,tau_refrac_us,i_synin_gm_exc_lsb,i_synin_gm_inh_lsb,reason");
        assertThat(neurons.get(4)).startsWith("3,0,3,false,,").endsWith("v_leak_lsb:not-measurable");
    }

    @Test
    @DisplayName("C-12 an equal request finds its complete, young answer; another target, chip or age does not")
    void reuse() {
        CalibrationResult result = stored(result(1));
        TargetSet targets = TargetSet.fastAndDeep();
        CalibrationRequest same = request(CHIP, targets.named("mine"), "0.9.9");

        assertThat(store.answer(same, Duration.ofDays(7)).map(CalibrationResult::id))
                .contains(result.id());
        assertThat(store.answer(same, Duration.ofMinutes(1))).isEmpty();
        assertThat(store.answer(request(CHIP, targets.with(TargetKey.LEAK, 81), "0.9.9"), Duration.ofDays(7)))
                .isEmpty();
        assertThat(store.answer(request(CHIP, targets, "1.0.0"), Duration.ofDays(7)))
                .isEmpty();
        assertThat(store.answer(request(new ChipId("other"), targets, "0.1"), Duration.ofDays(7)))
                .isEmpty();
    }

    private static CalibrationRequest request(ChipId chip, TargetSet targets, String product) {
        TreeMap<String, String> options = new TreeMap<>();
        options.put("merged", "1");
        return new CalibrationRequest(chip, CalibrationKind.SPIKING, targets, options, product);
    }

    @Test
    @DisplayName("C-15 what is not complete never comes into use, and what was in use stays")
    void unfitResultsAreNotActivated() {
        CalibrationResult good = stored(result(1));
        store.activate(CHIP, good.id(), false, id -> false);
        CalibrationResult partial = stored(CalibrationSamples.builder()
                .status(CalibrationStatus.PARTIAL)
                .time(CalibrationSamples.CREATED.plusSeconds(9), 1)
                .build());
        CalibrationResult rejected = stored(CalibrationSamples.builder()
                .status(CalibrationStatus.REJECTED)
                .time(CalibrationSamples.CREATED.plusSeconds(10), 1)
                .build());

        assertThatThrownBy(() -> store.activate(CHIP, partial.id(), false, id -> false))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CALIBRATION_MISSING)
                .hasMessageContaining("--allow-partial");
        assertThatThrownBy(() -> store.activate(CHIP, rejected.id(), true, id -> false))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CALIBRATION_MISSING);
        assertThat(store.current(CHIP, CalibrationKind.SPIKING)).contains(good.id());
        store.activate(CHIP, partial.id(), true, id -> false);
        assertThat(store.current(CHIP, CalibrationKind.SPIKING)).contains(partial.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"calibration.json", "cells.npz", "neurons.csv", "report.html"})
    void aChangedByteIsFound(String name) throws IOException {
        CalibrationResult result = result(1);
        store.put(result, List.of(new Attachment("report.html", "<p>fine</p>".getBytes(StandardCharsets.UTF_8))));
        byte[] content = Files.readAllBytes(file(result, name));
        int at = name.equals("calibration.json")
                ? new String(content, StandardCharsets.ISO_8859_1).indexOf("\"seed\": 42") + 9
                : content.length / 2;
        content[at] ^= 1;
        Files.write(file(result, name), content);

        assertThatThrownBy(() -> store.get(CHIP, result.id()))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CORRUPT_CALIBRATION)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"calibration.json", "cells.npz", "neurons.csv"})
    void aTruncatedOrMissingFileIsFound(String name) throws IOException {
        CalibrationResult result = stored(result(1));
        byte[] content = Files.readAllBytes(file(result, name));
        Files.write(file(result, name), Arrays.copyOf(content, content.length / 2));

        assertThatThrownBy(() -> store.get(CHIP, result.id()))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CORRUPT_CALIBRATION);

        Files.delete(file(result, name));
        assertThatThrownBy(() -> store.get(CHIP, result.id()))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CORRUPT_CALIBRATION);
    }

    @Test
    void aNewerFormatIsNamed() throws IOException {
        CalibrationResult result = stored(result(1));
        Path manifest = file(result, "calibration.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("firstspike.calibration/1", "firstspike.calibration/2"));

        assertThatThrownBy(() -> store.get(CHIP, result.id()))
                .isInstanceOfSatisfying(FormatException.class, e -> assertThat(e.code())
                        .isEqualTo(FormatException.Code.UNSUPPORTED_VERSION))
                .hasMessageContaining("firstspike.calibration/2");
    }

    @Test
    @DisplayName("J48 a pointer that leads nowhere, or out of the store")
    void badPointers() throws IOException {
        CalibrationResult result = stored(result(1));
        store.activate(CHIP, result.id(), false, id -> false);
        Path pointer = store.root().resolve(CHIP.value()).resolve("current.spiking");

        Files.writeString(pointer, "../../x");
        assertThatThrownBy(() -> store.current(CHIP, CalibrationKind.SPIKING))
                .isInstanceOfSatisfying(CalibrationException.class, e -> assertThat(e.code())
                        .isEqualTo(CalibrationException.Code.CORRUPT_CALIBRATION));

        Files.writeString(pointer, "cal-20200101T000000Z-000000000000\n");
        CalibrationId gone = store.current(CHIP, CalibrationKind.SPIKING).orElseThrow();
        assertThatThrownBy(() -> store.get(CHIP, gone))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CALIBRATION_MISSING);
    }

    @Test
    void theSecondWriterKeepsTheFirstOnesResult() {
        CalibrationResult result = stored(result(1));

        assertThat(store.put(result, List.of())).isFalse();
        assertThat(store.history(CHIP)).hasSize(1);
        assertThat(store.root().resolve(CHIP.value())).isDirectoryNotContaining("glob:**/.new-*");
    }

    @Test
    void keepsTwentyAndWhatIsNeeded() {
        List<CalibrationResult> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            CalibrationResult.Builder next =
                    CalibrationSamples.builder().time(CalibrationSamples.CREATED.plusSeconds(i), 1);
            if (i == 23) {
                next.parent(all.get(0).id());
            }
            all.add(stored(next.build()));
        }
        CalibrationId ofARun = all.get(2).id();

        store.activate(CHIP, all.get(23).id(), false, ofARun::equals);

        assertThat(store.ids(CHIP))
                .hasSize(22)
                .contains(all.get(0).id(), ofARun, all.get(4).id())
                .doesNotContain(all.get(1).id(), all.get(3).id());
        store.activate(CHIP, all.get(22).id(), false, id -> false);
        assertThat(store.ids(CHIP)).hasSize(20);
    }

    @Test
    void rollbackWalksBackAndSaysWhenThereIsNothing() {
        for (int i = 1; i <= 3; i++) {
            store.activate(CHIP, stored(result(i)).id(), false, id -> false);
        }
        CalibrationId first = store.ids(CHIP).get(2);

        store.rollback(CHIP, CalibrationKind.SPIKING, Optional.empty());
        assertThat(store.rollback(CHIP, CalibrationKind.SPIKING, Optional.empty())
                        .id())
                .isEqualTo(first);
        assertThatThrownBy(() -> store.rollback(CHIP, CalibrationKind.SPIKING, Optional.empty()))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CALIBRATION_MISSING);
        assertThat(store.history(CHIP).stream().map(HistoryEvent::action))
                .endsWith(Action.ACTIVATED, Action.ROLLED_BACK, Action.ROLLED_BACK);
    }

    @Test
    void archivesCarryAResultToAnotherStore() throws IOException {
        CalibrationResult result = stored(result(1));
        Path archive = folder.resolve("one.zip");
        Files.write(archive, store.export(CHIP, result.id()));
        CalibrationStore other = new CalibrationStore(folder.resolve("other"), Clock.systemUTC());

        assertThat(other.importFrom(archive).id()).isEqualTo(result.id());
        assertThat(other.get(CHIP, result.id()).codes()).isEqualTo(result.codes());
        assertThat(other.find(result.id()).id()).isEqualTo(result.id());
        assertThat(other.current(CHIP, CalibrationKind.SPIKING)).isEmpty();

        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 3] ^= 1;
        Files.write(archive, bytes);
        CalibrationStore third = new CalibrationStore(folder.resolve("third"), Clock.systemUTC());
        assertThatThrownBy(() -> third.importFrom(archive))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CORRUPT_CALIBRATION);
        assertThat(third.chips()).isEmpty();
    }

    @Test
    void differencesAreCounted() {
        CalibrationResult before = result(1);
        CalibrationResult after = CalibrationSamples.builder()
                .codes(before.codes()
                        .change()
                        .cell(7, NeuronParameter.V_LEAK, 11)
                        .cell(9, NeuronParameter.V_RESET, 5)
                        .build())
                .build();

        CalibrationDiff diff = CalibrationDiff.of(before, after);

        assertThat(diff.codes().get("v_leak")).isEqualTo(new CalibrationDiff.CodeChange(1, 10, 10));
        assertThat(diff.codes().get("v_reset")).isEqualTo(new CalibrationDiff.CodeChange(1, 5, 5));
        assertThat(diff.codes()).hasSize(2);
        assertThat(diff.targets()).isEmpty();
    }

    @Test
    void tornHistoryLinesArePassedOver() throws IOException {
        CalibrationResult result = stored(result(1));
        Path history = store.root().resolve(CHIP.value()).resolve("history.jsonl");
        Files.writeString(history, Files.readString(history) + "{\"time\":\"2026-");

        assertThat(store.history(CHIP)).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(result.id());
            assertThat(event.time()).isEqualTo(NOW);
        });
    }

    @Test
    @DisplayName("C-12 a calibration of merged circuits answers no request for single ones")
    void mergedIsAnotherRequest() {
        CalibrationTask pairs =
                new CalibrationTask(CalibrationSamples.builder().build().targets(), 1, "0.1.0", MergedCircuits.TWO);
        CalibrationResult single = CalibrationResult.builder(
                        CalibrationSamples.builder().build().chip(), pairs.targets())
                .status(CalibrationStatus.COMPLETE)
                .time(CalibrationSamples.CREATED, 40)
                .madeBy("0.1.0", 1)
                .build();
        CalibrationRequest asked =
                new CalibrationRequest(CHIP, CalibrationKind.SPIKING, pairs.targets(), pairs.options(), "0.1.0");
        CalibrationRequest other =
                new CalibrationRequest(CHIP, CalibrationKind.SPIKING, pairs.targets(), new TreeMap<>(), "0.1.0");

        assertThat(pairs.options()).containsExactly(Map.entry("merged", "2"));
        assertThat(asked.isAnsweredBy(single, Duration.ofDays(7), NOW)).isFalse();
        assertThat(other.isAnsweredBy(single, Duration.ofDays(7), NOW)).isTrue();
        assertThatThrownBy(
                        () -> CalibrationSamples.builder().option("merged", "3").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("merged circuits: 3 (limit: 1 or 2)");
    }

    @Test
    void keptTracesTravelWithTheirCalibrationAndDamageIsSeen() throws IOException {
        double[] time = {8.1, 8.6, 9.1};
        Attachment traces = TraceFile.of(List.of(
                new TraceFit(
                        Quantity.TAU_MEM,
                        3,
                        time,
                        new double[] {500, Double.NaN, 470},
                        new double[] {Double.NaN, 490, 471},
                        6.1),
                new TraceFit(
                        Quantity.TAU_MEM,
                        4,
                        new double[] {8.1},
                        new double[] {510},
                        new double[] {Double.NaN},
                        Double.NaN)));
        CalibrationResult result = result(1);
        store.put(result, List.of(traces));
        Path archive = folder.resolve("one.zip");
        Files.write(archive, store.export(CHIP, result.id()));
        CalibrationStore other = new CalibrationStore(folder.resolve("other"), Clock.fixed(NOW, ZoneOffset.UTC));
        other.importFrom(archive);

        Path copy = other.folder(CHIP, result.id()).resolve(TraceFile.NAME);
        try (NpzFile file = NpzFile.open(copy)) {
            assertThat(file.arrays())
                    .containsExactlyInAnyOrder(
                            "tau_m_us/neuron",
                            "tau_m_us/time_us",
                            "tau_m_us/lsb",
                            "tau_m_us/fit_begin",
                            "tau_m_us/result");
            assertThat(file.array("tau_m_us/neuron").longs()).containsExactly(3, 4);
            assertThat(file.array("tau_m_us/time_us").doubles()[2]).isEqualTo(1, within(1e-9));
            assertThat(file.array("tau_m_us/lsb").longs()).containsExactly(500, -1, 470, 510, -1, -1);
            assertThat(file.array("tau_m_us/fit_begin").longs()).containsExactly(1, -1);
            assertThat(file.array("tau_m_us/result").doubles()).containsExactly(6.1, Double.NaN);
        }
        byte[] damaged = Files.readAllBytes(copy);
        damaged[damaged.length / 2] ^= 1;
        Files.write(copy, damaged);
        assertThatThrownBy(() -> other.get(CHIP, result.id()))
                .isInstanceOf(CalibrationException.class)
                .hasFieldOrPropertyWithValue("code", CalibrationException.Code.CORRUPT_CALIBRATION)
                .hasMessageContaining(TraceFile.NAME);
    }
}
