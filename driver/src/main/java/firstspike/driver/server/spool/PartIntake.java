package firstspike.driver.server.spool;

import com.google.protobuf.ByteString;
import firstspike.driver.playback.ProgramTotals;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.PartEnd;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One program of an upload: counted and hashed as its words arrive, so that it need not be gone through again when it is
 * complete. Mutable, guarded by its upload.
 */
final class PartIntake {

    private final long base;
    private final ByteString stated;
    private final ProgramTotals totals = new ProgramTotals();
    private MessageDigest digest;

    /**
     * @param base where it begins in the file of its upload, bytes
     * @param stated its SHA-256 as the header says
     */
    PartIntake(long base, ByteString stated) {
        this.base = base;
        this.stated = stated;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    long base() {
        return base;
    }

    long instructions() {
        return totals.instructions();
    }

    ProgramTotals totals() {
        return totals;
    }

    /** Lower-case hex. */
    String sha256() {
        return HexFormat.of().formatHex(stated.toByteArray());
    }

    boolean complete() {
        return digest == null;
    }

    void add(ByteString words) {
        LongBuffer values = words.asReadOnlyByteBuffer().asLongBuffer();
        while (values.hasRemaining()) {
            totals.add(values.get());
        }
        digest.update(words.asReadOnlyByteBuffer());
    }

    /** Compares what arrived with what the client says it must be. */
    void close(PartEnd end) {
        agree("instructions received", totals.instructions(), end.getInstructionCount());
        agree(ResponseKind.OMNIBUS, end.getOmnibusResponses());
        agree(ResponseKind.JTAG, end.getJtagResponses());
        agree(ResponseKind.LOOPBACK, end.getLoopbackResponses());
        if (!end.getSha256().equals(stated)) {
            throw SpooledUpload.malformed("SHA-256 at the end of a program", clipped(end.getSha256()), sha256());
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        digest = null;
        if (!actual.equals(sha256())) {
            throw SpooledUpload.malformed("SHA-256 of the program", actual, sha256());
        }
    }

    private void agree(ResponseKind kind, long expected) {
        agree(kind + " responses of the program", totals.expectedResponses(kind), expected);
    }

    private static void agree(String thing, long value, long expected) {
        if (value != expected) {
            throw SpooledUpload.malformed(thing, value, Long.toUnsignedString(expected));
        }
    }

    private static String clipped(ByteString bytes) {
        return HexFormat.of()
                .formatHex(bytes.substring(0, Math.min(bytes.size(), SpooledUpload.HASH_BYTES))
                        .toByteArray());
    }
}
