package firstspike.runtime.recording.tap;

import firstspike.driver.link.ChipLink;
import firstspike.runtime.recording.log.SpikeLogWriter;
import firstspike.runtime.target.LinkTap;
import java.util.ArrayList;
import java.util.List;

/** Records every link of a target, each chip into a log of its own. One owner thread. */
public final class RecordingTap implements LinkTap, AutoCloseable {

    private final RecordingOptions options;
    private final List<ProgramLog> logs = new ArrayList<>();

    /**
     * @param chips of the target
     * @param options what is kept
     */
    public RecordingTap(int chips, RecordingOptions options) {
        this.options = options;
        for (int i = 0; i < chips; i++) {
            logs.add(new ProgramLog(options));
        }
    }

    @Override
    public ChipLink tap(int chip, long firstProgramOrdinal, ChipLink link) {
        return new RecordingLink(link, firstProgramOrdinal, logs.get(chip), options);
    }

    /**
     * @param chip index of a chip
     * @param writer of its log, closed with this; must be there before the first program that is not set-up
     */
    public void attach(int chip, SpikeLogWriter writer) {
        logs.get(chip).attach(writer);
    }

    /** One a chip, in the order of the target. */
    public List<ProgramLog> logs() {
        return List.copyOf(logs);
    }

    /** Closes all logs; repeated calls have no effect. */
    @Override
    public void close() {
        logs.forEach(ProgramLog::close);
    }
}
