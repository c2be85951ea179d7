package firstspike.experiments.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.LinkOptions;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DoctorTest {

    private static final Path RUNS = Path.of("runs");

    /** A machine on which everything is well, until a test says otherwise. */
    private static final class Patient implements Machine {
        private int java = 17;
        private int cores = 2;
        private long heap = 1L << 30;
        private boolean writable = true;
        private long free = 1L << 40;
        private int buffer = 4 << 20;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private boolean monotonic = true;
        private boolean portFree = true;
        private boolean loopback = true;
        private String missing = "";
        private int fonts = 3;

        @Override
        public int javaFeature() {
            return java;
        }

        @Override
        public int cores() {
            return cores;
        }

        @Override
        public long heapBytes() {
            return heap;
        }

        @Override
        public boolean writable(Path folder) {
            return writable;
        }

        @Override
        public long freeBytes(Path folder) {
            return free;
        }

        @Override
        public int udpBuffer(int wanted) throws IOException {
            if (!loopback) {
                throw new IOException("network is unreachable");
            }
            return buffer;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public boolean monotonic() {
            return monotonic;
        }

        @Override
        public boolean portFree(int port) throws IOException {
            if (!loopback) {
                throw new IOException("network is unreachable");
            }
            return portFree;
        }

        @Override
        public String nativeTransportMissing() {
            return missing;
        }

        @Override
        public int fonts() {
            return fonts;
        }
    }

    @Test
    void aHealthyMachineHasNothingToRemark() {
        assertThat(examine(patient -> {}))
                .allSatisfy(result -> assertThat(result.status()).isIn(Status.OK, Status.SKIPPED))
                .allSatisfy(result -> assertThat(result.remedy()).isEmpty());
    }

    @TestFactory
    List<DynamicTest> eachCheckCanFail() {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(failing("java", Status.FAIL, patient -> patient.java = 11));
        tests.add(failing("cores", Status.WARN, patient -> patient.cores = 1));
        tests.add(failing("memory", Status.WARN, patient -> patient.heap = 100 << 20));
        tests.add(failing("write access", Status.FAIL, patient -> patient.writable = false));
        tests.add(failing("free disk", Status.WARN, patient -> patient.free = 100 << 20));
        tests.add(failing("free disk", Status.FAIL, patient -> patient.free = 1));
        tests.add(failing("free disk", Status.WARN, patient -> patient.free = -1));
        tests.add(failing("loopback UDP buffer", Status.WARN, patient -> patient.buffer = 1000));
        tests.add(failing("clock", Status.FAIL, patient -> patient.now = Instant.EPOCH));
        tests.add(failing("clock", Status.FAIL, patient -> patient.monotonic = false));
        tests.add(failing("ports", Status.WARN, patient -> patient.portFree = false));
        tests.add(failing("native transport", Status.WARN, patient -> patient.missing = "no library"));
        tests.add(failing("fonts", Status.FAIL, patient -> patient.fonts = 0));
        return tests;
    }

    private static DynamicTest failing(String name, Status status, Consumer<Patient> illness) {
        return DynamicTest.dynamicTest(name + " " + status, () -> {
            List<CheckResult> results = examine(illness);

            assertThat(results)
                    .filteredOn(result -> result.name().equals(name))
                    .singleElement()
                    .satisfies(result -> {
                        assertThat(result.status()).isEqualTo(status);
                        assertThat(result.remedy()).isNotBlank();
                        assertThat(result.value()).isNotBlank();
                    });
            assertThat(results)
                    .filteredOn(result -> !result.name().equals(name))
                    .allSatisfy(result -> assertThat(result.status()).isIn(Status.OK, Status.SKIPPED));
        });
    }

    @Test
    @DisplayName("J45 a machine without network passes with warnings only")
    void noNetwork() {
        assertThat(examine(patient -> patient.loopback = false))
                .noneMatch(result -> result.status() == Status.FAIL)
                .anyMatch(result -> result.status() == Status.WARN);
    }

    @Test
    void foldersThatAreNamedMustBeThere() {
        Patient patient = new Patient();
        patient.writable = false;
        List<CheckResult> results = new MachineChecks(patient)
                .run(RUNS, Optional.of(Path.of("no such folder")), Optional.of(Path.of("neither")));

        assertThat(results)
                .filteredOn(result -> List.of("data folder", "calibrations").contains(result.name()))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.status()).isEqualTo(Status.WARN));
    }

    @Test
    void thisMachineCanBeExamined() {
        assertThat(new MachineChecks(new ThisMachine()).run(RUNS, Optional.empty(), Optional.empty()))
                .allSatisfy(result -> assertThat(result.value()).isNotBlank());
    }

    @Test
    void aTargetAnswersWithItsName() {
        try (ChipTarget target =
                (ChipTarget) Targets.installed().resolve("emu:nominal?seed=5", LinkOptions.defaults())) {
            assertThat(new TargetChecks(System::nanoTime, 2, 4096, DoctorTest::inUse).run(target))
                    .extracting(CheckResult::status)
                    .doesNotContain(Status.FAIL, Status.SKIPPED);
        }
    }

    @Test
    void aChipSaysThatItNeedsACalibration() {
        try (ChipTarget target =
                (ChipTarget) Targets.installed().resolve("emu:varied?seed=5", LinkOptions.defaults())) {
            assertThat(new TargetChecks(System::nanoTime, 2, 4096, DoctorTest::inUse).run(target))
                    .filteredOn(result -> result.name().equals("chip"))
                    .singleElement()
                    .satisfies(result -> assertThat(result.value()).contains("needs a calibration"));
        }
    }

    @Test
    void aSlowRoundTripIsAWarning() {
        long[] clock = {0};
        try (ChipTarget target =
                (ChipTarget) Targets.installed().resolve("emu:nominal?seed=5", LinkOptions.defaults())) {
            assertThat(new TargetChecks(() -> clock[0] += 60_000_000L, 2, 4096, DoctorTest::inUse).run(target))
                    .filteredOn(result -> result.name().equals("round trip"))
                    .singleElement()
                    .satisfies(result -> assertThat(result.status()).isEqualTo(Status.WARN));
        }
    }

    @Test
    void aServerThatIsNotThereFailsAndSkipsTheRest() {
        LinkOptions impatient =
                LinkOptions.defaults().withPatience(java.time.Duration.ofMillis(200), java.time.Duration.ofMillis(200));
        try (ChipTarget target = (ChipTarget) Targets.installed().resolve("grpc://127.0.0.1:1", impatient)) {
            assertThat(new TargetChecks(System::nanoTime, 2, 4096, DoctorTest::inUse).run(target))
                    .extracting(CheckResult::status)
                    .containsExactly(
                            Status.FAIL,
                            Status.SKIPPED,
                            Status.SKIPPED,
                            Status.SKIPPED,
                            Status.SKIPPED,
                            Status.SKIPPED);
        }
    }

    private static CheckResult inUse(ChipDescription chip) {
        return new CheckResult(CalibrationCheck.NAME, Status.OK, "one of " + chip.chipId(), "", "");
    }

    private static List<CheckResult> examine(Consumer<Patient> illness) {
        Patient patient = new Patient();
        illness.accept(patient);
        return new MachineChecks(patient).run(RUNS, Optional.empty(), Optional.empty());
    }
}
