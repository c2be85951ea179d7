package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Compares what two runs left: checkpoint arrays byte for byte, metrics up to wall time. */
final class Comparison {

    private Comparison() {}

    static void assertEqualRuns(Path one, Path other, int epoch) throws IOException {
        Path name = Path.of("checkpoints", String.format("epoch-%05d.npz", epoch));
        SortedMap<String, byte[]> a = arrays(one.resolve(name));
        SortedMap<String, byte[]> b = arrays(other.resolve(name));
        assertThat(b.keySet()).isEqualTo(a.keySet());
        assertThat(a).isNotEmpty();
        a.forEach((member, bytes) -> assertThat(b.get(member))
                .as("%s of %s and %s", member, one, other)
                .isEqualTo(bytes));
        assertThat(metrics(other)).isEqualTo(metrics(one));
    }

    private static SortedMap<String, byte[]> arrays(Path archive) throws IOException {
        SortedMap<String, byte[]> members = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().endsWith(".npy")) {
                    members.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                }
            }
        }
        return members;
    }

    private static List<JsonNode> metrics(Path run) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            ObjectNode object = (ObjectNode) mapper.readTree(line);
            object.remove(List.of("time", "wall_s"));
            lines.add(object);
        }
        return lines;
    }
}
