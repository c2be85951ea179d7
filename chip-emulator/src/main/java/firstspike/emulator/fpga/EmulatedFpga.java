package firstspike.emulator.fpga;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.RunTiming;
import firstspike.driver.playback.Note;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import firstspike.emulator.digital.ChipFabric;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * An FPGA with a chip behind it that runs whole programs and says what came back, as results or typed errors. Keeps its
 * state from program to program. Mutable; one owner thread at a time.
 */
public final class EmulatedFpga {

    /** Most events or answers that a listener gets in one call. */
    private static final int PIECE = 1 << 16;

    private final FpgaSettings settings;
    private final Supplier<ChipFabric> powerOn;
    private PlaybackExecutor executor;
    private boolean rebuilt;

    /**
     * @param settings of the FPGA
     * @param powerOn makes the chip at power-on
     */
    public EmulatedFpga(FpgaSettings settings, Supplier<ChipFabric> powerOn) {
        this(settings, powerOn, new PlaybackExecutor(settings, powerOn.get()));
    }

    private EmulatedFpga(FpgaSettings settings, Supplier<ChipFabric> powerOn, PlaybackExecutor executor) {
        this.settings = settings;
        this.powerOn = powerOn;
        this.executor = executor;
    }

    /** Identity of the device behind a seed, 57 bit (registers.md 13). */
    public static long deviceDna(long seed) {
        return FpgaRegisters.dna(seed);
    }

    /** A deep copy of the state between two programs. */
    public EmulatedFpga copy() {
        EmulatedFpga copy = new EmulatedFpga(settings, powerOn, executor.copy());
        copy.rebuilt = rebuilt;
        return copy;
    }

    /**
     * Runs a program.
     *
     * @param program to run; the halt is appended
     * @param notesBefore of program and link
     * @param ppu what the start of a plasticity processor does
     * @param provenance of the result; its program ordinal is what the draws use
     * @param watch is asked whether to go on
     * @return the complete result
     * @throws ChipException when the run ends early; after one that says that something is not modelled the board
     *     is at power-on
     */
    public RunResult run(
            PlaybackProgram program, List<Note> notesBefore, PpuPolicy ppu, Provenance provenance, RunWatch watch) {
        long begin = System.nanoTime();
        ResultAssembler assembler = new ResultAssembler();
        RunMode mode = mode(program, ppu, provenance, settings.spikeLimit());
        RunReport report = execute(program, mode, watch, assembler);
        RunResult.Builder builder = RunResult.builder()
                .provenance(provenance)
                .health(health(report, assembler, notesBefore))
                .timing(new RunTiming(0, 0, System.nanoTime() - begin, 0));
        assembler.fill(builder);
        RunResult result = builder.build();
        check(report, program, watch, assembler, result);
        return result.complete(program);
    }

    /**
     * Runs a program of any length and hands on what arrives, so that only what lies in between takes memory.
     *
     * @param program to run; the halt is appended
     * @param notesBefore of program and link
     * @param ppu what the start of a plasticity processor does
     * @param provenance of the result; its program ordinal is what the draws use
     * @param unlimited whether it may have any number of spikes
     * @param watch is asked whether to go on
     * @param listener gets everything but {@link RunListener#finished}; when it throws, the run ends and this throws it
     * @param expected number of answers of a kind that a complete result has
     * @return the health of the complete run
     * @throws ChipException as {@link #run}; partial results have only what was not delivered
     */
    public RunHealth stream(
            ProgramSource program,
            List<Note> notesBefore,
            PpuPolicy ppu,
            Provenance provenance,
            boolean unlimited,
            RunWatch watch,
            RunListener listener,
            ToLongFunction<ResponseKind> expected) {
        GuardedListener guard = new GuardedListener(listener);
        ResultAssembler assembler = new ResultAssembler(guard, PIECE);
        long spikeLimit = unlimited ? RunMode.UNLIMITED : settings.spikeLimit();
        RunReport report =
                execute(program, mode(program, ppu, provenance, spikeLimit), guard.watching(watch), assembler);
        assembler.deliver();
        RunHealth health = health(report, assembler, notesBefore);
        RunResult rest =
                RunResult.builder().provenance(provenance).health(health).build();
        guard.rethrow();
        check(report, program, watch, assembler, rest);
        for (ResponseKind kind : ResponseKind.values()) {
            RunResult.requireResponses(kind, expected.applyAsLong(kind), assembler.responses(kind), rest);
        }
        return health;
    }

    private static RunMode mode(ProgramSource program, PpuPolicy ppu, Provenance provenance, long spikeLimit) {
        boolean streamed = program.instructionCount() > PlaybackProgram.MAX_INSTRUCTIONS;
        return new RunMode(provenance.programOrdinal(), ppu, streamed, spikeLimit);
    }

    private RunHealth health(RunReport report, ResultAssembler assembler, List<Note> notesBefore) {
        double joule = executor.chipJoule(report.virtualTicks());
        return new HealthReport(report, assembler, executor.chipHealth(), joule, rebuilt).health(notesBefore);
    }

    private void check(
            RunReport report, ProgramSource program, RunWatch watch, ResultAssembler assembler, RunResult result) {
        rebuilt = report.stop() == Stop.INSTRUCTION_TIMEOUT;
        if (report.stop() != Stop.HALTED) {
            throw Failures.of(report, program, settings, watch, result);
        }
        assembler.failure().ifPresent(overflow -> {
            throw new LinkLostException(overflow.detail(), overflow, result, true);
        });
    }

    private RunReport execute(ProgramSource program, RunMode mode, RunWatch watch, ResultAssembler assembler) {
        try {
            return executor.run(program.open(), mode, watch, assembler);
        } catch (ChipException refused) {
            // the chip stopped in the middle of a half-tick: it starts again from power-on
            executor = new PlaybackExecutor(settings, powerOn.get());
            rebuilt = true;
            throw refused;
        }
    }
}
