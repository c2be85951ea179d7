package firstspike.driver.error;

/** Nothing was executed; the caller changes the program or the experiment. */
public non-sealed class ProgramRejectedException extends ChipException {

    /**
     * Makes an error from its facts.
     *
     * @param code which error of the branch
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public ProgramRejectedException(Code code, ErrorDetail detail, Throwable cause) {
        super(code, detail, cause);
    }

    /**
     * Makes an error that followed from no other.
     *
     * @param code which error of the branch
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public ProgramRejectedException(Code code, String thing, Object value, Object limit, String remedy) {
        super(code, ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public final Branch branch() {
        return Branch.REJECTED;
    }

    /** Errors of this branch; the names are API (errors.md 1). */
    public enum Code {
        /** A file is no image of a plasticity processor, or lacks what is asked of it. */
        PPU_IMAGE,
        /** None of the others. */
        PROGRAM_REJECTED,
        /** A timer reset, wait or synchronisation inside a schedule. */
        ILLEGAL_SCHEDULE_ITEM,
        /** A snapshot program contains what a snapshot cannot hold, a JTAG read for example. */
        ILLEGAL_SNAPSHOT,
        /** A chunk, hash, count or field value that does not follow the protocol. */
        MALFORMED_REQUEST,
        /** A strict builder found a read that no barrier follows. */
        MISSING_BARRIER,
        /** A container without read access was to be read (registers.md 4.5, "write only"). */
        NOT_READABLE,
        /** A container without write access was to be written (registers.md 4.5, "read only"). */
        NOT_WRITABLE,
        /** A program part with reads was given where only writes make sense (copies, re-initialisation). */
        NOT_WRITE_ONLY,
        /** The crossbar has no node between this input and this output (registers.md 5.2). */
        NO_SUCH_CROSSBAR_NODE,
        /** More instructions or expected trace messages than the playback memory holds. */
        PROGRAM_TOO_LARGE,
        /** An entry that is not the top of the re-initialisation stack was to be popped. */
        REINIT_ORDER,
        /** An item of a schedule would issue later than its late policy allows. */
        SCHEDULE_LATE,
        /** A time cannot be expressed in the 32-bit playback timer, is negative, or is not a number. */
        TIME_OUT_OF_RANGE,
        /** Raw words contain a halt, which only the host may append. */
        UNEXPECTED_HALT,
        /** An address that no register owns. */
        UNMAPPED_ADDRESS,
        /** The ticks of a spike train do not ascend. */
        UNSORTED_SPIKE_TRAIN
    }
}
