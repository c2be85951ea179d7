package firstspike.experiments.report;

/**
 * Something drawn in a picture. Arrays belong to the reader; points that are not finite are left out.
 */
public sealed interface Mark {

    /** Which of the marks it is. */
    enum Kind {
        LINE,
        DOTS,
        BARS,
        RULE
    }

    /** Which of the marks it is. */
    Kind kind();

    /** Name in the legend; empty: it has no entry. */
    String name();

    /** Number of its colour. */
    int colour();

    /**
     * A line through points.
     *
     * @param name in the legend
     * @param colour its number
     * @param dashed whether it is broken
     * @param x of each point
     * @param y of each point
     */
    record Line(String name, int colour, boolean dashed, double[] x, double[] y) implements Mark {
        @Override
        public Kind kind() {
            return Kind.LINE;
        }
    }

    /**
     * Points.
     *
     * @param name in the legend
     * @param colour its number
     * @param radius of each in units of the picture
     * @param x of each point
     * @param y of each point
     */
    record Dots(String name, int colour, double radius, double[] x, double[] y) implements Mark {
        @Override
        public Kind kind() {
            return Kind.DOTS;
        }
    }

    /**
     * Bars that stand beside each other.
     *
     * @param name in the legend
     * @param colour its number
     * @param edges one more than bars
     * @param height of each bar
     */
    record Bars(String name, int colour, double[] edges, double[] height) implements Mark {
        @Override
        public Kind kind() {
            return Kind.BARS;
        }
    }

    /**
     * A straight line over the whole picture.
     *
     * @param name in the legend
     * @param colour its number
     * @param upright whether it stands at a value of x; else it lies at a value of y
     * @param at that value
     */
    record Rule(String name, int colour, boolean upright, double at) implements Mark {
        @Override
        public Kind kind() {
            return Kind.RULE;
        }
    }
}
