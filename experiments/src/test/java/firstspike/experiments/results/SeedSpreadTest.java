package firstspike.experiments.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SeedSpreadTest {

    private static SeedSpread.Group group(Double... values) {
        return new SeedSpread.Group(List.of(), List.of(values));
    }

    @Test
    @DisplayName("U16 two groups are within the spread of seeds up to twice the error of the difference of their means")
    void rule() {
        // means 0.95 and 0.93, s 0.01 each, n = 2: the limit is 2 sqrt(0.0002 / 2 + 0.0002 / 2)
        SeedSpread.Group a = group(0.94, 0.96);
        assertThat(a.mean()).isEqualTo(0.95, within(1e-12));
        assertThat(a.deviation()).isEqualTo(0.01 * Math.sqrt(2), within(1e-12));
        assertThat(SeedSpread.judge("test/accuracy", List.of(a, group(0.925, 0.945)))
                        .within())
                .contains(true);
        assertThat(SeedSpread.judge("test/accuracy", List.of(a, group(0.90, 0.92)))
                        .within())
                .contains(false);
        assertThat(SeedSpread.judge("m", List.of(group(1.0, 1.0), group(1.0, 1.0)))
                        .within())
                .contains(true);
    }

    @Test
    @DisplayName("U16 one run a side cannot tell, nor can one group or three")
    void cannotTell() {
        SeedSpread single = SeedSpread.judge("m", List.of(group(0.9), group(0.8, 0.7)));
        assertThat(single.within()).isEmpty();
        assertThat(single.words()).isEqualTo("one run a side cannot tell");
        assertThat(SeedSpread.judge("m", List.of(group(0.9, 0.8))).within()).isEmpty();
        assertThat(SeedSpread.judge("m", List.of(group(0.9, 0.8), group(0.9, 0.8), group(0.9, 0.8)))
                        .within())
                .isEmpty();
        // runs that have not ended have no value
        assertThat(SeedSpread.judge("m", List.of(group(), group(0.9, 0.8))).words())
                .contains("cannot tell");
    }

    @Test
    @DisplayName("U16 a target without its seeds is the same chip model")
    void targets() {
        assertThat(SeedSpread.withoutSeeds("emu:varied?seed=3&mismatch=residual"))
                .isEqualTo("emu:varied?mismatch=residual");
        assertThat(SeedSpread.withoutSeeds("emu:varied?mismatch=residual&seed=3&noise_seed=7"))
                .isEqualTo("emu:varied?mismatch=residual");
        assertThat(SeedSpread.withoutSeeds("emu:nominal?seed=1")).isEqualTo("emu:nominal");
        assertThat(SeedSpread.withoutSeeds("emu:nominal?speed=1")).isEqualTo("emu:nominal?speed=1");
        assertThat(SeedSpread.withoutSeeds("emu:nominal?seed=1 emu:nominal?seed=2"))
                .isEqualTo("emu:nominal emu:nominal");
    }
}
