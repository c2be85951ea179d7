package firstspike.driver.initialisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.board.Regulators;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.register.AddressSpace;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Options of the initialisation; the full lists of steps are the vectors of kind {@code sequence}. */
class InitialisationTest {

    private static final InitialisationOptions STANDARD = InitialisationOptions.standard();

    private static long count(List<InitStep> steps, InitStep.Kind kind) {
        return steps.stream().filter(step -> step.kind() == kind).count();
    }

    @Test
    @DisplayName("R131 the parts of the standard initialisation stand in the order of the table")
    void composesStandard() {
        List<InitStep> steps = Initialisation.steps(STANDARD);
        assertThat(steps).hasSize(122);
        assertThat(steps.get(0))
                .isEqualTo(Initialisation.steps(STANDARD.withoutBoard()).get(0));
        assertThat(steps.get(steps.size() - 1)).isEqualTo(new InitStep.Barrier(1));
    }

    @Test
    @DisplayName("R131 without board only steps 2 to 5 are missing")
    void leavesBoard() {
        List<InitStep> all = new ArrayList<>(Initialisation.steps(STANDARD));
        all.subList(1, 1 + 1 + 16 + 4 + 2).clear();
        assertThat(Initialisation.steps(STANDARD.withoutBoard())).isEqualTo(all);
    }

    @Test
    @DisplayName("R131 without time synchronisation only step 13 is missing")
    void leavesSystemTime() {
        List<InitStep> all = new ArrayList<>(Initialisation.steps(STANDARD));
        int sync = all.indexOf(new InitStep.SystimeSync(true));
        all.subList(sync - 3, sync + 2).clear();
        assertThat(Initialisation.steps(STANDARD.withoutSystimeSync())).isEqualTo(all);
    }

    @Test
    @DisplayName("R131 without CapMem steps 15 and 16 are missing")
    void leavesCapMem() {
        List<InitStep> steps = Initialisation.steps(STANDARD.withoutCapMem());
        assertThat(steps).hasSize(122 - 9 - 1 - 2 - 9);
        assertThat(count(steps, InitStep.Kind.BARRIER)).isEqualTo(3);
    }

    @Test
    @DisplayName("R131 values of another board and of this chip's memory timing are written")
    void takesValues() {
        ContainerValues top = Container.COMMON_SYNRAM_CONFIG.layout().defaults().with("pc_conf_west", 5);
        List<InitStep> steps = Initialisation.steps(
                STANDARD.withRegulators(Regulators.LDO_1).withSynramControl(top, top.with("wait_ctr_clear", 1)));
        assertThat(steps)
                .contains(new InitStep.SpiDacData(1, 1, 315), new InitStep.SpiDacData(1, 0, 275))
                .contains(new InitStep.Write(AddressSpace.CHIP, 0x0200_0000, 0x85))
                .contains(new InitStep.Write(AddressSpace.CHIP, 0x0300_0002, 1));
        assertThatThrownBy(() -> STANDARD.withSynramControl(
                        top, Container.NEURON_CONFIG.layout().defaults()))
                .hasMessageContaining("CommonSynramConfig");
    }

    @Test
    @DisplayName("R132 the CapMem without the link is refused")
    void refusesCapMemWithoutLink() {
        assertThatThrownBy(STANDARD::withoutLink)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CapMem")
                .hasMessageContaining("link");
    }

    @Test
    @DisplayName("the instructions of all steps reach the program")
    void becomesProgram() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        InitialisationProgram.append(Initialisation.steps(STANDARD), builder);
        PlaybackProgram program = builder.done();
        // words: omnibus write 2, DAC value 8, DAC control 4, shift register 6; over JTAG chip write 6, PLL 4, PHY 2
        int words = 69 * 2 + 6 + 6 + 16 * 8 + 4 * 4 + 4 + 5 + 2 + 1 + 1 + 5 * 4 + 8 * 2 + 4 + 1;
        assertThat(program.words()).hasSize(words);
    }
}
