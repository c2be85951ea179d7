package firstspike.driver.error;

/** The target, or this version of it, cannot do what was asked; the caller chooses another target or leaves the feature out. */
public non-sealed class UnsupportedOnTargetException extends ChipException {

    /**
     * Makes an error from its facts.
     *
     * @param code which error of the branch
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public UnsupportedOnTargetException(Code code, ErrorDetail detail, Throwable cause) {
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
    public UnsupportedOnTargetException(Code code, String thing, Object value, Object limit, String remedy) {
        super(code, ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public final Branch branch() {
        return Branch.UNSUPPORTED;
    }

    /** Errors of this branch; the names are API (errors.md 1). */
    public enum Code {
        /** None of the others. */
        UNSUPPORTED_ON_TARGET,
        /** FPGA bitfile or chip identification outside the supported range. */
        BITFILE,
        /** The file of an emulated chip is damaged, hostile, newer, or says what no chip has (formats.md 6.1, analog.md 19). */
        INVALID_CHIP_MODEL,
        /** A program starts a plasticity processor, which the emulator does not execute. */
        PPU_EXECUTION_UNSUPPORTED,
        /** The server speaks another major version of the protocol. */
        PROTOCOL_VERSION
    }
}
