package firstspike.runtime.recording.log;

import firstspike.driver.link.WallClock;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.runtime.error.StorageException;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a spike log while programs run (formats.md 2.5). One calling thread; encoding, checksums and the disk have a thread of
 * their own. Order of calls for each program:
 *
 * <pre>
 * setUp(program)                  when the chip was configured anew
 * startProgram(systime)
 * stimulus(ticks, labels, …)
 * handOver()                      before the program is submitted: its stimulus survives whatever happens to it
 * spikes(…) samples(…) mark(…)    as answers come
 * endProgram(tick, counters)      hands everything over
 * </pre>
 *
 * Events reach the operating system at the latest 200 ms after the first of them, so that a killed process loses no more;
 * a chunk ends earlier when it is full. When the disk is slower than the caller, the caller waits, and the wait is counted as
 * {@code log.writer_stall_ms}. A failed disk shows as {@link StorageException} in the next call.
 */
public final class SpikeLogWriter implements AutoCloseable {

    private static final long HAND_OVER_NANOS = Duration.ofMillis(200).toNanos();
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String DROPPED = "events.dropped.log";
    private static final String STALL = "log.writer_stall_ms";

    private final Path file;
    private final LogFile log;
    private final LogSettings settings;
    private final WallClock clock;
    private final LogQueue queue;
    private final Thread thread;
    private final OpenSpikes[] open = new OpenSpikes[SpikeDirection.values().length];
    private final Map<OpenSamples.Channel, OpenSamples> openSamples = new LinkedHashMap<>();
    private final SortedMap<String, Long> before;
    private SortedMap<String, Long> counters = new TreeMap<>();
    private long program;
    private boolean inProgram;
    private boolean falsified;
    private boolean closed;
    private boolean unforced;
    private WallClock.Alarm alarm;
    private long alarmNanos;
    private long lastHealthNanos;
    private long forcedNanos;
    private long dropped;
    private int expected;

