package firstspike.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.register.Container;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterTableTest {

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void runsInATemporaryFolder() {
        cli = new Cli(folder);
    }

    @Test
    void listsEveryRegisterWithItsPlaceAndWhatFollowsFromIt() {
        Cli.Said said = cli.run("targets", "--registers");

        assertThat(said.exit()).isZero();
        for (Container container : Container.values()) {
            assertThat(said.out().lines()).anyMatch(line -> line.startsWith(container.title() + " "));
        }
        assertThat(said.out().lines())
                .anyMatch(line -> line.matches("CADCConfig +modelled +yes +0x0240_1000 0x0340_1000"))
                .anyMatch(line -> line.matches("CurrentDAC +stored +yes +0x000C_000B"))
                .anyMatch(line -> line.matches("CrossbarNode +modelled +emulator only +0x0013_0019-0x0013_0064"))
                .anyMatch(line -> line.matches("MADCControl +modelled +write only +0x000C_0000"))
                .anyMatch(line -> line.matches("ResetChip +modelled +write only +\\(playback\\)"))
                .anyMatch(line -> line.startsWith("PPUControlRegister ") && line.contains(" modelled "))
                .noneMatch(line -> line.contains("refused: inhibit_reset"));
    }

    @Test
    void isAnObjectForPrograms() throws IOException {
        Cli.Said said = cli.run("targets", "--registers", "--json");

        JsonNode tree = new ObjectMapper().readTree(said.out());
        assertThat(tree.get("schema").asText()).isEqualTo("firstspike.registers/1");
        assertThat(tree.get("registers")).hasSize(Container.values().length);
        JsonNode neuron = tree.get("registers").get(0);
        assertThat(neuron.get("register").asText()).isEqualTo("NeuronConfig");
        assertThat(neuron.get("effect").asText()).isEqualTo("modelled");
        assertThat(neuron.get("instances").asInt()).isEqualTo(512);
        assertThat(neuron.get("addresses")).hasSize(4);
        assertThat(neuron.get("addresses").get(0).asText()).isEqualTo("0x0016_0002-0x0016_03FF");
        assertThat(neuron.get("stored_fields").toString()).contains("enable_strong_fire");
        assertThat(neuron.get("refused_fields")).isEmpty();
    }

    @Test
    void takesNoAddress() {
        Cli.Said said = cli.run("targets", "--registers", "emu:nominal");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("no address");
    }
}
