package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped example networks, by the packed program. */
@Tag("acceptance")
class Service05ExampleNetworksIT {

    @Test
    @DisplayName(
            "Shows 5 config check of 20 example networks: placed, or refused with resource, needed, available, layer")
    void examples() throws IOException {
        long begin = System.nanoTime();
        Path folder = Program.root().resolve("docs/examples/networks");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        List<String> table = Files.readAllLines(folder.resolve("README.md"));
        List<String> differing = new ArrayList<>();
        int placed = 0;
        for (Path file : files) {
            Program.Outcome outcome = Program.run("config", "check", file.toString(), "--json");
            JsonNode tree = outcome.json();
            placed += outcome.exit() == 0 ? 1 : 0;
            JsonNode fields = tree.path("fields");
            String expected = outcome.exit() == 0
                    ? "| placed | " + tree.at("/mapping/circuits/used").asText() + " | 512 | |"
                    : "| refused: " + fields.path("resource").asText() + " | "
                            + fields.path("needed").asText() + " | "
                            + fields.path("available").asText() + " | "
                            + fields.path("layer").asText() + " |";
            if (table.stream().noneMatch(row -> row.contains(file.getFileName() + ")") && row.endsWith(expected))) {
                differing.add(file.getFileName() + " " + expected);
            }
        }
        Table.row(
                "service 5",
                "config check docs/examples/networks/*.yaml",
                "20 networks placed or refused as their table says",
                placed + " placed, " + (files.size() - placed) + " refused, differing: " + differing,
                (System.nanoTime() - begin) * 1e-9,
                files.size() >= 20 && placed > 0 && placed < files.size() && differing.isEmpty());
    }
}
