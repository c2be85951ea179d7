package firstspike.runtime.recording.replay;

import firstspike.driver.playback.PlaybackProgram;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.LogRecord;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.log.SetupRecord;
import firstspike.runtime.recording.log.SpikeChunk;
import firstspike.runtime.recording.log.SpikeDirection;
import firstspike.runtime.recording.log.SpikeLog;
import firstspike.runtime.recording.tap.ProgramLog;
import firstspike.runtime.recording.tap.StimulusProgram;
import java.util.function.Consumer;

/**
 * Runs the programs of a log again, one after another as they stand in it; only one is in memory. A program without an end,
 * the last one of a log that was torn, is run a little longer than its last recorded spike: what was recorded must be the
 * beginning of what comes. One use, one thread.
 */
public final class LogReplay {

    /** Differences that are kept. */
    private static final int FIRST_DIFFERENCES = 20;
    /** How much longer a torn program runs than its last recorded event. */
    private static final long AFTER_LAST = 1000;

    private final ReplayRequest request;
    private final ReplayChip chip;
    private final Consumer<Long> progress;
    private final SpikeComparison comparison;
    private final Spikes sent = new Spikes();
    private final Spikes recorded = new Spikes();

    private long running = -1;
    private long ordinal = -1;
    private long nextOrdinal = -1;
    private boolean brokenOff;
    private boolean setUpSeen;
    private long programs;
    private long torn;
    private long sentTotal;
    private long recordedTotal;
    private long gotTotal;

    /**
     * @param request which programs
     * @param chip that runs them; stays open
     * @param progress hears the number of each program that was run
     */
    public LogReplay(ReplayRequest request, ReplayChip chip, Consumer<Long> progress) {
        this.request = request;
        this.chip = chip;
        this.progress = progress;
        comparison = new SpikeComparison(request.toleranceTicks(), FIRST_DIFFERENCES);
    }

    /**
     * @param log to run again
     * @param salvage whether damage in its middle is passed over
     * @return what came
     * @throws FormatException when it is damaged
     * @throws ExperimentException {@code CONFIG_CHANGED} when nothing configures the chip
     */
    public ReplayResult run(SpikeLog log, boolean salvage) {
        LogHealth health = log.read(salvage, (record, offset) -> accept(record));
        if (running >= 0) {
            end(-1);
        }
        return new ReplayResult(
                programs,
                torn,
                sentTotal,
                recordedTotal,
                gotTotal,
                comparison.differences(),
                comparison.first(),
                health);
    }

    private void accept(LogRecord record) {
        switch (record.kind()) {
            case SETUP -> {
                setUpSeen = true;
                if (record.program() <= request.lastProgram()) {
                    chip.setUp(PlaybackProgram.ofWords(((SetupRecord) record).words()));
                }
            }
            case MARK -> mark((Mark) record);
            case SPIKES -> {
                SpikeChunk chunk = (SpikeChunk) record;
                if (running >= 0) {
                    (chunk.direction() == SpikeDirection.TO_CHIP ? sent : recorded).add(chunk.ticks(), chunk.labels());
                }
            }
            case SAMPLES, HEALTH -> {
                // membranes are not compared
            }
        }
    }

    private void mark(Mark mark) {
        switch (mark.what()) {
            case NOTE -> {
                if (mark.text().equals(ProgramLog.ORDINAL)) {
                    nextOrdinal = mark.number();
                } else if (mark.text().equals(ProgramLog.BROKEN)) {
                    brokenOff = true;
                }
            }
            case PROGRAM_START -> {
                if (running >= 0) {
                    end(-1);
                }
                boolean wanted = mark.program() >= request.firstProgram() && mark.program() <= request.lastProgram();
                running = wanted ? mark.program() : -1;
                ordinal = nextOrdinal >= 0 ? nextOrdinal : mark.program();
                nextOrdinal = -1;
                brokenOff = false;
                sent.clear();
                recorded.clear();
            }
            case PROGRAM_END -> {
                if (running >= 0) {
                    end(mark.tick());
                }
            }
            case SAMPLE, EPOCH -> {
                // say what was recorded, not what was sent
            }
        }
    }

    /** Runs the program whose records have been read; a negative tick: it has no end. */
    private void end(long endTick) {
        boolean whole = endTick >= 0 && !brokenOff;
        if (!setUpSeen && request.setUpsNeeded()) {
            throw new ExperimentException(
                    ExperimentException.Code.CONFIG_CHANGED,
                    "set-up of program " + running,
                    "not in the log",
                    "a SetupRecord, which 'record' writes and 'train' with record: [spikes, setup]",
                    "name the network with --network FILE");
        }
        long until = whole ? endTick : recorded.lastTick(sent.lastTick(0)) + AFTER_LAST;
        Spikes got = chip.run(ordinal, new StimulusProgram(sent.ticks(), sent.labels(), sent.size(), until));
        if (request.compare()) {
            comparison.compare(running, recorded, got, whole);
        }
        programs++;
        torn += whole ? 0 : 1;
        sentTotal += sent.size();
        recordedTotal += recorded.size();
        gotTotal += got.size();
        progress.accept(running);
        running = -1;
    }
}
