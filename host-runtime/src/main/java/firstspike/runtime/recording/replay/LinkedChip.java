package firstspike.runtime.recording.replay;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.recording.tap.StimulusProgram;
import firstspike.runtime.session.LinkOpener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A chip that is configured by the set-ups of the log alone. The link is opened for the first program that is run; where the
 * ordinals of the log leave their row, as after a link that broke, it is opened anew and all set-ups are run again.
 */
public final class LinkedChip implements ReplayChip {

    /** Words of set-ups that are kept for another link: 256 MiB. */
    private static final long MOST_WORDS = 1L << 25;
    /** An emulator that waits for a processor is not stuck. */
    private static final Duration EMULATED_LIMIT = Duration.ofMinutes(10);

    private final LinkOpener opener;
    private final List<PlaybackProgram> setUps = new ArrayList<>();
    private long words;
    private ChipLink link;
    private long next;

    /** @param opener of the chip */
    public LinkedChip(LinkOpener opener) {
        this.opener = opener;
    }

    @Override
    public void setUp(PlaybackProgram program) {
        words += program.size();
        if (words <= MOST_WORDS) {
            setUps.add(program);
        } else {
            setUps.clear();
        }
        if (link != null) {
            link.run(program, RunOptions.forSetup());
        }
    }

    @Override
    public Spikes run(long ordinal, StimulusProgram program) {
        if (link == null || ordinal != next) {
            open(ordinal);
        }
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        StimulusProgram.Window window = program.append(builder);
        boolean emulated = link.describe().kind() == ChipDescription.Kind.EMULATOR;
        RunOptions options =
                emulated ? RunOptions.defaults().withExecutionLimit(EMULATED_LIMIT) : RunOptions.defaults();
        RunResult result = link.run(builder.done(), options);
        next = ordinal + 1;
        return Spikes.of(result.spikes(), result.fpgaTime(window.begin()));
    }

    private void open(long ordinal) {
        if (words > MOST_WORDS) {
            throw new ExperimentException(
                    ExperimentException.Code.VALUE_OUT_OF_RANGE,
                    "set-ups of the log before the program of ordinal " + ordinal,
                    words + " words",
                    MOST_WORDS + " where a new link is needed",
                    "replay fewer programs with --programs");
        }
        close();
        link = opener.open(ordinal);
        setUps.forEach(program -> link.run(program, RunOptions.forSetup()));
    }

    @Override
    public void close() {
        if (link != null) {
            link.close();
            link = null;
        }
    }
}
