package firstspike.emulator.analog;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.UnsupportedOnTargetException;

/**
 * The file of {@code emu:fitted?file=} is damaged, hostile, newer, or says what no chip has (formats.md 6.1, analog.md 19).
 * Nothing was executed; the caller gives another file. It stands here and not beside the other file errors, because the
 * emulator sees nothing above the driver.
 */
public final class InvalidChipModelException extends UnsupportedOnTargetException {

    private static final long serialVersionUID = 1L;

    /**
     * @param thing file and member, with the index of the element where one is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public InvalidChipModelException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }

    /**
     * @param detail what happened
     * @param cause what it followed from
     */
    public InvalidChipModelException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }
}
