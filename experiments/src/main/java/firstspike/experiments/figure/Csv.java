package firstspike.experiments.figure;

import firstspike.runtime.recording.ShortestDecimal;

/** Cells of the files beside the figures. */
final class Csv {

    private Csv() {}

    /** A number; {@code inf} for a spike that did not happen, empty where nothing was measured. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value == Double.POSITIVE_INFINITY ? "inf" : ShortestDecimal.of(value);
    }

    /** A text, quoted where it must be (RFC 4180). */
    static String text(String value) {
        return value.matches("[^,\"\n\r]*") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
