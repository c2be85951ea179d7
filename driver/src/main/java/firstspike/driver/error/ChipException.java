package firstspike.driver.error;

import java.util.Locale;

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

    private final transient ErrorDetail detail;

    ChipException(ErrorDetail detail, Throwable cause) {
        super(detail.message(), cause);
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

    /** Machine-readable name: the class name without "Exception" in upper snake case. */
    public final String code() {
        return codeOf(getClass().getSimpleName());
    }

    static String codeOf(String className) {
        String stem = className.replaceFirst("Exception$", "");
        return stem.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
