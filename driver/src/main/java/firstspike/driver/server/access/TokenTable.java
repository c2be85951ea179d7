package firstspike.driver.server.access;

import firstspike.driver.credential.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens of a file, hashed (playback.md 14.9). Immutable. */
final class TokenTable {

    private static final int MOST_TOKENS = 4096;

    private final List<TokenEntry> entries;
    private final byte[][] hashes;

    private TokenTable(List<TokenEntry> entries) {
        this.entries = List.copyOf(entries);
        hashes = entries.stream().map(TokenEntry::hash).toArray(byte[][]::new);
    }

    /**
     * @param file private to its owner
     * @return its tokens, none is allowed
     * @throws IOException when it cannot be read, others may touch it, or a line is wrong
     */
    static TokenTable read(Path file) throws IOException {
        String text = SecretFile.read(file, "token file");
        SecretFile.requirePrivate(file, "token file");
        List<TokenEntry> entries = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            int comment = line.indexOf('#');
            String content = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (content.isEmpty()) {
                continue;
            }
            try {
                entries.add(TokenEntry.parse(content));
            } catch (IllegalArgumentException e) {
                throw new IOException("token file " + file + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        if (entries.size() > MOST_TOKENS) {
            throw new IOException("token file " + file + ": " + entries.size() + " tokens (limit: " + MOST_TOKENS
                    + "); take out those that have expired");
        }
        return new TokenTable(entries);
    }

    /** Number of tokens. */
    int size() {
        return entries.size();
    }

    /**
     * The line of a token. Takes the same time whichever it is, or none.
     *
     * @param token as a client shows it
     * @return its line, expired or not
     */
    Optional<TokenEntry> find(String token) {
        byte[] shown = hash(token);
        int found = -1;
        for (int i = 0; i < hashes.length; i++) {
            // no way out of the loop: where a token stands, or that it is none, must not be told by time
            found = MessageDigest.isEqual(hashes[i], shown) ? i : found;
        }
        return found < 0 ? Optional.empty() : Optional.of(entries.get(found));
    }

    /** SHA-256 of the text of a token. */
    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256 in this Java", e);
        }
    }
}
