package firstspike.driver.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads vector files: from the folder that the system property {@code firstspike.vectors} names, else from the test
 * resources. A relative folder counts from where the build was started, {@code firstspike.root}.
 */
public final class VectorFiles {

    private VectorFiles() {}

    /** The folder that the property names. */
    public static Optional<Path> folder() {
        String folder = System.getProperty("firstspike.vectors", "");
        return folder.isBlank()
                ? Optional.empty()
                : Optional.of(Path.of(System.getProperty("firstspike.root", "")).resolve(folder));
    }

    /**
     * A whole file.
     *
     * @param name for example {@code wire.json}
     * @return its content
     */
    public static JsonNode read(String name) {
        try (InputStream in = open(name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("vectors " + name + " cannot be read", e);
        }
    }

    private static InputStream open(String name) throws IOException {
        if (folder().isPresent()) {
            return Files.newInputStream(folder().get().resolve(name));
        }
        InputStream in = VectorFiles.class.getResourceAsStream("/vectors/" + name);
        if (in == null) {
            throw new IOException("no test resource vectors/" + name);
        }
        return in;
    }
}
