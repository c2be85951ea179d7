package firstspike.driver.server.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** Makes tokens (playback.md 14.9). The token itself is in nobody's hands but those of the caller. */
public final class NewToken {

    private static final int BYTES = 32;

    private NewToken() {}

    /**
     * Makes a token of 256 random bits and appends its line to a file, which is made with mode 0600 when it is not there.
     *
     * @param file of a server
     * @param user of the token: letters, digits and {@code ._@+-}, at most 128
     * @param role of the token
     * @param expiry when it ends, to the second; empty: never
     * @return the token, shown nowhere else
     * @throws IOException when the file cannot be written, others may touch it, or a line of it is wrong
     * @throws IllegalArgumentException for another user name
     */
    public static String append(Path file, String user, Role role, Optional<Instant> expiry) throws IOException {
        if (!TokenEntry.USER.matcher(user).matches()) {
            throw new IllegalArgumentException(
                    "user: '" + user + "' (limit: 1 to 128 letters, digits and ._@+-);" + " choose another name");
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        TokenEntry entry = new TokenEntry(
                user, role, TokenTable.hash(token), expiry.map(end -> end.truncatedTo(ChronoUnit.SECONDS)));
        boolean there = Files.exists(file);
        if (there) {
            TokenTable.read(file);
        }
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PrivateFile.mode(file))) {
            // a last line without its end must not take the new one into it
            channel.lock();
            long size = channel.size();
            String before = size == 0 || endsLine(channel, size) ? "" : "\n";
            ByteBuffer line = ByteBuffer.wrap((before + entry.line() + "\n").getBytes(StandardCharsets.UTF_8));
            channel.position(size);
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
        return token;
    }

    private static boolean endsLine(FileChannel channel, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, size - 1);
        return last.get(0) == '\n';
    }
}
