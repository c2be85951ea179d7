package firstspike.driver.ppu;

import firstspike.driver.error.ProgramRejectedException;

/** A file is no image of a plasticity processor, or lacks what is asked of it; nothing was executed. */
public final class PpuImageException extends ProgramRejectedException {

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was expected
     * @param remedy what to do
     */
    public PpuImageException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
