package firstspike.emulator.fpga;

import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.CancelledException;
import firstspike.driver.link.DeadlineExceededException;
import firstspike.driver.link.EmulationLimitException;
import firstspike.driver.link.IncompleteResponseException;
import firstspike.driver.link.InstructionTimeoutException;
import firstspike.driver.link.PpuExecutionUnsupportedException;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.RunTiming;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.emulator.digital.ChipFabric;

/**
 * An FPGA with a chip behind it that runs whole programs and says what came back, as results or typed errors. Keeps its
 * state from program to program. Mutable; one owner thread at a time.
 */
public final class EmulatedFpga {

    private final FpgaSettings settings;
    private final PlaybackExecutor executor;
    private boolean rebuilt;

    /**
     * @param settings of the FPGA
     * @param fabric a chip at power-on
     */
    public EmulatedFpga(FpgaSettings settings, ChipFabric fabric) {
        this(settings, new PlaybackExecutor(settings, fabric));
    }

    private EmulatedFpga(FpgaSettings settings, PlaybackExecutor executor) {
        this.settings = settings;
        this.executor = executor;
    }

    /** Identity of the device behind a seed, 57 bit (registers.md 13). */
    public static long deviceDna(long seed) {
        return FpgaRegisters.dna(seed);
    }

    /** A deep copy of the state between two programs. */
    public EmulatedFpga copy() {
        EmulatedFpga copy = new EmulatedFpga(settings, executor.copy());
        copy.rebuilt = rebuilt;
        return copy;
    }

    /**
     * Runs a program.
     *
     * @param program to run; the halt is appended
     * @param ordinal that its draws use, -1 for set-up
     * @param provenance of the result
     * @param watch is asked whether to go on
     * @return the complete result
     */
    public RunResult run(PlaybackProgram program, long ordinal, Provenance provenance, RunWatch watch) {
        long begin = System.nanoTime();
        ResultAssembler assembler = new ResultAssembler();
        RunReport report = executor.run(program.open(), ordinal, watch, assembler);
        RunResult.Builder builder = RunResult.builder()
                .provenance(provenance)
                .health(new HealthReport(report, assembler, executor.chipHealth(), rebuilt).health(program.notes()))
                .timing(new RunTiming(0, 0, System.nanoTime() - begin, 0));
        assembler.fill(builder);
        RunResult result = builder.build();
        rebuilt = report.stop() == Stop.INSTRUCTION_TIMEOUT;
        return switch (report.stop()) {
            case HALTED -> IncompleteResponseException.check(program, result);
            case INSTRUCTION_TIMEOUT -> throw timeout(program, report, result);
            case PPU_START -> throw new PpuExecutionUnsupportedException(
                    ErrorDetail.of(
                                    "start of a plasticity processor",
                                    "write of its control register",
                                    "not executed by the emulator",
                                    "leave it out, or use the option ppu=ignore")
                            .at(report.index()),
                    null);
            case SPIKE_LIMIT -> throw new EmulationLimitException(
                    ErrorDetail.of(
                            "spikes of a program", "more than the limit", settings.spikeLimit(), "split the program"),
                    null,
                    result,
                    true);
            case CANCELLED -> throw new CancelledException(
                    ErrorDetail.of("run", "cancelled by its caller", "", "run it again"), null, result, true);
            case CALL_DEADLINE -> throw new DeadlineExceededException(
                    ErrorDetail.of("run", "its deadline passed", "", "give it more time").with("which", "CALL_DEADLINE"),
                    null,
                    result,
                    true);
            case EXECUTION_LIMIT -> throw new DeadlineExceededException(
                    ErrorDetail.of("run", "its execution limit passed", "", "raise the limit, or shorten the program")
                            .with("which", "EXECUTION_LIMIT"),
                    null,
                    result,
                    true);
        };
    }

    private static InstructionTimeoutException timeout(PlaybackProgram program, RunReport report, RunResult result) {
        InstructionTimeoutException plain =
                InstructionTimeoutException.at(program, report.index(), (int) report.readsInFlight(), result);
        ErrorDetail detail = plain.detail();
        if (!report.circumstance().isEmpty()) {
            detail = new ErrorDetail(
                    detail.thing(),
                    detail.value() + ", " + report.circumstance(),
                    detail.limit(),
                    detail.remedy(),
                    detail.instructionIndex(),
                    detail.fields());
        }
        return new InstructionTimeoutException(detail, null, result, false);
    }
}
