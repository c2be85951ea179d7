package firstspike.runtime.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Test vectors from the folder of the property {@code firstspike.vectors}, else from the test resources. */
public final class VectorFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private VectorFile() {}

    /** The cases of a file, such as {@code spiketime.json}. */
    public static List<JsonNode> cases(String name) {
        List<JsonNode> cases = new ArrayList<>();
        try (InputStream in = open(name)) {
            JSON.readTree(in).get("vectors").forEach(cases::add);
        } catch (IOException e) {
            throw new IllegalStateException("vectors " + name + " cannot be read", e);
        }
        return cases;
    }

    /** The folder that the property names. */
    public static Optional<Path> folder() {
        String folder = System.getProperty("firstspike.vectors", "");
        return folder.isBlank() ? Optional.empty() : Optional.of(Path.of(folder));
    }

    /** An array of numbers in which null stands for an absent event. */
    public static double[] times(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).isNull()
                    ? Double.POSITIVE_INFINITY
                    : array.get(i).doubleValue();
        }
        return values;
    }

    /** A rectangular array of numbers, row after row, in which null stands for an absent event. */
    public static double[] matrix(JsonNode rows) {
        List<Double> values = new ArrayList<>();
        for (JsonNode row : rows) {
            for (double value : times(row)) {
                values.add(value);
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static InputStream open(String name) throws IOException {
        if (folder().isPresent()) {
            return Files.newInputStream(folder().get().resolve(name));
        }
        InputStream in = VectorFile.class.getResourceAsStream("/vectors/" + name);
        if (in == null) {
            throw new IOException("no test resource vectors/" + name);
        }
        return in;
    }
}
