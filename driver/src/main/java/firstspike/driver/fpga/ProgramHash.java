package firstspike.driver.fpga;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identity of a program that is never whole in memory: SHA-256 of the words as they are sent, big-endian. One use. */
final class ProgramHash {

    private final MessageDigest digest;

    ProgramHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Takes the words. */
    MessageDigest digest() {
        return digest;
    }

    /** The hash in lower-case hex; once, when all words were taken. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
