package firstspike.experiments.cli.common;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.exchange.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether a file that is there may be replaced. */
public final class OutputFile {

    @Option(names = "--force", description = "Replace a file that is there.")
    boolean force;

    /** Refuses a file that is there unless it may be replaced. */
    public void check(Path file) {
        if (Files.exists(file) && !force) {
            throw new StorageException(
                    StorageException.Code.EXISTS,
                    ErrorDetail.of(file.toString(), "is there already", "", "choose another name, or --force"),
                    null);
        }
    }

    public void write(Path file, byte[] bytes) {
        check(file);
        AtomicFile.replace(file.toAbsolutePath(), bytes);
    }
}
