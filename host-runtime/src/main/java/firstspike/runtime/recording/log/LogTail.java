package firstspike.runtime.recording.log;

/**
 * The last things of a log, from which one tells what is missing after them.
 *
 * @param ending how it ends
 * @param falsified whether its footer marks it as falsified: events were dropped, records left out, or the run was worthless
 * @param end offset after its last record with a sequence, bytes
 * @param program last one that it speaks of, or -1
 * @param programOpen whether that program has a start and no end
 */
public record LogTail(LogEnding ending, boolean falsified, long end, long program, boolean programOpen) {

    /** The tail of a file with this footer, or with none. */
    static LogTail of(LogFooter footer, long end, long program, boolean programOpen) {
        boolean rebuilt = footer != null && (footer.flags() & LogFooter.REBUILT) != 0;
        return new LogTail(
                footer == null ? LogEnding.NOT_ENDED : rebuilt ? LogEnding.RECOVERED : LogEnding.CLOSED,
                footer != null && (footer.flags() & LogFooter.FALSIFIED) != 0,
                end,
                program,
                programOpen);
    }

    /** The same, of a file that is being written. */
    LogTail beingWritten() {
        return new LogTail(LogEnding.BEING_WRITTEN, falsified, end, program, programOpen);
    }
}
