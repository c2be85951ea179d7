package firstspike.driver.server.spool;

import firstspike.driver.error.ErrorDetail;
import java.io.IOException;

/** A folder cannot be the spool of a server: it holds files of others, belongs to a running server or cannot be written. */
public final class SpoolException extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean busy;
    private final transient ErrorDetail detail;

    /**
     * @param busy whether another server uses the folder
     * @param detail folder, what is wrong, limit and remedy
     * @param cause of the system, or null
     */
    SpoolException(boolean busy, ErrorDetail detail, Throwable cause) {
        super(detail.message(), cause);
        this.busy = busy;
        this.detail = detail;
    }

    /** Folder, what is wrong, limit and remedy. */
    public ErrorDetail detail() {
        return detail;
    }

    /** Whether another server uses the folder. */
    public boolean isBusy() {
        return busy;
    }
}
