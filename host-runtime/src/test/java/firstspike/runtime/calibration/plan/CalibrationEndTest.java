package firstspike.runtime.calibration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.runtime.calibration.result.CalibrationStatus;
import firstspike.runtime.calibration.result.StepRecord;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.measurement.BenchTotals;
import firstspike.runtime.session.ChipSession;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calibrations that do not run to their end. */
@Timeout(120)
class CalibrationEndTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    /** Programs of the first step. */
    private static final int CONVERTERS = 26;

    private final List<String> heard = new ArrayList<>();

    private final CalibrationListener listener = new CalibrationListener() {
        @Override
        public void begins(String name, int number, int of) {
            heard.add("begins " + name + " " + number);
        }

        @Override
        public void ended(StepRecord step, BenchTotals totals) {
            heard.add("ended " + step.name() + " " + totals.programs());
        }
    };

    /** A link whose programs get lost. */
    private record Unreliable(ChipLink link, int[] programs, IntPredicate lost) implements ChipLink {

        @Override
        public ChipDescription describe() {
            return link.describe();
        }

        @Override
        public RunResult run(PlaybackProgram program, RunOptions options) {
            if (!options.setup() && lost.test(++programs[0])) {
                throw new LinkLostException(
                        ErrorDetail.of("link", "lost", "up", "connect it again"), null, null, false);
            }
            return link.run(program, options);
        }

        @Override
        public void close() {
            link.close();
        }
    }

    private CalibrationRun run(int reopenings, IntPredicate lost) {
        int[] programs = new int[1];
        try (ChipTarget target = (ChipTarget) Targets.installed().resolve("emu:nominal", LinkOptions.defaults());
                ChipSession session = ChipSession.open(
                        first -> new Unreliable(target.open(0, first), programs, lost), 0, reopenings)) {
            return new Calibration(session, new CalibrationTask(TargetSet.fastAndDeep(), 7, "1.2.3"), listener, CLOCK)
                    .run();
        }
    }

    @Test
    @DisplayName("C-15 a chip that is lost in the middle leaves a rejected result with the finished steps")
    void lost() {
        CalibrationRun run = run(0, program -> program == CONVERTERS + 2);

        assertThat(run.end()).containsInstanceOf(LinkLostException.class);
        assertThat(run.result().status()).isEqualTo(CalibrationStatus.REJECTED);
        assertThat(run.result().steps()).extracting(StepRecord::name).containsExactly("cadc");
        assertThat(run.result().verified()).isEmpty();
        assertThat(run.result().created()).isEqualTo(CLOCK.instant());
        assertThat(run.result().codes().cellsSet()).isPositive();
        assertThat(heard).containsExactly("begins cadc 1", "ended cadc " + CONVERTERS, "begins neuron.tau-syn.exc 2");
    }

    @Test
    @DisplayName("C-15 a link that comes back goes on from the program that was lost, in the same step")
    void goesOn() {
        CalibrationRun run = run(1, program -> program == 20 || program > CONVERTERS + 1);

        assertThat(run.end()).containsInstanceOf(LinkLostException.class);
        assertThat(heard).contains("ended cadc " + CONVERTERS);
    }

    @Test
    @DisplayName("C-15 an interrupted thread ends a calibration between two programs")
    void cancelled() {
        CalibrationRun run = run(0, program -> {
            if (program == 3) {
                Thread.currentThread().interrupt();
            }
            return false;
        });

        assertThat(Thread.interrupted()).isFalse();
        assertThat(run.end()).containsInstanceOf(CancelledException.class);
        assertThat(run.result().status()).isEqualTo(CalibrationStatus.REJECTED);
        assertThat(run.result().steps()).isEmpty();
    }

    @Test
    @DisplayName("C-15 a converter that brings no samples ends a calibration with what was finished, and says so")
    void noSamples() {
        try (ChipSession session = ChipSession.open(first -> new ScriptedLink(), 0, 0)) {
            CalibrationRun run = new Calibration(
                            session, new CalibrationTask(TargetSet.fastAndDeep(), 7, "1.2.3"), listener, CLOCK)
                    .run();

            assertThat(run.end()).containsInstanceOf(CalibrationException.class);
            assertThat(run.end().orElseThrow()).hasMessageContaining("samples");
            assertThat(run.result().status()).isEqualTo(CalibrationStatus.REJECTED);
            assertThat(run.result().steps()).extracting(StepRecord::name).containsExactly("cadc");
        }
    }
}
