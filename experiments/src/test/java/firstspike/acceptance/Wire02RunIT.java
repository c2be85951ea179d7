package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.fpga.FpgaOptions;
import firstspike.driver.fpga.FpgaSource;
import firstspike.driver.fpga.ScriptedEndpoint;
import firstspike.driver.fpga.ScriptedFpga;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a run over the wire ends, on the wall clock. */
@Tag("acceptance")
class Wire02RunIT {

    private static final int RUNS = 100;
    private static final long ANSWER_NS = 3_000_000;
    private static final PlaybackProgram PROGRAM = PlaybackProgram.ofWords(new long[] {ToFpga.tick()});

    @Test
    @DisplayName("W123 no halt: RUN_TIMEOUT at the deadline, not before and at most 1 s later, with what arrived")
    void noHalt() {
        Duration limit = Duration.ofSeconds(2);
        ScriptedFpga fpga = new ScriptedFpga();
        try (ScriptedEndpoint endpoint = ScriptedEndpoint.on(fpga);
                FpgaSource source = FpgaSource.of(endpoint.target(), FpgaOptions.defaults());
                ChipLink link = open(source)) {
            fpga.script((word, index, out) -> word == ToFpga.HALT);
            RunOptions options = RunOptions.defaults().withExecutionLimit(limit);
            long begin = System.nanoTime();

            DeadlineExceededException failed =
                    catchThrowableOfType(DeadlineExceededException.class, () -> link.run(PROGRAM, options));

            double seconds = (System.nanoTime() - begin) * 1e-9;
            assertThat(RunResult.before(failed).orElseThrow().responses(ResponseKind.LOOPBACK))
                    .isEqualTo(1);
            Table.row(
                    "wire 2",
                    "a program whose halt is never answered, limit 2 s",
                    "an error after 2 to 3 s",
                    "after " + Math.round(seconds * 1000) + " ms",
                    seconds,
                    seconds >= 2 && seconds <= 3);
        }
    }

    @Test
    @DisplayName("W128 with an answer after 3 ms the call returns within 5 ms, median of 100")
    void woken() {
        try (ScriptedEndpoint endpoint = ScriptedEndpoint.on(new ScriptedFpga());
                FpgaSource source = FpgaSource.of(endpoint.target(), FpgaOptions.defaults());
                ChipLink link = open(source)) {
            for (int i = 0; i < RUNS; i++) {
                link.run(PROGRAM, RunOptions.defaults());
            }
            endpoint.delay(ANSWER_NS);
            long[] nanos = new long[RUNS];
            long begin = System.nanoTime();
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                link.run(PROGRAM, RunOptions.defaults());
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            double median = nanos[RUNS / 2] * 1e-6;
            Table.row(
                    "wire 2",
                    "100 programs whose answer comes after 3 ms",
                    "3 to 5 ms, median",
                    String.format(Locale.ROOT, "%.2f ms", median),
                    (System.nanoTime() - begin) * 1e-9,
                    median >= 3 && median <= 5);
        }
    }

    private static ChipLink open(FpgaSource source) {
        return source.open(source.chips().get(0).chipId(), LinkOptions.defaults());
    }
}
