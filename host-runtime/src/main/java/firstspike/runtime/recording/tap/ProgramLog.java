package firstspike.runtime.recording.tap;

import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.runtime.recording.log.Mark;
import firstspike.runtime.recording.log.SampleConverter;
import firstspike.runtime.recording.log.SpikeLogWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns the programs of one chip and their answers into records of a spike log. Until a log is there, set-ups are kept for it,
 * because a chip is set up before anybody knows that its run begins. Mutable; its methods may be called from several threads,
 * one after another.
 */
public final class ProgramLog implements AutoCloseable {

    /** Text of the mark that says with which ordinal a program ran, where it is not its number in the log; its number does. */
    public static final String ORDINAL = "program ordinal";
    /** Text of the mark of a program that did not come to its end. */
    public static final String BROKEN = "program broke off";

    private static final int BLOCK = 1 << 14;
    private static final int MADC_CHANNELS = 2;

    private final RecordingOptions options;
    private final ProgramTimes times = new ProgramTimes();
    private final List<PlaybackProgram> waiting = new ArrayList<>();
    private final SortedMap<String, Long> counters = new TreeMap<>();
    private final long[] ticks = new long[BLOCK];
    private final short[] labels = new short[BLOCK];
    private final int[] delays = new int[BLOCK];
    private final int[] values = new int[BLOCK];
    private final List<Window> windows = new ArrayList<>();

    private SpikeLogWriter writer;
    private long zero;
    private long events;

    /** @param options what is kept */
    public ProgramLog(RecordingOptions options) {
        this.options = options;
    }

    /**
     * When the window of a sample opens.
     *
     * @param tick after time zero
     * @param number of the sample in its data set
     */
    public record Window(long tick, long number) {}

    /**
     * Writes from now on, beginning with the set-ups so far.
     *
     * @param log closed with this
     */
    public synchronized void attach(SpikeLogWriter log) {
        writer = log;
        waiting.forEach(writer::setUp);
        waiting.clear();
    }

    /** Whether there is a log. */
    public synchronized boolean isAttached() {
        return writer != null;
    }

    /** The chip was, or is about to be, configured by a program. */
    synchronized void setUp(PlaybackProgram program) {
        if (!options.setUps()) {
            return;
        }
        if (writer == null) {
            waiting.add(program);
        } else {
            writer.setUp(program);
        }
    }

    /**
     * Windows of the next program's samples.
     *
     * @param opening in ascending order of ticks
     */
    public synchronized void expect(List<Window> opening) {
        windows.clear();
        windows.addAll(opening);
    }

    /**
     * A remark or the end of an epoch.
     *
     * @param kind note or epoch
     * @param number of the epoch, else 0
     * @param text of a note, else empty
     */
    public synchronized void mark(Mark.Kind kind, long number, String text) {
        if (writer != null) {
            writer.mark(kind, 0, number, text);
        }
    }

    /** A program is about to be submitted: its stimulus is with the operating system when this returns. */
    synchronized void begin(long ordinal, ProgramSource program) {
        attached();
        if (options.setUps() && program instanceof PlaybackProgram whole) {
            long[] before = ProgramTimes.setUpOf(whole);
            if (before.length > 0) {
                writer.setUp(PlaybackProgram.ofWords(before));
            }
        }
        if (ordinal != writer.program()) {
            writer.mark(Mark.Kind.NOTE, 0, ordinal, ORDINAL);
        }
        times.read(program);
        events = 0;
        writer.startProgram(0);
        for (Window window : windows) {
            writer.mark(Mark.Kind.SAMPLE, window.tick(), window.number(), "");
        }
        windows.clear();
        writer.stimulus(times.ticks(), times.labels(), 0, times.count());
        if (options.handOver()) {
            writer.handOver();
        }
    }

    /** The system time of time zero is known. */
    synchronized void zero(long fpgaTime) {
        zero = fpgaTime;
    }

    synchronized void spikes(SpikeColumns columns) {
        int size = columns.size();
        for (int from = 0; from < size; from += BLOCK) {
            int n = Math.min(BLOCK, size - from);
            for (int i = 0; i < n; i++) {
                long chipTime = columns.chipTime(from + i);
                ticks[i] = since(chipTime, zero);
                labels[i] = (short) columns.label(from + i);
                delays[i] = options.fpgaTime() ? (int) since(columns.fpgaTime(from + i), chipTime) : 0;
            }
            if (options.fpgaTime()) {
                writer.spikes(ticks, labels, delays, 0, n);
            } else {
                writer.spikes(ticks, labels, 0, n);
            }
        }
        events += size;
    }

    synchronized void samples(SampleColumns columns) {
        int size = columns.size();
        for (int channel = 0; channel < MADC_CHANNELS; channel++) {
            int n = 0;
            for (int i = 0; i < size; i++) {
                if (columns.channel(i) == channel) {
                    ticks[n] = since(columns.chipTime(i), zero);
                    values[n++] = columns.value(i);
                }
                if (n == BLOCK || i == size - 1) {
                    writer.samples(SampleConverter.MADC, channel, options.madcSource(), ticks, values, 0, n);
                    n = 0;
                }
            }
        }
    }

    /** The program came to its end. */
    synchronized void end(RunHealth health) {
        health.counters().forEach((key, value) -> {
            if (!HealthKeys.describesOneRun(key)) {
                counters.merge(key, value, key.equals(HealthKeys.LATE_MAX_TICKS) ? Math::max : Long::sum);
            }
        });
        writer.endProgram(times.lastMarker(), counters);
    }

    /** The program did not come to its end: what is there of it stays, and no end is marked. */
    synchronized void breakOff() {
        writer.mark(Mark.Kind.NOTE, 0, 0, BROKEN);
        writer.breakOff();
    }

    /** Counters of the log itself: how long programs waited for the disk, and events that it dropped. */
    public synchronized SortedMap<String, Long> ownCounters() {
        return writer == null ? new TreeMap<>() : writer.ownCounters();
    }

    /** Spikes from the chip in the program that runs or ran last. */
    public synchronized long events() {
        return events;
    }

    /** Waits until all that was recorded is with the operating system. */
    public synchronized void handOver() {
        if (writer != null) {
            writer.handOver();
        }
    }

    /** What was recorded is worthless by the judgement of its run. */
    public synchronized void falsify() {
        if (writer != null) {
            writer.falsify();
        }
    }

    private void attached() {
        if (writer == null) {
            throw new IllegalStateException("program: runs before its log is there; attach the log first");
        }
    }

    /** Ticks between two 43-bit system times, by the shorter way around. */
    private static long since(long time, long from) {
        return time - from << 21 >> 21;
    }

    /** Closes the log; repeated calls have no effect. */
    @Override
    public synchronized void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
