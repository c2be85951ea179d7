package firstspike.driver.fpga;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.InstructionTimeoutException;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.StuckInstruction;
import firstspike.driver.message.WireException;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ProgramSource;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Explains a time-out notification (wire.md 10, playback.md 4.8). Its index counts the instructions that were sent, health
 * reads included; users see it counted in their program. It is never trusted.
 */
final class StuckReport {

    private static final int CONTEXT = 10;
    /** Where a line of a program's text begins to say what the instruction does. */
    private static final int CONTENT_COLUMN = 20;

    private final ProgramSource program;
    private final HealthReads reads;

    /**
     * @param program that ran
     * @param reads around it
     */
    StuckReport(ProgramSource program, HealthReads reads) {
        this.program = program;
        this.reads = reads;
    }

    /**
     * @param stuck what the FPGA said
     * @param received how far the run came
     * @param partial what arrived
     * @return the error
     */
    InstructionTimeoutException error(StuckInstruction stuck, Received received, RunResult partial) {
        long count = program.instructionCount();
        long index = stuck.index() - reads.before().length;
        long behind = index - count;
        String where;
        OptionalLong instruction = OptionalLong.empty();
        String context = "";
        if (index < 0) {
            where = "in the health reads in front of the program";
        } else if (behind < 0) {
            instruction = OptionalLong.of(index);
            context = text(index);
            where = context.substring(context.lastIndexOf('\n', context.length() - 2) + 1)
                    .strip();
        } else if (behind < reads.after().length) {
            where = "in the health reads behind the program";
        } else if (behind == reads.after().length) {
            where = "at halt";
        } else {
            where = "index invalid";
        }
        long shown = behind < 0 ? index : index - Math.min(behind, reads.after().length);
        ErrorDetail detail = new ErrorDetail(
                        "instruction that timed out",
                        where + " (" + shown + " of " + count + ")",
                        "the instruction time-out, register 0x88000009",
                        "a barrier, poll or access waited for something that never came: write the configuration again,"
                                + " or raise the time-out" + (context.isEmpty() ? "" : "; up to there are\n" + context),
                        instruction,
                        received.addTo(ErrorDetail.of("", "", "", "")).fields())
                .with("index", shown)
                .with("trace_stall", stuck.traceStall())
                .with("reads_in_flight", stuck.omnibusReads())
                .with("fpga_time", stuck.fpgaTime())
                .with("context", context);
        return new InstructionTimeoutException(
                detail, new WireException(WireException.Code.INSTRUCTION_TIMEOUT, detail), partial, false);
    }

    /** The instruction and up to ten before it, one a line with its index. */
    private String text(long index) {
        long[] words = new long[CONTEXT + 1];
        int count = 0;
        InstructionSource cursor = program.open();
        while (cursor.next() && cursor.index() <= index) {
            if (cursor.index() >= index - CONTEXT) {
                words[count++] = cursor.word();
            }
        }
        String[] lines =
                PlaybackProgram.ofWords(Arrays.copyOf(words, count)).toText().split("\n");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(index - count + 1 + i)
                    .append(' ')
                    .append(lines[i].substring(CONTENT_COLUMN))
                    .append('\n');
        }
        return text.toString();
    }
}
