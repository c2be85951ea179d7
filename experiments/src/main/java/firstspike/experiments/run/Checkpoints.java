package firstspike.experiments.run;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds checkpoints of a run folder: {@code best}, {@code latest} or an epoch. */
final class Checkpoints {

    private static final Pattern NAME = Pattern.compile("(epoch-[0-9]{5,9}\\.npz)(?:\\s.*)?");

    private Checkpoints() {}

    /**
     * @param run folder
     * @param which {@code best}, {@code latest} or a number of epochs
     * @return the file
     */
    static Path path(Path run, String which) {
        Path checkpoints = run.resolve("checkpoints");
        String name =
                switch (which) {
                    case "best" -> named(run.resolve("best"));
                    case "latest" -> named(checkpoints.resolve("latest"));
                    default -> {
                        if (!which.matches("[0-9]{1,9}")) {
                            throw new IllegalArgumentException("checkpoint: " + which
                                    + " (limit: best, latest or a number of epochs); choose one");
                        }
                        yield name(Integer.parseInt(which));
                    }
                };
        Path file = checkpoints.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    "checkpoint " + which + " of " + run,
                    "no file " + name,
                    "a checkpoint that was written",
                    "choose best, latest, or an epoch of training.snapshots_epochs");
        }
        return file;
    }

    /** Name of the checkpoint after so many epochs. */
    static String name(int epoch) {
        return String.format(Locale.ROOT, "epoch-%05d.npz", epoch);
    }

    /**
     * @param name of a checkpoint's file
     * @return epochs done
     * @throws NumberFormatException when it is no such name
     */
    static int epoch(String name) {
        return Integer.parseInt(name.replaceFirst("^epoch-", "").replaceFirst("\\.npz$", ""));
    }

    private static String named(Path pointer) {
        String text;
        try {
            text = Files.readString(pointer).strip();
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Code.STORAGE_DENIED,
                    ErrorDetail.of(pointer.toString(), "cannot be read", "", "the run has no such checkpoint yet"),
                    e);
        }
        Matcher name = NAME.matcher(text);
        if (!name.matches()) {
            throw new FormatException(
                    FormatException.Code.MALFORMED_HEADER,
                    pointer.toString(),
                    "'" + text.substring(0, Math.min(80, text.length())) + "'",
                    "epoch-NNNNN.npz",
                    "name a checkpoint by its epoch");
        }
        return name.group(1);
    }
}