    private SpikeLogWriter(Path file, LogFile log, LogSettings settings) {
        this.file = file;
        this.log = log;
        this.settings = settings;
        this.clock = settings.clock();
        this.queue = new LogQueue(clock);
        this.before = log.counters();
        this.program = log.output().programs();
        this.forcedNanos = clock.nanoTime();
        this.thread = new Thread(this::write, "firstspike-log " + file.getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Makes a log.
     *
     * @param file that does not exist
     * @param header what it says of itself
     * @param settings how it is written
     * @return its writer, which holds the lock of the log until it is closed
     * @throws StorageException {@code EXISTS}, {@code LOG_BUSY}, {@code STORAGE_FULL} or {@code STORAGE_DENIED}
     */
    public static SpikeLogWriter create(Path file, LogHeader header, LogSettings settings) {
        return new SpikeLogWriter(file, LogFile.create(file, header), settings);
    }

    /**
     * Goes on with a log that is whole, after its last record; its index and footer go, and come again at the end.
     *
     * @param file that exists; a torn one is to be recovered first
     * @param header as {@link #create} would write it
     * @param settings how it is written
     * @param force whether another target or calibration is accepted, and noted by a mark
     * @return its writer, which holds the lock of the log until it is closed
     * @throws firstspike.runtime.error.FormatException {@code LOG_MISMATCH} naming field and both values, {@code TRUNCATED}, or
     *     what is wrong in the middle
     * @throws StorageException {@code LOG_BUSY}, {@code STORAGE_FULL} or {@code STORAGE_DENIED}
     */
    public static SpikeLogWriter append(Path file, LogHeader header, LogSettings settings, boolean force) {
        return new SpikeLogWriter(file, LogFile.append(file, header, force), settings);
    }

    /** Number of the program that runs, or of the next one when none does. */
    public long program() {
        return program;
    }

    /**
     * What was written to the chip before the next program, as it was run.
     *
     * @param setUp program of the configuration
     */
    public void setUp(PlaybackProgram setUp) {
        long[] words = new long[Math.toIntExact(setUp.instructionCount())];
        InstructionSource source = setUp.open();
        for (int i = 0; source.next(); i++) {
            words[i] = source.word();
        }
        long next = program;
        put(output -> output.setup(next, words));
    }

    /**
     * A program begins.
     *
     * @param systime 43-bit systime of its tick 0, or 0 when it is not known yet
     * @return its number
     */
    public long startProgram(long systime) {
        if (inProgram) {
            throw new IllegalStateException(
                    "program " + program + " of " + file + ": not ended; call endProgram first");
        }
        long started = program;
        locked(() -> {
            queue.put(output -> output.mark(started, Mark.Kind.PROGRAM_START, 0, 0, "", systime));
            inProgram = true;
            lastHealthNanos = clock.nanoTime();
            arm(HAND_OVER_NANOS);
        });
        return started;
    }

    /**
     * Stimulus of the program that runs.
     *
     * @param ticks release time of each spike minus time zero of the program, within plus and minus 2^62
     * @param labels 16-bit labels, raw bits
     * @param from first spike
     * @param to after the last one
     */
    public void stimulus(long[] ticks, short[] labels, int from, int to) {
        add(SpikeDirection.TO_CHIP, ticks, labels, null, from, to);
    }

    /**
     * Spikes that the chip sent, in the order in which they arrived.
     *
     * @param ticks chip time minus time zero of the program, within plus and minus 2^62
     * @param labels 16-bit labels, raw bits
     * @param from first spike
     * @param to after the last one
     */
    public void spikes(long[] ticks, short[] labels, int from, int to) {
        add(SpikeDirection.FROM_CHIP, ticks, labels, null, from, to);
    }

    /**
     * The same with the way of each spike through the FPGA, which costs a byte an event.
     *
     * @param ticks chip time minus time zero of the program
     * @param labels 16-bit labels, raw bits
     * @param fpgaDelays FPGA time minus chip time in ticks, 0 to 127 in a sound recording
     * @param from first spike
     * @param to after the last one
     */
    public void spikes(long[] ticks, short[] labels, int[] fpgaDelays, int from, int to) {
        add(SpikeDirection.FROM_CHIP, ticks, labels, fpgaDelays, from, to);
    }

    private void add(SpikeDirection direction, long[] ticks, short[] labels, int[] delays, int from, int to) {
        checkTicks(ticks, from, to);
        int place = direction.ordinal();
        locked(() -> {
            int at = from;
            while (at < to) {
                OpenSpikes chunk = open[place];
                if (chunk != null && !chunk.takes(delays != null)) {
                    release(chunk, direction);
                    chunk = null;
                }
                if (chunk == null) {
                    chunk = new OpenSpikes(
                            program, direction, delays != null, clock.nanoTime(), Math.max(expected, to - at));
                    open[place] = chunk;
                    arm(HAND_OVER_NANOS);
                }
                at += chunk.add(ticks, labels, delays, at, to - at);
                if (chunk.isFull()) {
                    release(chunk, direction);
                }
            }
        });
    }

    /**
     * Samples of a converter for the program that runs.
     *
     * @param converter which one
     * @param channel MADC 0 or 1; CADC 0 to 511 causal, 512 to 1023 acausal
     * @param source {@code population[neuron].quantity}; empty when unknown
     * @param ticks chip time minus time zero of the program
     * @param values codes, LSB, from 0
     * @param from first sample
     * @param to after the last one
     */
    public void samples(
            SampleConverter converter, int channel, String source, long[] ticks, int[] values, int from, int to) {
        checkTicks(ticks, from, to);
        OpenSamples.Channel key = new OpenSamples.Channel(converter, channel, source);
        locked(() -> {
            int at = from;
            while (at < to) {
                OpenSamples chunk = openSamples.get(key);
                if (chunk == null) {
                    chunk = new OpenSamples(program, key, clock.nanoTime());
                    openSamples.put(key, chunk);
                    arm(HAND_OVER_NANOS);
                }
                at += chunk.add(ticks, values, at, to - at);
                if (chunk.isFull()) {
                    openSamples.remove(key);
                    release(chunk, chunk.size());
                }
            }
        });
    }

    /**
     * A mark of the program that runs.
     *
     * @param kind {@link Mark.Kind#SAMPLE}, {@link Mark.Kind#EPOCH} or {@link Mark.Kind#NOTE}
     * @param tick when
     * @param number of the sample or the epoch
     * @param text of a note, else empty
     */
    public void mark(Mark.Kind kind, long tick, long number, String text) {
        if (kind == Mark.Kind.PROGRAM_START || kind == Mark.Kind.PROGRAM_END) {
            throw new IllegalArgumentException("mark " + kind + ": has a method of its own; call that");
        }
        Mark mark = new Mark(0, program, kind, tick, number, text, 0);
        put(output -> output.mark(mark.program(), kind, tick, number, text, 0));
    }

    /**
     * Counters of the run as they stand, for the records that are due each second while a program runs.
     *
     * @param since cumulative since this writer was opened, by their names of formats.md 3.3
     */
    public void health(Map<String, Long> since) {
        locked(() -> counters = new TreeMap<>(since));
    }

    /** Waits until all that was given so far is with the operating system. */
    public void handOver() {
        locked(() -> {
            releaseAll();
            queue.drain();
            check();
        });
    }

    /**
     * The program ended and gave all that it had to give; hands it over without waiting for the disk.
     *
     * @param tick of its end
     * @param since counters, cumulative since this writer was opened
     */
    public void endProgram(long tick, Map<String, Long> since) {
        if (!inProgram) {
            throw new IllegalStateException("program of " + file + ": none runs; call startProgram first");
        }
        locked(() -> {
            releaseAll();
            counters = new TreeMap<>(since);
            long ended = program;
            queue.put(output -> output.mark(ended, Mark.Kind.PROGRAM_END, tick, 0, "", 0));
            offerHealth();
            queue.wake();
            inProgram = false;
            program++;
        });
    }

    /** The program did not come to its end: what it gave is handed over, no end is marked, and the next one may begin. */
    public void breakOff() {
        locked(() -> {
            releaseAll();
            offerHealth();
            queue.wake();
            inProgram = false;
            program++;
        });
    }

    /** What was recorded is worthless by the judgement of its run: the footer will say so. */
    public void falsify() {
        locked(() -> falsified = true);
    }

    /** Counters of the log itself: {@code log.writer_stall_ms}, {@code events.dropped.log}; absent while 0. */
    public SortedMap<String, Long> ownCounters() {
        queue.lock().lock();
        try {
            SortedMap<String, Long> own = new TreeMap<>();
            own(own);
            return own;
        } finally {
            queue.lock().unlock();
        }
    }

    private void own(SortedMap<String, Long> to) {
        if (queue.stallMs() > 0) {
            to.merge(STALL, queue.stallMs(), Long::sum);
        }
        if (dropped > 0) {
            to.merge(DROPPED, dropped, Long::sum);
        }
    }

    /** All counters since the start of the log. With lock. */
    private SortedMap<String, Long> allCounters() {
        SortedMap<String, Long> all = new TreeMap<>(before);
        counters.forEach((name, value) -> all.merge(name, value, Long::sum));
        own(all);
        return all;
    }

    private void offerHealth() {
        SortedMap<String, Long> all = allCounters();
        long of = program;
        queue.offer(output -> output.health(of, all));
        lastHealthNanos = clock.nanoTime();
    }

    private void put(PendingRecord entry) {
        locked(() -> {
            queue.put(entry);
            arm(HAND_OVER_NANOS);
        });
    }

    private void locked(Runnable action) {
        queue.lock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("log " + file + ": closed; open another");
            }
            check();
            action.run();
        } finally {
            queue.lock().unlock();
        }
    }

