package firstspike.driver.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.NoLeaks;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Links over real sockets: the session's own rules, and that nothing is left behind. */
@ExtendWith(NoLeaks.class)
class FpgaOverUdpTest {

    private static final int REGISTER = 0x8800_0009;

    @Test
    @DisplayName("W127 programs one after the other, of one frame and of many, answered whole and in order")
    void programs() {
        ScriptedFpga fpga = new ScriptedFpga().register(REGISTER, 5);
        try (ScriptedEndpoint endpoint = ScriptedEndpoint.on(fpga);
                FpgaSource source = FpgaSource.of(endpoint.target(), FpgaOptions.defaults());
                FpgaLink link = open(source)) {
            for (int count : new int[] {1, 0, 500, 20_000}) {
                long[] words = new long[count];
                for (int i = 0; i < count; i++) {
                    words[i] = i % 2 == 0 ? ToFpga.omnibusRead(REGISTER) : ToFpga.tick();
                }
                RunResult result = link.run(PlaybackProgram.ofWords(words), RunOptions.defaults());
                assertThat(result.responses(ResponseKind.OMNIBUS)).isEqualTo((count + 1) / 2);
                assertThat(result.responses(ResponseKind.LOOPBACK)).isEqualTo(count / 2);
                assertThat(result.values(ResponseKind.OMNIBUS)).containsOnly(count == 0 ? new long[0] : new long[] {5});
                assertThat(result.health().count("link.frames")).isPositive();
            }
            assertThat(fpga.sessions()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("A second source for the same FPGA in this process is busy; after the first one is closed it is not")
    void busy() {
        try (ScriptedEndpoint endpoint = ScriptedEndpoint.on(new ScriptedFpga())) {
            try (FpgaSource first = FpgaSource.of(endpoint.target(), FpgaOptions.defaults());
                    FpgaSource second = FpgaSource.of(endpoint.target(), FpgaOptions.defaults())) {
                first.chips();
                assertThatThrownBy(second::chips).isInstanceOf(ChipBusyException.class);
            }
            try (FpgaSource third = FpgaSource.of(endpoint.target(), FpgaOptions.defaults())) {
                assertThat(third.chips()).hasSize(1);
            }
        }
    }

    @Test
    @DisplayName("After a time-out the next program runs in a session of its own")
    void reopened() {
        ScriptedFpga fpga = new ScriptedFpga();
        try (ScriptedEndpoint endpoint = ScriptedEndpoint.on(fpga);
                FpgaSource source = FpgaSource.of(endpoint.target(), FpgaOptions.defaults());
                FpgaLink link = open(source)) {
            fpga.script((word, index, out) -> {
                if (word == ToFpga.HALT) {
                    out.timeout(0, 0, 0);
                }
                return false;
            });
            PlaybackProgram program = PlaybackProgram.ofWords(new long[] {ToFpga.tick()});

            InstructionTimeoutException failed = catchThrowableOfType(
                    InstructionTimeoutException.class, () -> link.run(program, RunOptions.defaults()));

            assertThat(failed.chipStateKnown()).isFalse();
            assertThat(link.run(program, RunOptions.defaults()).responses(ResponseKind.LOOPBACK))
                    .isEqualTo(1);
            assertThat(fpga.sessions()).isEqualTo(2);
        }
    }

    private static FpgaLink open(FpgaSource source) {
        return source.open(source.chips().get(0).chipId(), LinkOptions.defaults());
    }
}
