package firstspike.experiments.plot;

import java.awt.AWTError;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;

/** Whether this machine can turn letters into pixels; asked once, since a library that failed to load does not come back. */
final class Fonts {

    /** What to do without. */
    static final String REMEDY = "install them (Debian, Ubuntu: apt install libharfbuzz0b libfreetype6 fontconfig; "
            + "Fedora: dnf install harfbuzz freetype fontconfig)";

    private static final Optional<String> MISSING = load();

    private Fonts() {}

    /** What the machine lacks for drawing letters as pixels; empty: nothing. */
    static Optional<String> missing() {
        return MISSING;
    }

    /** Java gives what a library of the system lacks as an error of many kinds, none of which is one of the program. */
    private static Optional<String> load() {
        PrintStream err = System.err;
        // Debian's Java has a line of its own for this, which does not say what is missing
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        try {
            for (Typeface face : Typeface.values()) {
                try (InputStream in = face.open()) {
                    Font font = Font.createFont(Font.TRUETYPE_FONT, in);
                    GraphicsEnvironment.getLocalGraphicsEnvironment().registerFont(font);
                    font.createGlyphVector(new FontRenderContext(null, true, true), "x")
                            .getOutline();
                }
            }
            return Optional.empty();
        } catch (LinkageError | InternalError | AWTError | RuntimeException | FontFormatException | IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            System.setErr(err);
        }
    }
}
