package firstspike.driver.server;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.ScriptedLink;
import firstspike.driver.link.TestClock;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one chip of a source: a memory that programs write and read, each in its time on a clock that the test moves, and that a
 * reset of the chip clears. Any thread.
 */
final class MemoryChip implements ChipSource, ChipLink {

    /** A program that reads it times out as long as {@link #failing} says so. */
    static final int BROKEN = 0xdead;

    private final TestClock clock;
    private final ChipDescription description = new ScriptedLink().describe();
    private final Map<Integer, Integer> words = new HashMap<>();
    private final List<PlaybackProgram> programs = new ArrayList<>();
    private final Map<String, Duration> durations = new HashMap<>();
    private int failing;
    private int opened;

    MemoryChip(TestClock clock) {
        this.clock = clock;
    }

    /** Makes a program take time. */
    synchronized PlaybackProgram taking(Duration duration, PlaybackProgram program) {
        durations.put(program.sha256(), duration);
        return program;
    }

    /** Makes so many programs that read {@link #BROKEN} time out. */
    synchronized void failing(int runs) {
        failing = runs;
    }

    /** Programs that began, in order, resets left out. */
    synchronized List<PlaybackProgram> programs() {
        return programs.stream()
                .filter(program -> !program.equals(ResetProgram.PROGRAM))
                .toList();
    }

    /** How often a program began. */
    synchronized int count(PlaybackProgram program) {
        return (int) programs.stream()
                .filter(begun -> begun.sha256().equals(program.sha256()))
                .count();
    }

    /** Waits until so many programs began; when the last of them takes time, until it does. */
    void awaitRunning(int begun) {
        boolean takesTime;
        synchronized (this) {
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (programs().size() < begun) {
                long leftMs = (end - System.nanoTime()) / 1_000_000;
                if (leftMs <= 0) {
                    throw new AssertionError(
                            "programs that began: " + programs().size() + " (wanted: " + begun + ")");
                }
                try {
                    wait(leftMs);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            takesTime = durations.containsKey(programs.get(programs.size() - 1).sha256());
        }
        if (takesTime) {
            clock.awaitPausing(1);
        }
    }

    /** How often it was opened. */
    synchronized int opened() {
        return opened;
    }

    @Override
    public List<ChipDescription> chips() {
        return List.of(description);
    }

    @Override
    public boolean oneLinkAChip() {
        return true;
    }

    @Override
    public synchronized ChipLink open(ChipId chip, LinkOptions options) {
        opened++;
        return this;
    }

    @Override
    public ChipDescription describe() {
        return description;
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions options) {
        Duration duration;
        synchronized (this) {
            programs.add(program);
            duration = durations.getOrDefault(program.sha256(), Duration.ZERO);
            notifyAll();
        }
        if (!duration.isZero()) {
            try {
                clock.pause(duration);
            } catch (InterruptedException e) {
                throw new CancelledException(
                        ErrorDetail.of("run", "interrupted", "", "run it again"),
                        e,
                        result(program, new long[0]),
                        true);
            }
        }
        return execute(program);
    }

    private synchronized RunResult execute(PlaybackProgram program) {
        long[] read = new long[program.expectedResponses(ResponseKind.OMNIBUS)];
        int next = 0;
        for (int i = 0; i < program.size(); i++) {
            long word = program.word(i);
            switch (ToFpga.kind(word)) {
                case OMNIBUS_ADDRESS -> {
                    int address = ToFpga.address(word);
                    if (!ToFpga.isRead(word)) {
                        words.put(address, (int) ToFpga.value(program.word(++i)));
                    } else if (address == BROKEN && failing > 0) {
                        failing--;
                        throw ScriptedLink.timeout(program, i, 0, result(program, new long[0]));
                    } else {
                        read[next++] = words.getOrDefault(address, 0);
                    }
                }
                case RESET -> words.keySet().removeIf(address -> address >= 0);
                default -> {
                    // of no meaning to a memory
                }
            }
        }
        return result(program, read);
    }

    private RunResult result(PlaybackProgram program, long[] read) {
        return RunResult.builder()
                .responses(ResponseKind.OMNIBUS, read, new long[read.length])
                .provenance(new Provenance(description, "", "", program.sha256(), 0))
                .build();
    }

    @Override
    public void close() {
        // stays as it is
    }
}
