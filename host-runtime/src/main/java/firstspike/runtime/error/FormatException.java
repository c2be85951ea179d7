package firstspike.runtime.error;

import firstspike.driver.error.ErrorDetail;

/** A file that is damaged, hostile, newer, or not what it should be. */
public final class FormatException extends HostException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /**
     * @param code which error of the family
     * @param detail thing, value, limit, remedy
     * @param cause what it followed from, or null
     */
    public FormatException(Code code, ErrorDetail detail, Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /**
     * @param code which error of the family
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     */
    public FormatException(Code code, String thing, Object value, Object limit, String remedy) {
        this(code, ErrorDetail.of(thing, value, limit, remedy), null);
    }

    /**
     * @param code which error of the family
     * @param thing what is concerned
     * @param value the offending value
     * @param limit what was allowed
     * @param remedy what to do
     * @param cause what it followed from, or null
     */
    public FormatException(Code code, String thing, Object value, Object limit, String remedy, Throwable cause) {
        this(code, ErrorDetail.of(thing, value, limit, remedy), cause);
    }

    @Override
    public Code code() {
        return code;
    }

    /** Errors of this family. */
    public enum Code {
        /** A record above its size limit. */
        RECORD_TOO_LARGE,
        /** A chunk above its size limit. */
        CHUNK_TOO_LARGE,
        /** An array above its size limit. */
        ARRAY_TOO_LARGE,
        /** An archive with names, counts or ratios that no honest one has. */
        ARCHIVE_SUSPICIOUS,
        /** A header above its size limit. */
        HEADER_TOO_LARGE,
        /** JSON beyond its limits. */
        JSON_LIMIT,
        /** HDF5 beyond its limits. */
        HDF5_LIMIT,
        /** CSV beyond its limits. */
        CSV_LIMIT,
        /** YAML beyond its limits, outside experiment files. */
        YAML_LIMIT,
        /** A chunk that does not decode. */
        MALFORMED_CHUNK,
        /** Not a spike log. */
        NOT_A_SPIKE_LOG,
        /** A log of another network configuration. */
        LOG_MISMATCH,
        /** A log whose checksums are wrong. */
        LOG_CORRUPT,
        /** A log with missing chunks. */
        LOG_GAP,
        /** Bytes after the end of the content. */
        TRAILING_BYTES,
        /** An array of a type that is not read. */
        UNSUPPORTED_DTYPE,
        /** Not an array file. */
        NOT_NPY,
        /** A header that does not parse. */
        MALFORMED_HEADER,
        /** A file that ends too early. */
        TRUNCATED,
        /** An array of pickled objects. */
        PICKLE_REFUSED,
        /** Written by a newer program. */
        UNSUPPORTED_VERSION,
        /** Content that does not match its checksum. */
        CHECKSUM_MISMATCH,
        /** A file of times without their unit. */
        TIME_UNIT_MISSING,
        /** Content of an exchange format that the network model cannot hold. */
        EXCHANGE_UNSUPPORTED
    }
}
