package firstspike.driver.link;

import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import java.util.Locale;

/** The FPGA gave up waiting for an instruction. */
public final class InstructionTimeoutException extends RunFailedException {

    private static final int CONTEXT = 10;

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     * @param partialResult what was received before, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     */
    public InstructionTimeoutException(
            ErrorDetail detail, Throwable cause, RunResult partialResult, boolean chipStateKnown) {
        super(detail, cause, partialResult, chipStateKnown);
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
    public static InstructionTimeoutException at(
            PlaybackProgram program, long index, int readsInFlight, RunResult partialResult) {
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
