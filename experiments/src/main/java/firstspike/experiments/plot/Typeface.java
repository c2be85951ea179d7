package firstspike.experiments.plot;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A font that is part of the program. How wide a text is comes from its own tables (TrueType: {@code cmap} and
 * {@code hmtx}), so that no library of the system is asked. Nearly all fonts of other viewers are narrower.
 */
enum Typeface {
    /** Of most texts. */
    REGULAR("DejaVuSans.ttf"),
    /** Of titles. */
    BOLD("DejaVuSans-Bold.ttf");

    /** Family names as an SVG asks for them: this font, one of the same widths, any. */
    static final String FAMILIES = "DejaVu Sans,Verdana,sans-serif";

    private static final int CHARACTERS = 1 << 16;
    private static final int WORD = 0xFFFF;
    /** Only one form of character table is read: pairs of first and last character of a segment. */
    private static final int SEGMENTS = 4;

    private final String file;
    private final double[] widths;

    Typeface(String file) {
        this.file = file;
        try (InputStream in = open()) {
            widths = widths(ByteBuffer.wrap(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("font " + file + " cannot be read out of the program", e);
        }
    }

    /** The font file. */
    InputStream open() {
        return new DataInputStream(Typeface.class.getResourceAsStream(file));
    }

    /**
     * Width of a text.
     *
     * @param text any; characters that the font does not have are as wide as they are high
     * @param size of the letters
     * @return in the unit of the size
     */
    double width(String text, double size) {
        double sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum += Character.isLowSurrogate(text.charAt(i)) ? 0 : widths[text.charAt(i)];
        }
        return sum * size;
    }

    /**
     * A text in lines that are not wider than the room, cut at blanks.
     *
     * @param text any
     * @param size of the letters
     * @param room in the unit of the size
     * @return one line at least; a single word may be wider than the room
     */
    List<String> lines(String text, double size, double room) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" +")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(longer, size) > room) {
                lines.add(line);
                longer = word;
            }
            line = longer;
        }
        lines.add(line);
        return lines;
    }

    /** Widths of all characters of the basic plane in units of the letter size. */
    private static double[] widths(ByteBuffer font) {
        double[] widths = new double[CHARACTERS];
        Arrays.fill(widths, 1);
        double unit = word(font, table(font, "head") + 18);
        int metrics = table(font, "hmtx");
        int measured = word(font, table(font, "hhea") + 34);
        int map = characters(font);
        int segments = word(font, map + 6) / 2;
        int ends = map + 14;
        int starts = ends + 2 * segments + 2;
        int deltas = starts + 2 * segments;
        int offsets = deltas + 2 * segments;
        for (int s = 0; s < segments; s++) {
            int offset = word(font, offsets + 2 * s);
            int first = word(font, starts + 2 * s);
            for (int c = first; c <= word(font, ends + 2 * s) && c < WORD; c++) {
                int glyph = offset == 0 ? c : word(font, offsets + 2 * s + offset + 2 * (c - first));
                if (glyph != 0) {
                    glyph = glyph + word(font, deltas + 2 * s) & WORD;
                    widths[c] = word(font, metrics + 4 * Math.min(glyph, measured - 1)) / unit;
                }
            }
        }
        return widths;
    }

    private static int characters(ByteBuffer font) {
        int table = table(font, "cmap");
        for (int i = 0; i < word(font, table + 2); i++) {
            int map = table + font.getInt(table + 8 + 8 * i);
            if (word(font, map) == SEGMENTS) {
                return map;
            }
        }
        throw new IllegalStateException("font of the program: no character table of segments");
    }

    private static int table(ByteBuffer font, String tag) {
        int wanted = ByteBuffer.wrap(tag.getBytes(StandardCharsets.US_ASCII)).getInt();
        for (int i = 0; i < word(font, 4); i++) {
            int entry = 12 + 16 * i;
            if (font.getInt(entry) == wanted) {
                return font.getInt(entry + 8);
            }
        }
        throw new IllegalStateException("font of the program: no table " + tag);
    }

    private static int word(ByteBuffer font, int at) {
        return font.getShort(at) & WORD;
    }
}
