package firstspike.emulator.analog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Vector files: from test resources, or from the folder that the system property {@code firstspike.vectors} names. */
final class Vectors {
    private Vectors() {}

    /** The cases of a file. */
    static JsonNode cases(String file) throws IOException {
        String folder = System.getProperty("firstspike.vectors", "");
        try (InputStream in = folder.isBlank()
                ? Vectors.class.getResourceAsStream("/vectors/" + file)
                : Files.newInputStream(Path.of(folder, file))) {
            return new ObjectMapper().readTree(in).get("vectors");
        }
    }
}
