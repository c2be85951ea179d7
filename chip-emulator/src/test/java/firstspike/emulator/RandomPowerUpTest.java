package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Target option {@code powerup=random} (registers.md 19.1). */
class RandomPowerUpTest {
    private static final String RANDOM = "emu:nominal?powerup=random&seed=";

    private static int weight(String target) {
        try (Bench bench = Bench.initialised(target)) {
            PlaybackProgramBuilder program = Bench.p0();
            Ticket<Integer> ticket = program.read(0x02C0_1234);
            return bench.run(program).get(ticket);
        }
    }

    @Test
    @DisplayName("R016 memories come up random by the seed of the chip, or 0")
    void seeds() {
        assertThat(weight("emu:nominal?seed=3")).isZero();
        assertThat(weight(RANDOM + 3)).isNotZero().isEqualTo(weight(RANDOM + 3)).isNotEqualTo(weight(RANDOM + 4));
    }

    @Test
    @DisplayName("a chip that came up random initialises, runs with its own noise and returns looped-back spikes")
    void runs() {
        try (Bench bench = Bench.initialised(RANDOM + 3)) {
            RunResult result = bench.run(
                    Bench.p0().waitUntil(50_000).spike(0x0123).spike(0x4567).settle(1000));

            assertThat(result.spikes().size()).isEqualTo(2);
            assertThat(result.spikes().label(0)).isEqualTo(0x0123);
            assertThat(result.spikes().label(1)).isEqualTo(0x4567);
        }
    }
}
