package firstspike.runtime.recording.log;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a recovery did.
 *
 * @param before how the log was
 * @param changed whether anything was to be done
 * @param kept where the cut bytes, or the damaged log, are kept; empty when nothing was cut
 * @param keptBytes how many
 */
public record Recovery(LogHealth before, boolean changed, Optional<Path> kept, long keptBytes) {}
