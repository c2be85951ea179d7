package firstspike.driver.server.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a token file (playback.md 14.9): {@code user role sha256-of-token-in-hex expiry}.
 *
 * <p>Not a record: a hash must not be compared or printed by accident.
 */
final class TokenEntry {

    /** User names: what certificates and logins hold, nothing that a line or a log could take for something else. */
    static final Pattern USER = Pattern.compile("[A-Za-z0-9._@+-]{1,128}");

    private static final int HASH_BYTES = 32;
    private static final String NEVER = "never";

    private final String user;
    private final Role role;
    private final byte[] hash;
    private final Optional<Instant> expiry;

    TokenEntry(String user, Role role, byte[] hash, Optional<Instant> expiry) {
        this.user = user;
        this.role = role;
        this.hash = hash.clone();
        this.expiry = expiry;
    }

    /**
     * @param line without comment, not blank
     * @return the entry
     * @throws IllegalArgumentException with what is wrong, never with the hash
     */
    static TokenEntry parse(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length != 4) {
            throw new IllegalArgumentException(
                    words.length + " words (limit: 4); write user, role, SHA-256 of the token in hex, expiry");
        }
        if (!USER.matcher(words[0]).matches()) {
            throw new IllegalArgumentException("user name with other characters than letters, digits and ._@+-, or"
                    + " above 128 of them; choose another name");
        }
        Role role =
                switch (words[1]) {
                    case "user" -> Role.USER;
                    case "operator" -> Role.OPERATOR;
                    default -> throw new IllegalArgumentException("unknown role (limit: user, operator); correct it");
                };
        return new TokenEntry(words[0], role, hash(words[2]), expiry(words[3]));
    }

    private static byte[] hash(String text) {
        try {
            byte[] bytes = HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
            if (bytes.length == HASH_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // said below, without quoting it
        }
        throw new IllegalArgumentException("hash that is not " + 2 * HASH_BYTES
                + " hexadecimal digits; write the SHA-256 of the token, or let 'firstspike token new' do it");
    }

    private static Optional<Instant> expiry(String text) {
        if (text.equals(NEVER)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expiry that is no time; write 2027-01-31T00:00:00Z, or " + NEVER);
        }
    }

    String user() {
        return user;
    }

    Role role() {
        return role;
    }

    byte[] hash() {
        return hash.clone();
    }

    Optional<Instant> expiry() {
        return expiry;
    }

    /** The line of a file. */
    String line() {
        return user + " " + role.name().toLowerCase(Locale.ROOT) + " "
                + HexFormat.of().formatHex(hash) + " "
                + expiry.map(Instant::toString).orElse(NEVER);
    }
}
