package firstspike.runtime.exchange.hdf;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.HostException;
import java.util.function.Supplier;

/** The border to the HDF5 library: its failures at damaged files become typed errors. */
final class HdfFailure {

    private HdfFailure() {}

    /**
     * Runs a step of reading.
     *
     * @param where file and object
     * @param step to run
     * @return its result
     * @throws FormatException when the library cannot go on
     */
    static <T> T guard(String where, Supplier<T> step) {
        try {
            return step.get();
        } catch (HostException e) {
            throw e;
        } catch (RuntimeException e) {
            // of any kind: the library reads offsets and sizes of the file unchecked
            throw damaged(where, e.getClass().getSimpleName() + ": " + shortened(e.getMessage()), e);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            throw new FormatException(
                    FormatException.Code.HDF5_LIMIT,
                    where,
                    "a structure that does not end or fit (" + e.getClass().getSimpleName() + ")",
                    "what memory holds",
                    "write the file again with its own program",
                    null);
        }
    }

    static FormatException damaged(String where, String value, Exception cause) {
        return new FormatException(
                FormatException.Code.MALFORMED_HEADER,
                where,
                value,
                "a sound HDF5 file of this kind",
                "copy the file again, or write it anew with its own program",
                cause);
    }

    private static String shortened(String text) {
        return text == null ? "no message" : text.substring(0, Math.min(200, text.length()));
    }
}
