package firstspike.runtime.calibration.result;

import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpyCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * Name of a calibration: {@code cal-}, the second of its begin in UTC, and the head of a hash of its arrays, for example
 * {@code cal-20261127T231500Z-0123456789ab} (formats.md 6).
 *
 * @param value the name
 */
public record CalibrationId(String value) implements Comparable<CalibrationId> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int HEX_BYTES = 6;

    /** Checks the form, for an id becomes a folder name: {@link IllegalArgumentException} for another. */
    public CalibrationId {
        if (!isId(value)) {
            throw new IllegalArgumentException("calibration id: '" + value
                    + "' (limit: cal-<yyyyMMdd>T<HHmmss>Z-<12 hex>); list them with 'firstspike calibrate list'");
        }
    }

    /**
     * @param text of any kind
     * @return whether it has the form of an id
     */
    public static boolean isId(String text) {
        return text.matches("cal-[0-9]{8}T[0-9]{6}Z-[0-9a-f]{12}");
    }

    /**
     * The hash covers name, type, shape and data of each array in the order of the names, so that it does not change with the
     * packing of the archive.
     *
     * @param created when the calibration was begun
     * @param arrays of the result
     * @return its id
     */
    public static CalibrationId of(Instant created, SortedMap<String, NpyArray> arrays) {
        MessageDigest digest = sha256();
        arrays.forEach((name, array) -> {
            digest.update((name + '\n').getBytes(StandardCharsets.UTF_8));
            digest.update(NpyCodec.write(array));
        });
        return new CalibrationId(
                "cal-" + TIME.format(created) + "-" + HexFormat.of().formatHex(digest.digest(), 0, HEX_BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (limit: every Java has it)", e);
        }
    }

    @Override
    public int compareTo(CalibrationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
