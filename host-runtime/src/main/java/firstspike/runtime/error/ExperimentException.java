package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** An experiment that is wrong in itself, does not fit its chip, or needs a part that does not exist yet. */
public final class ExperimentException extends HostException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /**
     * @param code which error of the family
     * @param detail thing, value, limit, remedy
     * @param cause what it followed from, or null
     */
    public ExperimentException(Code code, ErrorDetail detail, Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /**
     * @param code which error of the family
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public ExperimentException(Code code, String thing, Object value, Object limit, String remedy) {
        this(code, ErrorDetail.of(thing, value, limit, remedy), null);
    }

    @Override
    public Code code() {
        return code;
    }

    /** Errors of this family. */
    public enum Code {
        /** A key that the schema does not have. */
        UNKNOWN_KEY,
        /** A key that must be there is not. */
        MISSING_KEY,
        /** A value outside its range. */
        VALUE_OUT_OF_RANGE,
        /** A value with a unit of another kind. */
        UNIT_MISMATCH,
        /** A key that is there twice. */
        DUPLICATE_KEY,
        /** An experiment file beyond the limits of size or depth. */
        YAML_LIMIT,
        /** A tag, an anchor or an alias in an experiment file. */
        YAML_REFUSED,
        /** Learning rule and time constants, or loss and labels, do not go together. */
        RULE_DOES_NOT_FIT,
        /** Neurons, rows, labels or fan-in exceed the chip; fields resource, needed, available, layer. */
        DOES_NOT_FIT,
        /** Something that a spike needs on its way from input to output is missing (registers.md 18.1). */
        PATH_OPEN,
        /** A run is resumed with other settings. */
        CONFIG_CHANGED,
        /** Arrays of a weight file do not have the shapes of the network. */
        WEIGHTS_DO_NOT_FIT,
        /** A switch whose part of the product does not exist yet. */
        NOT_BUILT_YET,
        /** A requirement on the outcome is false. */
        ACCURACY_REQUIRED
    }
}
