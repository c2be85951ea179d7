package firstspike.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Compares what two runs left: checkpoint arrays byte for byte, metrics up to wall time. */
final class Comparison {

    /** What playback.md 11 lists as known to an emulator only, under the names of records. */
    private static final Set<String> EMULATOR_ONLY = Set.of(
            "adc.saturated_samples",
            "energy.model_nj",
            "events.dropped.link",
            "events.dropped.padi",
            "events.dropped.trace",
            "events.in_flight_at_halt",
            "events.late",
            "events.late_max_ticks",
            "events.late_responses",
            "events.merged",
            "events.not_recorded",
            "program.underrun_ticks",
            "ppu.ignored",
            "registers.unmapped",
            "registers.writes_pending");

    private Comparison() {}

    static void assertEqualRuns(Path one, Path other, int epoch) throws IOException {
        assertEqualArrays(one, other, epoch);
        assertThat(metrics(other)).isEqualTo(metrics(one));
    }

    private static void assertEqualArrays(Path one, Path other, int epoch) throws IOException {
        Path name = Path.of("checkpoints", String.format("epoch-%05d.npz", epoch));
        SortedMap<String, byte[]> a = arrays(one.resolve(name));
        SortedMap<String, byte[]> b = arrays(other.resolve(name));
        assertThat(b.keySet()).isEqualTo(a.keySet());
        assertThat(a).isNotEmpty();
        a.forEach((member, bytes) -> assertThat(b.get(member))
                .as("%s of %s and %s", member, one, other)
                .isEqualTo(bytes));
    }

    /**
     * As {@link #assertEqualRuns}, where the other run reached its chip over an FPGA link: counters of links differ, and those
     * that only an emulator in process can know are absent (J38).
     */
    static void assertEqualOverTheWire(Path inProcess, Path overTheWire, int epoch) throws IOException {
        assertEqualArrays(inProcess, overTheWire, epoch);
        List<JsonNode> expected = metrics(inProcess);
        List<JsonNode> found = metrics(overTheWire);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            // in process it comes from the emulator's virtual ticks, elsewhere from the programs' planned ends
            assertThat(chipSeconds(found.get(i))).isCloseTo(chipSeconds(expected.get(i)), withinPercentage(1));
            ObjectNode known = (ObjectNode) expected.get(i).get("health");
            ObjectNode seen = (ObjectNode) found.get(i).get("health");
            known.remove(namesOf(
                    known, name -> name.startsWith("link.") || EMULATOR_ONLY.contains(name) && !seen.has(name)));
            seen.remove(namesOf(seen, name -> name.startsWith("link.")));
        }
        assertThat(found).isEqualTo(expected);
    }

    /**
     * As {@link #assertEqualRuns}, where the other run's link broke: what is counted of the link differs, and a program that
     * was repeated on a chip that had to be set up again takes another chip time and energy.
     */
    static void assertEqualButLink(Path undisturbed, Path disturbed, int epoch) throws IOException {
        assertEqualArrays(undisturbed, disturbed, epoch);
        assertThat(withoutLink(metrics(disturbed))).isEqualTo(withoutLink(metrics(undisturbed)));
    }

    private static List<JsonNode> withoutLink(List<JsonNode> lines) {
        for (JsonNode line : lines) {
            chipSeconds(line);
            ObjectNode health = (ObjectNode) line.get("health");
            health.remove(namesOf(
                    health,
                    name -> name.startsWith("link.")
                            || name.equals("program.repeats")
                            || name.equals("energy.model_nj")));
        }
        return lines;
    }

    private static double chipSeconds(JsonNode line) {
        return ((ObjectNode) line).remove("chip_s").asDouble();
    }

    private static List<String> namesOf(JsonNode object, Predicate<String> which) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(name -> {
            if (which.test(name)) {
                names.add(name);
            }
        });
        return names;
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
