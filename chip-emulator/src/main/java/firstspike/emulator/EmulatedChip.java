package firstspike.emulator;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.LinkLostException;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunFailedException;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * An emulated chip in process: executes playback programs bit for bit on the digital side, and a model on the analog side.
 * No socket, no side door: what goes in are the words of programs.
 *
 * <pre>{@code
 * try (EmulatedChip chip = EmulatedChip.open("emu:nominal?seed=0")) {
 *     RunResult result = chip.run(program, RunOptions.defaults());
 * }
 * }</pre>
 *
 * <p>One owner thread. Interrupting that thread ends a run with
 * {@link firstspike.driver.link.CancelledException}.
 */
public final class EmulatedChip implements ChipLink {

    /** Ordinal of programs that take none. */
    private static final long SETUP = -1;

    private final ChipDescription description;
    private final SubmissionCheck check;
    private final VirtualChip chip;
    private long nextOrdinal;
    private boolean closed;

    EmulatedChip(ChipDescription description, EmulatorOptions options, VirtualChip chip, long firstOrdinal) {
        this.description = description;
        this.chip = chip;
        check = new SubmissionCheck(options.target(), options.strictAddresses(), options.strictReadback());
        nextOrdinal = firstOrdinal;
    }

    /**
     * Opens the first chip of a target.
     *
     * @param target for example {@code emu:nominal?seed=0}
     * @return the chip at power-on
     */
    public static EmulatedChip open(String target) {
        EmulatorSource source = EmulatorSource.of(target);
        return source.open(source.chips().get(0).chipId(), LinkOptions.defaults());
    }

    @Override
    public ChipDescription describe() {
        return description;
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions options) {
        if (closed) {
            throw new LinkLostException(
                    ErrorDetail.of("link to " + description.chipId(), "closed", "open", "open it again"), null, null, true);
        }
        check.accept(program, options);
        long ordinal = options.setup() ? SETUP : nextOrdinal++;
        Provenance provenance = new Provenance(description, "", "", program.sha256(), ordinal);
        chip.turn().lock();
        try {
            RunResult result = chip.fpga().run(program, ordinal, provenance, new WallTimeWatch(options, program));
            if (options.failOnLoss() && !result.health().lossFree()) {
                throw new RunFailedException(
                        ErrorDetail.of(
                                "events of the run",
                                "lost: " + result.health().counters(),
                                "no loss",
                                "send fewer events at a time, or accept the loss"),
                        null,
                        result,
                        true);
            }
            return result;
        } finally {
            chip.turn().unlock();
        }
    }

    @Override
    public List<RunResult> run(List<PlaybackProgram> programs, RunOptions options) {
        chip.turn().lock();
        try {
            List<RunResult> results = new ArrayList<>(programs.size());
            for (PlaybackProgram program : programs) {
                results.add(run(program, options));
            }
            return results;
        } finally {
            chip.turn().unlock();
        }
    }

    @Override
    public String snapshot() {
        chip.turn().lock();
        try {
            return nextOrdinal + "/" + chip.snapshot();
        } finally {
            chip.turn().unlock();
        }
    }

    @Override
    public void restore(String snapshot) {
        int slash = snapshot.indexOf('/');
        if (slash < 1 || !snapshot.substring(0, slash).matches("[0-9]{1,19}")) {
            throw new IllegalArgumentException(
                    "snapshot: '" + snapshot + "' (limit: an id of this link); use an id that snapshot gave");
        }
        chip.turn().lock();
        try {
            chip.restore(snapshot.substring(slash + 1));
            nextOrdinal = Long.parseLong(snapshot.substring(0, slash));
        } finally {
            chip.turn().unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
