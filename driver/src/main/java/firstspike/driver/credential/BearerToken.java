package firstspike.driver.credential;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/** A token as a client shows it; its text is only in {@link #text()}, never in messages. */
public final class BearerToken {

    /** Longest text that either side takes. */
    public static final int LONGEST = 512;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final String text;

    private BearerToken(String text) {
        this.text = text;
    }

    /**
     * Reads the file of a client, which holds the token alone.
     *
     * @param file with one token; white space around it is left out
     * @return the token
     * @throws IOException when there is none, or something else too, or others may read it
     */
    public static BearerToken read(Path file) throws IOException {
        String text = SecretFile.read(file, "token file").strip();
        SecretFile.requirePrivate(file, "token file");
        if (!isToken(text)) {
            throw new IOException("token file " + file + ": does not hold one token alone (limit: 1 to " + LONGEST
                    + " letters, digits and ._~+/-); write what 'firstspike token new' printed");
        }
        return new BearerToken(text);
    }

    /**
     * @param text to be checked
     * @return whether it has the form of a token
     */
    public static boolean isToken(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    /** The secret itself. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BearerToken token && token.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    @Override
    public String toString() {
        return "token";
    }
}
