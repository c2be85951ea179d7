package firstspike.runtime.execution;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.RunFailedException;

/** A batch that was still invalid after all repeats (inloop.md 13 step 4). */
public final class ChipRunFailedException extends RunFailedException {

    private static final long serialVersionUID = 1L;

    /**
     * @param detail run, counts, last spike time
     * @param cause failure of the last try, or null
     */
    public ChipRunFailedException(ErrorDetail detail, Throwable cause) {
        super(detail, cause, null, false);
    }
}
