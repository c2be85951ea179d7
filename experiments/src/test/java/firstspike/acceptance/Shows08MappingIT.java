package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The mapping of the published chip experiment is reported without running it. */
@Tag("acceptance")
class Shows08MappingIT {

    @Test
    void mappingReport() {
        Program.Outcome outcome = Program.run(
                        "config", "check", "yin-yang-chip", "--target", "emu:nominal?seed=1", "--json")
                .succeeded();
        JsonNode mapping = outcome.json().get("mapping");
        int neurons = mapping.at("/neurons/used").asInt();
        int circuits = mapping.at("/circuits/used").asInt();
        double moved = mapping.get("events_moved_per_sample").asDouble();
        Table.row(
                8,
                "config check yin-yang-chip --target 'emu:nominal?seed=1'",
                "123 neurons of 2 circuits, rows, drivers, labels, 10 events moved a sample",
                mapping.toString(),
                outcome.seconds(),
                neurons == 123
                        && circuits == 2 * neurons
                        && Math.abs(moved - 10) < 0.5
                        && mapping.has("rows")
                        && mapping.has("drivers")
                        && mapping.has("labels"));
    }
}