    private void check() {
        Throwable failure = queue.failure();
        if (failure instanceof IOException io) {
            throw StorageFailure.of(file, io);
        }
        if (failure != null) {
            throw new IllegalStateException("log " + file + ": writing failed; this is a bug", failure);
        }
    }

    private static void checkTicks(long[] ticks, int from, int to) {
        for (int i = from; i < to; i++) {
            if (ticks[i] > Limits.TICK || ticks[i] < -Limits.TICK) {
                throw new IllegalArgumentException(
                        "tick of event " + i + ": " + ticks[i] + " (limit: plus and minus 2^62); check time zero");
            }
        }
    }

    private void release(OpenSpikes chunk, SpikeDirection direction) {
        open[direction.ordinal()] = null;
        expected = chunk.size();
        // a stimulus that is not whole cannot be replayed, so it waits
        release(chunk, direction == SpikeDirection.TO_CHIP ? 0 : chunk.size());
    }

    private void release(PendingRecord chunk, int droppable) {
        if (settings.lossy() && droppable > 0 && queue.isTooFullFor(chunk)) {
            dropped += droppable;
            queue.wake();
        } else {
            queue.put(chunk);
        }
    }

    private void releaseAll() {
        for (SpikeDirection direction : SpikeDirection.values()) {
            if (open[direction.ordinal()] != null) {
                release(open[direction.ordinal()], direction);
            }
        }
        List<OpenSamples> chunks = new ArrayList<>(openSamples.values());
        openSamples.clear();
        chunks.forEach(chunk -> release(chunk, chunk.size()));
    }

