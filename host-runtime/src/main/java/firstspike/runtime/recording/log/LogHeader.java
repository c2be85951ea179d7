package firstspike.runtime.recording.log;

import java.util.List;
import java.util.Objects;

/**
 * Where the spikes of a log come from: its first record.
 *
 * @param runId UUID of the run
 * @param target as given, without credentials
 * @param fidelity {@code mock}, {@code ideal}, {@code nominal}, {@code varied}, {@code fitted} or {@code hardware}
 * @param chipId as the chip names itself
 * @param calibrationId empty: none
 * @param configSha256 of the canonical resolved experiment, 64 hex digits; empty: none
 * @param tickPs length of a tick in picoseconds, 8000 for this chip, not 0
 * @param createdUnixMs when the file was made
 * @param writer program and version
 * @param labels which neuron a label stands for, at most 65 536
 */
public record LogHeader(
        String runId,
        String target,
        String fidelity,
        String chipId,
        String calibrationId,
        String configSha256,
        long tickPs,
        long createdUnixMs,
        String writer,
        List<LabelEntry> labels) {

    /** Format that is written, and the newest that is read. */
    public static final int FORMAT_VERSION = 1;
    /** Picoseconds of a tick of this chip. */
    public static final long CHIP_TICK_PS = 8000;
    /** Most entries of the label table. */
    public static final int MAX_LABELS = 65_536;

    /** Copies the table. */
    public LogHeader {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(fidelity, "fidelity");
        Objects.requireNonNull(chipId, "chipId");
        Objects.requireNonNull(calibrationId, "calibrationId");
        Objects.requireNonNull(configSha256, "configSha256");
        Objects.requireNonNull(writer, "writer");
        labels = List.copyOf(labels);
    }
}
