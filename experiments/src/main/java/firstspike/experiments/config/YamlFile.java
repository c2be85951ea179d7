package firstspike.experiments.config;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of YAML that users write, as large as {@link YamlReader} takes them. */
final class YamlFile {

    private YamlFile() {}

    /** Whether a word names a file and not something bundled. */
    static boolean isPath(String word) {
        return word.endsWith(".yaml") || word.endsWith(".yml") || word.contains("/");
    }

    /**
     * @param what the file is, for messages
     * @param remedy where it cannot be read
     * @return all of it
     * @throws ExperimentException {@code YAML_LIMIT} for a file that is too large
     * @throws StorageException for one that cannot be read
     */
    static byte[] read(Path path, String what, String remedy) {
        try {
            if (Files.size(path) > YamlReader.LARGEST) {
                throw new ExperimentException(
                        ExperimentException.Code.YAML_LIMIT,
                        path.toString(),
                        Files.size(path) + " bytes",
                        "1 MiB",
                        "a " + what + " is a short text; split it");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    ErrorDetail.of(
                            what + " " + path, Files.exists(path) ? "cannot be read" : "does not exist", "", remedy),
                    e);
        }
    }
}
