package firstspike.runtime.exchange;

import firstspike.runtime.error.FormatException;

/**
 * How much of the memory of this process what one file claims may take: a quarter, because data are held as read and as
 * decoded while they are converted. Asked before anything is allocated. Any thread.
 */
public final class MemoryBudget {

    /** Most bytes, unpacked. */
    public static final long BYTES = Runtime.getRuntime().maxMemory() / 4;

    private MemoryBudget() {}

    /**
     * @param thing that claims them, for the error
     * @param bytes unpacked
     * @throws FormatException {@code ARRAY_TOO_LARGE} for more than {@link #BYTES}
     */
    public static void check(String thing, long bytes) {
        if (bytes > BYTES) {
            throw new FormatException(
                    FormatException.Code.ARRAY_TOO_LARGE,
                    thing,
                    bytes + " bytes unpacked",
                    BYTES + " bytes, a quarter of the memory",
                    "check where the file is from; for honest data give more memory (FIRSTSPIKE_JVM_OPTS=-Xmx8g)");
        }
    }
}
