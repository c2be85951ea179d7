package firstspike.experiments.report;

import java.util.Arrays;

/**
 * The 512 neuron circuits of a chip, a row for each quadrant, coloured by how far a value lies from what it should be.
 *
 * @param title above it
 * @param alternative what it shows, in words
 * @param error of each circuit in units of what is accepted, with sign; NaN: not measured
 * @param bad of each circuit: whether it is not fit
 */
public record ChipMap(String title, String alternative, double[] error, boolean[] bad) implements Picture {

    private static final int CIRCUITS = 512;
    private static final int QUADRANTS = 4;
    private static final int COLUMNS = CIRCUITS / QUADRANTS;
    private static final int WIDTH = 560;
    private static final int LEFT = 62;
    private static final double CELL = 3.8;
    private static final int ROW = 34;
    private static final int HIGH = 28;
    private static final int TOP = 30;
    private static final int LEVELS = 5;
    private static final int SHADES = 2 * LEVELS + 1;
    /** Errors of this many accepted deviations and more have the strongest colour. */
    private static final double STRONGEST = 1.5;

    /** Checks the lengths: {@link IllegalArgumentException} unless there are 512 of each. */
    public ChipMap {
        if (error.length != CIRCUITS || bad.length != CIRCUITS) {
            throw new IllegalArgumentException(
                    "chip map: " + error.length + " errors, " + bad.length + " flags (limit: " + CIRCUITS + " each)");
        }
    }

    @Override
    public String svg() {
        int height = TOP + QUADRANTS * ROW + 2 * 20;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(height)
                .append("\" role=\"img\" aria-label=\"")
                .append(Html.escape(alternative))
                .append("\"><text class=\"title\" x=\"")
                .append(LEFT)
                .append("\" y=\"18\">")
                .append(Html.escape(title))
                .append("</text>");
        StringBuilder[] cells = new StringBuilder[SHADES + 1];
        Arrays.setAll(cells, i -> new StringBuilder());
        StringBuilder marks = new StringBuilder();
        for (int c = 0; c < CIRCUITS; c++) {
            double x = LEFT + c % COLUMNS * CELL;
            int y = TOP + c / COLUMNS * ROW;
            cells[shade(error[c])]
                    .append('M')
                    .append(Plot.number(x))
                    .append(' ')
                    .append(y)
                    .append("h3v28h-3z");
            if (bad[c]) {
                marks.append('M')
                        .append(Plot.number(x))
                        .append(' ')
                        .append(y + HIGH + 2)
                        .append("h3");
            }
        }
        for (int shade = 0; shade < cells.length; shade++) {
            if (!cells[shade].isEmpty()) {
                path(svg, shade, cells[shade].toString());
            }
        }
        svg.append("<path fill=\"none\" stroke=\"var(--bad)\" stroke-width=\"3\" d=\"")
                .append(marks)
                .append("\"/>");
        for (int q = 0; q < QUADRANTS; q++) {
            svg.append("<text class=\"tick\" text-anchor=\"end\" x=\"56\" y=\"")
                    .append(TOP + q * ROW + 18)
                    .append("\">")
                    .append(q * COLUMNS)
                    .append('–')
                    .append(q * COLUMNS + COLUMNS - 1)
                    .append("</text>");
        }
        legend(svg, TOP + QUADRANTS * ROW + 14);
        return svg.append("</svg>").toString();
    }

    private static int shade(double error) {
        if (!Double.isFinite(error)) {
            return SHADES;
        }
        double part = Math.max(-1, Math.min(1, error / STRONGEST));
        return LEVELS + (int) Math.round(part * LEVELS);
    }

    private static void path(StringBuilder svg, int shade, String cells) {
        svg.append("<path ").append(paint(shade)).append(" d=\"").append(cells).append("\"/>");
    }

    private static String paint(int shade) {
        if (shade == SHADES) {
            return "fill=\"none\" stroke=\"var(--quiet)\" stroke-width=\"0.6\"";
        }
        int level = Math.abs(shade - LEVELS);
        String colour = level == 0 ? "var(--faint)" : shade < LEVELS ? "var(--c0)" : "var(--c1)";
        double opacity = level == 0 ? 0.7 : 0.1 + 0.9 * level / LEVELS;
        return "fill=\"" + colour + "\" fill-opacity=\"" + Plot.number(opacity) + "\"";
    }

    private static void legend(StringBuilder svg, int y) {
        for (int shade = 0; shade < SHADES; shade++) {
            svg.append("<rect x=\"")
                    .append(LEFT + 150 + shade * 14)
                    .append("\" y=\"")
                    .append(y - 10)
                    .append("\" width=\"13\" height=\"12\" ")
                    .append(paint(shade))
                    .append("/>");
        }
        svg.append("<text class=\"tick\" text-anchor=\"end\" x=\"")
                .append(LEFT + 144)
                .append("\" y=\"")
                .append(y)
                .append("\">too low by 1.5 × accepted</text><text class=\"tick\" x=\"")
                .append(LEFT + 156 + SHADES * 14)
                .append("\" y=\"")
                .append(y)
                .append("\">too high</text><path stroke=\"var(--bad)\" stroke-width=\"3\" d=\"M")
                .append(LEFT + 390)
                .append(' ')
                .append(y - 4)
                .append("h14\"/><text class=\"tick\" x=\"")
                .append(LEFT + 410)
                .append("\" y=\"")
                .append(y)
                .append("\">not fit</text>");
    }
}
