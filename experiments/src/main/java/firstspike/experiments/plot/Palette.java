package firstspike.experiments.plot;

import java.util.List;

/**
 * Colours of pictures. Series can be told apart by colour-blind readers, on light and on dark ground. On a page they are
 * names that its style sheet gives a value, so that they follow the reader's setting; in a file of its own they are values,
 * which every viewer and typesetter understands.
 */
public enum Palette {
    /** A file of its own, on white. */
    PAPER,
    /** Part of an HTML page. */
    PAGE;

    /** Number of the colour of what stays behind. */
    public static final int QUIET = -1;
    /** Number of the colour of what is wrong. */
    public static final int WRONG = -2;
    /** Number of the colour of letters. */
    public static final int INK = -3;

    private static final List<String> LIGHT = List.of(
            "#0072b2", "#c25e00", "#00805c", "#a8528a", "#6a51a3", "#4fa8dc", "#a88a00", "#8c564b", "#4d4d4d",
            "#d6409f");
    private static final List<String> DARK = List.of(
            "#56b4e9", "#f0a040", "#3cc99a", "#e39ac8", "#b6a3ea", "#a5d8ff", "#d9c24a", "#c49a8e", "#c8c8c8",
            "#ff8fd0");

    /** Rules of a style sheet that give the names of a page their values. */
    public static String styleSheet() {
        return "svg{--ink:#222;--faint:#d5d5d5;--quiet:#666;--ground:#fff;--bad:#b00020;" + names(LIGHT)
                + "}\n@media(prefers-color-scheme:dark){svg{--ink:#e6e6e6;--faint:#3a3f44;--quiet:#a0a5aa;"
                + "--ground:#16191c;--bad:#ff6b7d;" + names(DARK) + "}}\n";
    }

    private static String names(List<String> colours) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < colours.size(); i++) {
            names.append("--c").append(i).append(':').append(colours.get(i)).append(';');
        }
        return names.toString();
    }

    /** Colour of a series, or one of {@link #QUIET}, {@link #WRONG}, {@link #INK}. */
    String colour(int number) {
        return switch (number) {
            case QUIET -> quiet();
            case WRONG -> either("#b00020", "var(--bad)");
            case INK -> ink();
            default -> {
                int series = Math.floorMod(number, LIGHT.size());
                yield either(LIGHT.get(series), "var(--c" + series + ")");
            }
        };
    }

    String ink() {
        return either("#222", "var(--ink)");
    }

    String quiet() {
        return either("#666", "var(--quiet)");
    }

    String faint() {
        return either("#d5d5d5", "var(--faint)");
    }

    String ground() {
        return either("#fff", "var(--ground)");
    }

    private String either(String paper, String page) {
        return this == PAPER ? paper : page;
    }
}
