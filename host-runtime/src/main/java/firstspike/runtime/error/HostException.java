package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** Root of the typed errors above the chip; the message is one sentence made of the four facts of its detail. */
public abstract sealed class HostException extends RuntimeException
        permits ExperimentException, HealthFalsifiedException, CalibrationException, FormatException, StorageException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorDetail detail;

    HostException(ErrorDetail detail, Throwable cause) {
        super(detail.message(), cause);
        this.detail = detail;
    }

    /** Thing, value, limit, remedy and further facts. */
    public final ErrorDetail detail() {
        return detail;
    }

    /** Code of this error within its family; its name is API (errors.md 1). */
    public abstract Enum<?> code();
}
