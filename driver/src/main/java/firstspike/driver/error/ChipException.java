package firstspike.driver.error;

/**
 * Everything that can go wrong between a caller and a chip, in five branches by what the caller does next (errors.md 2).
 * Code asks for the branch with {@link #branch()}, programs in other languages for {@link #code()}.
 */
public abstract sealed class ChipException extends RuntimeException
        permits ProgramRejectedException,
                UnsupportedOnTargetException,
                TargetUnavailableException,
                RunFailedException,
                InternalChipException {

    private final Enum<?> code;
    private final transient ErrorDetail detail;

    ChipException(Enum<?> code, ErrorDetail detail, Throwable cause) {
        super(detail.message(), cause);
        this.code = code;
        this.detail = detail;
    }

    /** What the caller does next. */
    public enum Branch {
        /** Nothing was executed: change the program or the experiment. */
        REJECTED,
        /** Choose another target, or leave the feature out. */
        UNSUPPORTED,
        /** Nothing was executed: wait, repeat, or choose another target. */
        UNAVAILABLE,
        /** Executed in part or unknown: repeat after a full rewrite of the configuration. */
        FAILED,
        /** Report a bug. */
        INTERNAL
    }

    /** The branch that this error belongs to. */
    public abstract Branch branch();

    /** Thing, value, limit and remedy as fields. */
    public final ErrorDetail detail() {
        return detail;
    }

    /** Machine-readable name: that of the code in the enum of its branch. */
    public final String code() {
        return code.name();
    }

    /**
     * Tells errors of one branch apart.
     *
     * @param other a code of the branch
     * @return whether it is the code of this error
     */
    public final boolean is(Enum<?> other) {
        return code == other;
    }
}