    /** Makes the writing thread look after what is due, at the latest after so long. With lock. */
    private void arm(long nanos) {
        long at = clock.nanoTime() + nanos;
        if (alarm != null && alarmNanos - at <= 0) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        alarmNanos = at;
        alarm = clock.after(Duration.ofNanos(nanos), this::ring);
    }

    private void ring() {
        queue.lock().lock();
        try {
            alarm = null;
            if (!closed) {
                queue.wake();
            }
        } finally {
            queue.lock().unlock();
        }
    }

    /** Hands over what is old enough, and sees to the next alarm. On the writing thread, with lock; never waits. */
    private void due() {
        long now = clock.nanoTime();
        long next = Long.MAX_VALUE;
        for (SpikeDirection direction : SpikeDirection.values()) {
            OpenSpikes chunk = open[direction.ordinal()];
            if (chunk != null && now - chunk.firstNanos() >= HAND_OVER_NANOS) {
                open[direction.ordinal()] = null;
                queue.offer(chunk);
            } else if (chunk != null) {
                next = Math.min(next, chunk.firstNanos() + HAND_OVER_NANOS - now);
            }
        }
        for (Iterator<OpenSamples> chunks = openSamples.values().iterator(); chunks.hasNext(); ) {
            OpenSamples chunk = chunks.next();
            if (now - chunk.firstNanos() >= HAND_OVER_NANOS) {
                chunks.remove();
                queue.offer(chunk);
            } else {
                next = Math.min(next, chunk.firstNanos() + HAND_OVER_NANOS - now);
            }
        }
        if (inProgram && now - lastHealthNanos >= SECOND_NANOS) {
            offerHealth();
        }
        if (inProgram) {
            next = Math.min(next, lastHealthNanos + SECOND_NANOS - now);
        }
        if (unforced && settings.fsync() == FsyncPolicy.INTERVAL) {
            long left = forcedNanos + SECOND_NANOS - now;
            if (left <= 0) {
                queue.offer(output -> {});
            } else {
                next = Math.min(next, left);
            }
        }
        if (next < Long.MAX_VALUE && !closed) {
            arm(next);
        }
    }

    private void write() {
        try {
            for (PendingRecord entry = queue.take(this::due); entry != null; entry = queue.take(this::due)) {
                entry.write(log.output());
                force();
                queue.done(entry);
            }
        } catch (IOException | RuntimeException | Error e) {
            queue.lock().lock();
            try {
                queue.fail(e);
            } finally {
                queue.lock().unlock();
            }
        }
    }

    private void force() throws IOException {
        long now = clock.nanoTime();
        boolean wanted =
                switch (settings.fsync()) {
                    case ALWAYS -> true;
                    case INTERVAL -> now - forcedNanos >= SECOND_NANOS;
                    case CLOSE, NEVER -> false;
                };
        unforced = !wanted;
        if (wanted) {
            log.output().force();
            forcedNanos = now;
        }
    }

    /**
     * Writes what is left, the totals, index and footer.
     *
     * @throws StorageException when the disk does not take it; what was written before is whole
     */
    @Override
    public void close() {
        queue.lock().lock();
        try {
            if (closed) {
                return;
            }
            releaseAll();
            queue.drain();
            queue.end();
            closed = true;
            if (alarm != null) {
                alarm.cancel();
            }
        } finally {
            queue.lock().unlock();
        }
        join();
        try {
            check();
            long flags = LogFooter.CLOSED | log.flags() | (falsified || dropped > 0 ? LogFooter.FALSIFIED : 0);
            log.output().totals(Math.max(0, log.output().programs() - 1), allCounters());
            log.output().finish(clock.epochMillis(), flags);
            if (settings.fsync() != FsyncPolicy.NEVER) {
                log.output().force();
            }
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        } finally {
            log.close();
        }
    }

    private void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
