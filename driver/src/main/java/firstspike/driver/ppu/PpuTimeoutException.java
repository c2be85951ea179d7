package firstspike.driver.ppu;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.RunFailedException;

/** A plasticity processor did not sleep in time; it was stopped. */
public final class PpuTimeoutException extends RunFailedException {

    private final transient PpuResult result;

    PpuTimeoutException(ErrorDetail detail, PpuResult result) {
        super(Code.PPU_TIMEOUT, detail, null, null, true);
        this.result = result;
    }

    /** What the processor left when it was stopped. */
    public PpuResult result() {
        return result;
    }
}
