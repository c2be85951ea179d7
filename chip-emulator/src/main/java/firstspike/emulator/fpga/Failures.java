package firstspike.emulator.fpga;

import static firstspike.driver.error.RunFailedException.Code.EMULATION_LIMIT;
import static firstspike.driver.error.UnsupportedOnTargetException.Code.PPU_EXECUTION_UNSUPPORTED;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.DeadlineExceededException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.error.RunFailedException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;

/** The typed error of a run that did not reach its halt (errors.md 3). */
final class Failures {

    private static final int CONTEXT = 10;
    private static final int CONTENT_COLUMN = 20;
    private static final String WRITE_AGAIN = "write the configuration again before the next run";

    private Failures() {}

    /**
     * @param report of the run; it ended otherwise than by its halt
     * @param program that ran
     * @param settings of the FPGA
     * @param watch that may have ended it
     * @param partial what was received
     * @return the error to throw
     */
    static ChipException of(
            RunReport report, ProgramSource program, FpgaSettings settings, RunWatch watch, RunResult partial) {
        return switch (report.stop()) {
            case HALTED, NO_INSTRUCTION ->
                throw new IllegalArgumentException("no failure of a checked program: " + report.stop());
            case INSTRUCTION_TIMEOUT -> timeout(report, program, partial);
            case PPU_START ->
                new UnsupportedOnTargetException(
                        PPU_EXECUTION_UNSUPPORTED,
                        ErrorDetail.of(
                                        "plasticity processor "
                                                + (processor(program, report.index()) == 0 ? "top" : "bottom"),
                                        "started",
                                        "memory only, no execution",
                                        "leave inhibit_reset off, or add ppu=ignore to the target")
                                .at(report.index()),
                        null);
            case SPIKE_LIMIT ->
                new RunFailedException(
                        EMULATION_LIMIT,
                        ErrorDetail.of(
                                        "spikes and samples of one program",
                                        "more",
                                        settings.spikeLimit(),
                                        "split the program")
                                .at(report.index()),
                        null,
                        partial,
                        false);
            case CANCELLED ->
                new CancelledException(
                        ErrorDetail.of("run", "cancelled by its thread's interrupt", "", WRITE_AGAIN)
                                .at(report.index()),
                        null,
                        partial,
                        false);
            case CALL_DEADLINE ->
                new DeadlineExceededException(
                        ErrorDetail.of("run", "its deadline passed", "the call's deadline", WRITE_AGAIN)
                                .with("which", Stop.CALL_DEADLINE)
                                .at(report.index()),
                        null,
                        partial,
                        false);
            case EXECUTION_LIMIT ->
                new DeadlineExceededException(
                        ErrorDetail.of(
                                        "wall time of a run of " + program.instructionCount() + " instructions",
                                        watch.elapsed().toMillis() + " ms",
                                        "execution limit of " + watch.limit().toMillis() + " ms",
                                        "give a longer execution limit, split the program, or run less beside it on"
                                                + " this machine")
                                .with("which", Stop.EXECUTION_LIMIT)
                                .at(report.index()),
                        null,
                        partial,
                        false);
        };
    }

    private static InstructionTimeoutException timeout(RunReport report, ProgramSource program, RunResult partial) {
        long index = report.index();
        String context = text(program, Math.max(0, index - CONTEXT), index + 1);
        ErrorDetail detail = ErrorDetail.of(
                        "instruction that timed out",
                        text(program, index, index + 1).trim() + ": " + report.circumstance(),
                        "the instruction time-out",
                        WRITE_AGAIN + "; the instructions up to there are\n" + context)
                .at(index)
                .with("circumstance", report.circumstance())
                .with("reads_in_flight", report.readsInFlight())
                .with("context", context);
        return new InstructionTimeoutException(detail, null, partial, false);
    }

    private static String text(ProgramSource program, long from, long to) {
        long[] words = new long[(int) Math.max(0, Math.min(to, program.instructionCount()) - from)];
        InstructionSource cursor = program.open();
        for (long i = 0; i < from; i++) {
            cursor.next();
        }
        for (int i = 0; i < words.length; i++) {
            cursor.next();
            words[i] = cursor.word();
        }
        String[] lines = PlaybackProgram.ofWords(words).toText().split("\n");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            text.append(from + i)
                    .append(' ')
                    .append(lines[i].substring(CONTENT_COLUMN))
                    .append('\n');
        }
        return text.toString();
    }

    private static int processor(ProgramSource program, long index) {
        int processor = 0;
        for (InstructionSource words = program.open(); words.next() && words.index() <= index; ) {
            int address = ToFpga.address(words.word());
            if ((address & 0xfeff_ffff) == 0x02A0_0000) {
                processor = address >>> 24 & 1;
            }
        }
        return processor;
    }
}
