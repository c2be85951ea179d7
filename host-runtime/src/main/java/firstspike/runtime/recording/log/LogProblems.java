package firstspike.runtime.recording.log;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.recording.log.FrameWindow.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** The errors of a log that cannot be read as it is (errors.md 4), with offset and way out. */
final class LogProblems {

    private static final String SALVAGE =
            "--salvage reads what is sound; 'firstspike log recover --salvage' repairs it";
    private static final int HEAD = 256;

    private LogProblems() {}

    static FormatException notALog(Path file, byte[] head, String found) {
        return new FormatException(
                FormatException.Code.NOT_A_SPIKE_LOG,
                file.toString(),
                found == null ? looksLike(head) : found,
                "a spike log, which begins with a whole header",
                "give a .fslog file");
    }

    static FormatException newer(Path file, long version) {
        return new FormatException(
                FormatException.Code.UNSUPPORTED_VERSION,
                ErrorDetail.of(
                                file.toString(),
                                "written by format " + Long.toUnsignedString(version),
                                "this program reads up to " + LogHeader.FORMAT_VERSION,
                                "use a newer program")
                        .with("found", Long.toUnsignedString(version))
                        .with("supported", LogHeader.FORMAT_VERSION),
                null);
    }

    static FormatException tooLarge(Path file, long offset, long length) {
        return new FormatException(
                FormatException.Code.RECORD_TOO_LARGE,
                at(
                        file,
                        offset,
                        Long.toUnsignedString(length) + " bytes",
                        Limits.RECORD,
                        "the file is hostile or damaged"),
                null);
    }

    static FormatException corrupt(Path file, long offset, String reason, long before, long after) {
        ErrorDetail detail = at(file, offset, reason, "a sound record", SALVAGE)
                .with("sequence_before", before)
                .with("sequence_after", after < 0 ? "unknown" : after);
        return new FormatException(FormatException.Code.LOG_CORRUPT, detail, null);
    }

    static FormatException gap(Path file, long offset, long expected, long found) {
        ErrorDetail detail = at(
                        file,
                        offset,
                        found > expected ? (found - expected) + " records are missing" : "a record stands twice",
                        "sequence " + expected + ", found " + found,
                        SALVAGE)
                .with("missing", Math.max(0, found - expected));
        return new FormatException(FormatException.Code.LOG_GAP, detail, null);
    }

    static FormatException trailing(Path file, long offset, long bytes) {
        return new FormatException(
                FormatException.Code.TRAILING_BYTES,
                at(file, offset, bytes + " bytes after the footer", 0, SALVAGE),
                null);
    }

    static FormatException malformed(Path file, long offset, long sequence, MalformedPayload cause) {
        ErrorDetail detail = at(
                        file,
                        offset,
                        "column " + cause.column() + " " + cause.getMessage(),
                        "equal columns with ticks within 2^62",
                        SALVAGE)
                .with("sequence", sequence)
                .with("column", cause.column());
        return new FormatException(FormatException.Code.MALFORMED_CHUNK, detail, cause);
    }

    static FormatException torn(Path file, LogHealth health) {
        return new FormatException(
                FormatException.Code.TRUNCATED,
                at(
                        file,
                        health.tornAt(),
                        health.tornBytes() + " bytes after the last whole record",
                        "a whole log",
                        "'firstspike log recover' cuts them off"),
                null);
    }

    static FormatException mismatch(Path file, String field, Object there, Object given, String remedy) {
        ErrorDetail detail = ErrorDetail.of(field + " of " + file, given, there, remedy)
                .with("field", field)
                .with("there", there)
                .with("given", given);
        return new FormatException(FormatException.Code.LOG_MISMATCH, detail, null);
    }

    private static ErrorDetail at(Path file, long offset, Object value, Object limit, String remedy) {
        return ErrorDetail.of(file + " at byte " + offset, value, limit, remedy).with("offset", offset);
    }

    /** Why a record is not read. */
    static String reason(State state) {
        return switch (state) {
            case WHOLE -> "sound";
            case SHORT -> "ends inside a length";
            case BAD_LENGTH -> "wrong checksum of the length";
            case TOO_LARGE -> "length above the limit";
            case BEYOND_END -> "ends inside a record";
            case BAD_PAYLOAD -> "wrong checksum of the record";
        };
    }

    private static String looksLike(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (head.length == 0) {
            return "empty";
        } else if (text.startsWith("\u0089HDF\r\n\u001a\n")) {
            return "looks like HDF5";
        } else if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")) {
            return "looks like a zip archive (npz, jar)";
        } else if (text.startsWith("\u001f\u008b")) {
            return "looks like gzip; unpack it first";
        } else if (text.startsWith("\u0093NUMPY")) {
            return "looks like a NumPy array";
        } else if (text.contains("brain.Event:")) {
            return "looks like TensorBoard events";
        } else if (text.chars().limit(HEAD).allMatch(c -> c == '\n' || c == '\r' || c == '\t' || c >= ' ' && c < 127)) {
            return "looks like text";
        }
        int few = Math.min(head.length, 8);
        return "begins with bytes " + HexFormat.of().formatHex(head, 0, few);
    }
}
