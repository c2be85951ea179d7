package firstspike.experiments.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.register.Container;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChipChecksTest {

    private static List<CheckResult> examine(String options, boolean quick) {
        String uri = "emu:nominal?seed=5" + options;
        try (ChipTarget target = (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults())) {
            return new ChipChecks(quick).run(target);
        }
    }

    @Test
    void aSoundChipPassesEveryCheck() {
        List<CheckResult> results = examine("", true);

        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.status()).as(result.toString()).isEqualTo(Status.OK));
        assertThat(results)
                .extracting(CheckResult::name)
                .contains(
                        "versions",
                        "jtag id",
                        "initialisation",
                        "high-speed links",
                        "time synchronisation",
                        "loop-back channel 0",
                        "loop-back channel 3",
                        "drop counters",
                        "readback NeuronConfig",
                        "readback SynapseWeightQuad",
                        "readback SpikeIOConfig",
                        "readback PhyConfigFPGA")
                .doesNotContain("readback CrossbarNode", "readback PPUControlRegister");
    }

    @ParameterizedTest
    @CsvSource({
        "jtag-id, jtag id, 0x148580af",
        "link:3, high-speed links, link 3 down",
        "stuck:00160002, readback NeuronConfig, 0x00160002",
        "stuck:88038000, readback SpikeIOConfig, 0x88038000",
        "stuck:88006003, readback PhyConfigFPGA, 0x88006003",
        "systime, time synchronisation, Barrier"
    })
    void aDefectIsNamedByTheCheckThatSeesIt(String defect, String check, String named) {
        List<CheckResult> results = examine("&defect=" + defect, true);

        assertThat(results)
                .filteredOn(result -> result.status() != Status.OK)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.name()).isEqualTo(check);
                    assertThat(result.status()).isEqualTo(Status.FAIL);
                    assertThat(result.value()).contains(named);
                    assertThat(result.expected()).isNotBlank();
                    assertThat(result.remedy()).isNotBlank();
                });
    }

    @Test
    void everyWordOfABlockIsAskedUnlessItIsQuick() {
        String uri = "emu:nominal?seed=5&defect=stuck:00160232";
        try (ChipTarget target = (ChipTarget) Targets.installed().resolve(uri, LinkOptions.defaults());
                ChipLink link = target.open(0, 0)) {
            PlaybackProgramBuilder program = PlaybackProgram.builder();
            InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), program);
            link.run(program.done(), RunOptions.forSetup());

            assertThat(new ReadBack(link, true).ask(Container.NEURON_CONFIG).wrong())
                    .isZero();
            assertThat(new ReadBack(link, false).ask(Container.NEURON_CONFIG))
                    .satisfies(finding -> assertThat(finding.toString())
                            .startsWith("1 of 3072 words wrong, first 0x00160232: 0x00000000 instead of 0x"));
        }
    }

    @Test
    void lostSpikesAreCounted() {
        List<CheckResult> results = examine("&event_loss=0.5", true);

        assertThat(results)
                .filteredOn(result -> result.status() == Status.FAIL)
                .extracting(CheckResult::name)
                .contains("loop-back channel 0", "loop-back channel 1", "loop-back channel 2", "loop-back channel 3");
        assertThat(results)
                .filteredOn(result -> result.name().equals("drop counters"))
                .singleElement()
                .satisfies(result -> assertThat(result.value()).contains("events.dropped.link"));
    }
}
