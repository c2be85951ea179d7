package firstspike.driver.error;

/** The ticks of a spike train do not ascend. */
public final class UnsortedSpikeTrainException extends ProgramRejectedException {

    /**
     * @param detail what happened
     * @param cause what it followed from, or null
     */
    public UnsortedSpikeTrainException(ErrorDetail detail, Throwable cause) {
        super(detail, cause);
    }

    /**
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public UnsortedSpikeTrainException(String thing, Object value, Object limit, String remedy) {
        super(thing, value, limit, remedy);
    }
}
