package firstspike.runtime.exchange.nir;

import firstspike.runtime.error.FormatException;
import java.util.List;

/** Errors of graphs. */
final class NirFailure {

    private NirFailure() {}

    static FormatException malformed(String file, String thing, Object value, Object limit) {
        return new FormatException(
                FormatException.Code.MALFORMED_HEADER,
                file + " " + thing,
                value,
                limit,
                "write the file again with its own program");
    }

    /** All reasons at once, because finding them one by one is what people complain about. */
    static FormatException unsupported(String file, List<String> reasons) {
        return new FormatException(
                FormatException.Code.EXCHANGE_UNSUPPORTED,
                file,
                String.join("; ", reasons),
                "Input, then Linear, Affine, Scale or Delay 0 and CubaLIF by turns, Output, without cycles",
                "replace these nodes in the program that wrote the file");
    }
}
