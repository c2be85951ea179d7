package firstspike.experiments.sweep;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.HostException;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.recording.RunState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The run folders that points left. */
final class PointFolders {

    private final Path runs;

    PointFolders(Path runs) {
        this.runs = runs;
    }

    /** A run of a point: its folder and what run.json says. */
    record Left(Path folder, RunRecord record) {

        boolean done() {
            return record.state() == RunState.DONE;
        }
    }

    /** The finished run of a point, else its newest one; folders without a readable run.json do not count. */
    Optional<Left> of(SweepPoint point) {
        List<Left> found = new ArrayList<>();
        if (!Files.isDirectory(runs)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs, point.name() + "_*")) {
            for (Path folder : folders) {
                read(folder).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    ErrorDetail.of(runs.toString(), "cannot be listed", "", "check the folder and its permissions"),
                    e);
        }
        return found.stream()
                .max(Comparator.comparing(Left::done)
                        .thenComparing(left -> left.record().text("created"))
                        .thenComparing(left -> left.folder().toString()));
    }

    private static Optional<Left> read(Path folder) {
        try {
            return Optional.of(new Left(folder, RunFolder.record(folder)));
        } catch (HostException e) {
            // a process that was killed may leave a folder without one
            return Optional.empty();
        }
    }
}
