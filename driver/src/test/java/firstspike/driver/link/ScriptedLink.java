package firstspike.driver.link;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.error.PartialResult;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A chip for unit tests: it answers what a test scripted and keeps every program that it was given (playback.md 13.5).
 *
 * <pre>{@code
 * ScriptedLink chip = new ScriptedLink();
 * chip.expect(program -> program.size() > 100).answer(ScriptedLink.spike(0x0103, 2500));
 * chip.onRead(0x1000, 42);
 * … // run the experiment against chip
 * chip.verifyAllConsumed();
 * }</pre>
 *
 * <p>Unscripted it answers every read with 0, every marker with a loopback numbered 1, 2, 3, … in order of the
 * instructions, gives no spikes, and its times are {@link TimeBase#UNSYNCED}. Runs are serialised; any thread.
 */
public final class ScriptedLink implements ChipLink {

    private static final int CONTEXT = 10;

    /** Distance of a scripted spike's arrival at the FPGA from its chip time, ticks. */
    private static final int LINK_TICKS = 40;

    private static final ChipDescription DESCRIPTION = new ChipDescription(
            ChipDescription.Kind.MOCK,
            "mock:",
            new ChipId("mock"),
            "mock",
            3,
            false,
            "scripted",
            8000,
            OptionalLong.empty(),
            OptionalLong.empty(),
            PlaybackProgram.MAX_INSTRUCTIONS,
            new TreeMap<>());

    private final Object turn = new Object();
    private final LocalSubmissions submissions = new LocalSubmissions(this::runNow);
    private ReinitStack reinit = new KeptReinit();
    private final WallClock clock;
    private final ChipDescription description;
    private final List<PlaybackProgram> programs = new ArrayList<>();
    private final List<RunOptions> options = new ArrayList<>();
    private final List<String> threads = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private final Map<Integer, Deque<Integer>> reads = new HashMap<>();
    private final Map<Integer, Integer> lastRead = new HashMap<>();
    private final Map<Integer, ChipException> failures = new TreeMap<>();
    private final Deque<Long> markers = new ArrayDeque<>();
    private final Deque<Duration> delays = new ArrayDeque<>();
    private final List<Spike> emitted = new ArrayList<>();
    private OptionalLong timeoutAt = OptionalLong.empty();
    private OptionalInt omnibusResponses = OptionalInt.empty();
    private TimeBase timeBase = TimeBase.UNSYNCED;
    private long nanosPerInstruction;
    private boolean computes;
    private long ordinal;
    private int closed;

    /** A scripted chip whose delays cost no time. */
    public ScriptedLink() {
        this(TestClock.jumping());
    }

    /**
     * @param clock that delays pass on
     */
    public ScriptedLink(WallClock clock) {
        this(clock, DESCRIPTION);
    }

    /**
     * @param clock that delays pass on
     * @param description what {@link #describe} answers
     */
    public ScriptedLink(WallClock clock, ChipDescription description) {
        this.clock = clock;
        this.description = description;
    }

    /**
     * A spike for {@link Expectation#answer}.
     *
     * @param label 16 bit
     * @param chipTime ticks, 0 or more
     */
    public static Spike spike(int label, long chipTime) {
        return new Spike(label, chipTime);
    }

    /**
     * Scripts the answer to one program. Expectations are tried in the order of their definition; the first one not yet
     * consumed whose matcher accepts the program answers it. A program that none accepts is answered unscripted.
     *
     * @param matcher decides by the program
     * @return to be given an answer; without one the program is answered without spikes
     */
    public synchronized Expectation expect(Predicate<PlaybackProgram> matcher) {
        Expectation expectation = new Expectation(matcher);
        expectations.add(expectation);
        return expectation;
    }

    /**
     * Values that an address reads as, one a read; the last one stays.
     *
     * @param address 32 bit
     * @param values one or more
     * @return this
     */
    public synchronized ScriptedLink onRead(int address, int... values) {
        Deque<Integer> queue = reads.computeIfAbsent(address, a -> new ArrayDeque<>());
        Arrays.stream(values).forEach(queue::add);
        return this;
    }

    /**
     * FPGA times of the next markers, one a marker; markers beyond them are numbered.
     *
     * @param fpgaTimes ticks
     * @return this
     */
    public synchronized ScriptedLink onMarker(long... fpgaTimes) {
        Arrays.stream(fpgaTimes).forEach(markers::add);
        return this;
    }

    /**
     * A spike in the result of the next program.
     *
     * @param label 16 bit
     * @param chipTime ticks, 0 or more
     * @return this
     */
    public synchronized ScriptedLink emit(int label, long chipTime) {
        emitted.add(new Spike(label, chipTime));
        return this;
    }

    /**
     * Makes one call of {@link #run} fail.
     *
     * @param n which call, counted from 1 over the life of the link
     * @param exception what it throws
     * @return this
     */
    public synchronized ScriptedLink failNth(int n, ChipException exception) {
        failures.put(n, exception);
        return this;
    }

    /**
     * Makes the next run end with a time-out notification.
     *
     * @param index that the notification names; any value, as hardware may say
     * @return this
     */
    public synchronized ScriptedLink failWithTimeoutAt(long index) {
        timeoutAt = OptionalLong.of(index);
        return this;
    }

    /**
     * Makes the next run deliver another number of Omnibus responses than its program asks for.
     *
     * @param count how many
     * @return this
     */
    public synchronized ScriptedLink deliverOmnibusResponses(int count) {
        omnibusResponses = OptionalInt.of(count);
        return this;
    }

    /**
     * Makes the next run take time; further calls are for the runs after it.
     *
     * @param duration on the clock
     * @return this
     */
    public synchronized ScriptedLink delay(Duration duration) {
        delays.add(duration);
        return this;
    }

    /**
     * Makes every run take time in proportion to its length, default 0.
     *
     * @param nanos on the clock
     * @return this
     */
    public synchronized ScriptedLink nanosPerInstruction(long nanos) {
        nanosPerInstruction = nanos;
        return this;
    }

    /**
     * What results say of their times, default {@link TimeBase#UNSYNCED}.
     *
     * @param base of all following runs
     * @return this
     */
    public synchronized ScriptedLink timeBase(TimeBase base) {
        timeBase = base;
        return this;
    }

    /**
     * A stack to look into, default {@link KeptReinit}.
     *
     * @param stack that {@link #reinit()} gives
     * @return this
     */
    public synchronized ScriptedLink reinit(ReinitStack stack) {
        reinit = stack;
        return this;
    }

    /**
     * Makes this a chip that its caller's thread computes: {@link #computes()} is true from now on.
     *
     * @return this
     */
    public synchronized ScriptedLink computing() {
        computes = true;
        return this;
    }

    /** Every program that was run, failed ones included, in order. */
    public synchronized List<PlaybackProgram> programs() {
        return List.copyOf(programs);
    }

    /** The options of these runs. */
    public synchronized List<RunOptions> options() {
        return List.copyOf(options);
    }

    /** The names of the threads that ran them. */
    public synchronized List<String> threads() {
        return List.copyOf(threads);
    }

    /** True when it was closed at least once. */
    public synchronized boolean isClosed() {
        return closed > 0;
    }

    /**
     * Fails the test when something scripted never happened.
     *
     * @throws AssertionError that lists all of it
     */
    public synchronized void verifyAllConsumed() {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < expectations.size(); i++) {
            if (!expectations.get(i).consumed) {
                left.add("expectation " + (i + 1) + " met no program");
            }
        }
        failures.keySet().forEach(n -> left.add("run " + n + " that should fail never came"));
        reads.forEach((address, values) -> {
            if (!values.isEmpty()) {
                left.add(String.format("address 0x%08x: values %s were not read", address, values));
            }
        });
        if (!emitted.isEmpty()) {
            left.add("emitted spikes that no program received: " + emitted.size());
        }
        if (!markers.isEmpty()) {
            left.add("times that no marker took: " + markers);
        }
        timeoutAt.ifPresent(index -> left.add("time-out at instruction " + index + " met no program"));
        if (!left.isEmpty()) {
            throw new AssertionError("after " + programs.size() + " runs not consumed: " + String.join("; ", left));
        }
    }

    @Override
    public ChipDescription describe() {
        return description;
    }

    @Override
    public synchronized boolean computes() {
        return computes;
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions runOptions) {
        synchronized (submissions) {
            submissions.awaitAll();
        }
        return runNow(program, runOptions);
    }

    @Override
    public Submission submit(PlaybackProgram program, RunOptions runOptions) {
        synchronized (submissions) {
            return submissions.add(program, runOptions);
        }
    }

    @Override
    public synchronized ReinitStack reinit() {
        return reinit;
    }

    private RunResult runNow(PlaybackProgram program, RunOptions runOptions) {
        synchronized (turn) {
            Expectation expectation;
            Duration duration;
            synchronized (this) {
                programs.add(program);
                options.add(runOptions);
                threads.add(Thread.currentThread().getName());
                expectation = take(program);
                duration = (delays.isEmpty() ? Duration.ZERO : delays.remove())
                        .plusNanos(nanosPerInstruction * program.size());
            }
            // not under this lock: a test looks at the link while a run takes its time
            pass(duration, program, runOptions);
            return finish(program, runOptions, expectation);
        }
    }

    private synchronized RunResult finish(PlaybackProgram program, RunOptions runOptions, Expectation expectation) {
        ChipException failure = failures.remove(programs.size());
        if (failure == null && expectation != null) {
            failure = expectation.failure;
        }
        if (failure != null) {
            throw failure;
        }
        RunResult result = answer(program, runOptions, expectation);
        if (timeoutAt.isPresent()) {
            long index = timeoutAt.getAsLong();
            timeoutAt = OptionalLong.empty();
            throw timeout(program, index, 0, result);
        }
        return result.complete(program);
    }

    @Override
    public List<RunResult> run(List<PlaybackProgram> list, RunOptions runOptions) {
        List<RunResult> results = new ArrayList<>();
        list.forEach(program -> results.add(run(program, runOptions)));
        return results;
    }

    @Override
    public synchronized void close() {
        closed++;
    }

    private Expectation take(PlaybackProgram program) {
        for (Expectation expectation : expectations) {
            if (!expectation.consumed && expectation.matcher.test(program)) {
                expectation.consumed = true;
                return expectation;
            }
        }
        return null;
    }

    private void pass(Duration duration, PlaybackProgram program, RunOptions runOptions) {
        if (duration.isZero()) {
            return;
        }
        try {
            clock.pause(duration);
        } catch (InterruptedException e) {
            ErrorDetail detail = ErrorDetail.of("run of " + program, "interrupted", "", "run it again");
            throw new CancelledException(detail, e, answer(program, runOptions, null), true);
        }
    }

    private synchronized RunResult answer(PlaybackProgram program, RunOptions runOptions, Expectation expectation) {
        long[][] values = new long[ResponseKind.values().length][];
        long[][] times = new long[ResponseKind.values().length][];
        for (ResponseKind kind : ResponseKind.values()) {
            int count = program.expectedResponses(kind);
            if (kind == ResponseKind.OMNIBUS) {
                count = omnibusResponses.orElse(count);
                omnibusResponses = OptionalInt.empty();
            }
            values[kind.ordinal()] = new long[count];
            times[kind.ordinal()] = new long[count];
        }
        respond(program, values, times);
        RunResult.Builder result = RunResult.builder();
        for (ResponseKind kind : ResponseKind.values()) {
            result.responses(kind, values[kind.ordinal()], times[kind.ordinal()]);
        }
        SpikeColumns spikes = spikes(expectation);
        TreeMap<String, Long> counters = new TreeMap<>();
        counters.put(HealthKeys.EVENTS_RECEIVED, (long) spikes.size());
        long used = runOptions.setup() ? -1 : ordinal++;
        return result.spikes(spikes)
                .health(new RunHealth(counters, timeBase, program.notes()))
                .provenance(new Provenance(description, "", "", program.sha256(), used))
                .build();
    }

    private void respond(PlaybackProgram program, long[][] values, long[][] times) {
        int[] next = new int[values.length];
        long time = 0;
        for (int i = 0; i < program.size(); i++) {
            long word = program.word(i);
            ResponseKind kind = responseTo(word);
            if (kind == null) {
                continue;
            }
            time++;
            int position = next[kind.ordinal()]++;
            if (position < values[kind.ordinal()].length) {
                values[kind.ordinal()][position] = switch (kind) {
                    case OMNIBUS -> read(ToFpga.address(word));
                    case JTAG -> 0;
                    case LOOPBACK -> 1;
                };
                boolean scripted = kind == ResponseKind.LOOPBACK && !markers.isEmpty();
                times[kind.ordinal()][position] = scripted ? markers.remove() : time;
            }
        }
    }

    private long read(int address) {
        Deque<Integer> queue = reads.get(address);
        if (queue != null && !queue.isEmpty()) {
            lastRead.put(address, queue.remove());
        }
        return Integer.toUnsignedLong(lastRead.getOrDefault(address, 0));
    }

    private SpikeColumns spikes(Expectation expectation) {
        List<Spike> all = new ArrayList<>(emitted);
        emitted.clear();
        if (expectation != null) {
            all.addAll(expectation.spikes);
        }
        all.sort((a, b) -> Long.compare(a.chipTime, b.chipTime));
        short[] label = new short[all.size()];
        byte[] stamp = new byte[all.size()];
        long[] fpgaTime = new long[all.size()];
        for (int i = 0; i < label.length; i++) {
            Spike spike = all.get(i);
            label[i] = (short) spike.label;
            stamp[i] = (byte) (spike.chipTime << 1);
            fpgaTime[i] = spike.chipTime + LINK_TICKS;
        }
        List<SpikeColumns> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= label.length; i++) {
            if (i == label.length || fpgaTime[i] - fpgaTime[i - 1] >= 1L << 32) {
                pieces.add(SpikeColumns.ofTimes(
                        Arrays.copyOfRange(label, from, i),
                        Arrays.copyOfRange(stamp, from, i),
                        Arrays.copyOfRange(fpgaTime, from, i)));
                from = i;
            }
        }
        return SpikeColumns.join(pieces);
    }

    private static ResponseKind responseTo(long word) {
        return switch (ToFpga.kind(word)) {
            case OMNIBUS_ADDRESS -> ToFpga.isRead(word) ? ResponseKind.OMNIBUS : null;
            case JTAG_DATA -> ToFpga.keepsResponse(word) ? ResponseKind.JTAG : null;
            case LOOPBACK -> ResponseKind.LOOPBACK;
            default -> null;
        };
    }

    /**
     * A scripted spike.
     *
     * @param label 16 bit
     * @param chipTime ticks, 0 or more
     */
    public record Spike(int label, long chipTime) {

        /** Checks the ranges. */
        public Spike {
            if (label < 0 || label > 0xffff || chipTime < 0) {
                throw new IllegalArgumentException("scripted spike: label " + label + ", chip time " + chipTime
                        + " (limit: 0 to 65535, 0 or more); correct the script");
            }
        }
    }

    /** The answer to one program; to be completed before the program runs. */
    public static final class Expectation {

        private final Predicate<PlaybackProgram> matcher;
        private List<Spike> spikes = List.of();
        private ChipException failure;
        private boolean consumed;

        private Expectation(Predicate<PlaybackProgram> matcher) {
            this.matcher = matcher;
        }

        /**
         * @param answer spikes of the result, in any order
         */
        public void answer(Spike... answer) {
            spikes = List.of(answer);
        }

        /**
         * @param exception what the run throws instead
         */
        public void fail(ChipException exception) {
            failure = exception;
        }
    }

    /**
     * The error behind a time-out notification (playback.md 4.8). Its index is never trusted.
     *
     * @param program that ran
     * @param index of the instruction as the notification says it, from 0
     * @param readsInFlight Omnibus reads that were not answered, 0 to 52
     * @param partialResult what was received before
     * @return the error, with up to ten instructions of context
     */
    public static InstructionTimeoutException timeout(
            PlaybackProgram program, long index, int readsInFlight, PartialResult partialResult) {
        boolean inside = index >= 0 && index < program.size();
        String value = inside ? text(program, (int) index) : index == program.size() ? "at halt" : "index invalid";
        ErrorDetail detail = ErrorDetail.of(
                        "instruction that timed out",
                        value + " (" + index + " of " + program.size() + ")",
                        "the instruction timeout",
                        "write the configuration again; a barrier or poll waited for something that never came")
                .at(index)
                .with("reads_in_flight", readsInFlight);
        if (inside) {
            StringBuilder context = new StringBuilder();
            for (int i = (int) Math.max(0, index - CONTEXT); i < index; i++) {
                context.append(i).append(' ').append(text(program, i)).append('\n');
            }
            detail = detail.with("context", context);
        }
        return new InstructionTimeoutException(detail, null, partialResult, false);
    }

    private static String text(PlaybackProgram program, int index) {
        long word = program.word(index);
        return String.format(Locale.ROOT, "%s 0x%016x", ToFpga.kind(word), word);
    }
}
