package firstspike.experiments.plot;

/**
 * Something drawn in a picture. Arrays belong to the reader; points that are not finite are left out.
 */
public sealed interface Mark {

    /** Which of the marks it is. */
    enum Kind {
        LINE,
        DOTS,
        BARS,
        BAND,
        RULE,
        CELLS,
        IMAGE,
        WORDS
    }

    /** Signs at points, which tell series apart without their colours. */
    enum Sign {
        NONE,
        DISC,
        CROSS,
        /** Upright, as a spike. */
        STROKE,
        SQUARE;

        private static final Sign[] IN_TURN = {DISC, CROSS, STROKE, SQUARE};

        /**
         * The sign of one series among others.
         *
         * @param series its number
         * @return any but {@link #NONE}
         */
        public static Sign of(int series) {
            return IN_TURN[Math.floorMod(series, IN_TURN.length)];
        }
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
     * @param sign at each point
     * @param x of each point
     * @param y of each point
     */
    record Line(String name, int colour, boolean dashed, Sign sign, double[] x, double[] y) implements Mark {

        /** More points than this with signs would be a wall. */
        private static final int FEW = 60;

        /**
         * A line with discs at its points as long as they are few.
         *
         * @param name in the legend
         * @param colour its number
         * @param dashed whether it is broken
         * @param x of each point
         * @param y of each point
         */
        public Line(String name, int colour, boolean dashed, double[] x, double[] y) {
            this(name, colour, dashed, Sign.DISC, x, y);
        }

        /** Leaves the signs out where they are many. */
        public Line {
            sign = x.length > FEW ? Sign.NONE : sign;
        }

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
     * @param sign at each
     * @param radius of each in units of the picture
     * @param x of each point
     * @param y of each point
     */
    record Dots(String name, int colour, Sign sign, double radius, double[] x, double[] y) implements Mark {

        /**
         * Discs.
         *
         * @param name in the legend
         * @param colour its number
         * @param radius of each in units of the picture
         * @param x of each point
         * @param y of each point
         */
        public Dots(String name, int colour, double radius, double[] x, double[] y) {
            this(name, colour, Sign.DISC, radius, x, y);
        }

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
     * The room between two lines.
     *
     * @param name in the legend
     * @param colour its number
     * @param x of each point
     * @param low lower line
     * @param high upper line
     */
    record Band(String name, int colour, double[] x, double[] low, double[] high) implements Mark {
        @Override
        public Kind kind() {
            return Kind.BAND;
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

    /**
     * Cells of a grid in one colour.
     *
     * @param name in the legend
     * @param colour its number
     * @param opacity 0 to 1
     * @param grid where the cells lie
     * @param cells row-major from the bottom left; true: it is drawn
     */
    record Cells(String name, int colour, double opacity, Grid grid, boolean[] cells) implements Mark {

        /** Checks the length: {@link IllegalArgumentException} unless there is a value for each cell. */
        public Cells {
            grid.check(cells.length);
        }

        @Override
        public Kind kind() {
            return Kind.CELLS;
        }
    }

    /**
     * A grid whose cells have colours of their own.
     *
     * @param grid where the cells lie
     * @param argb row-major from the bottom left: alpha, red, green, blue
     */
    record Image(Grid grid, int[] argb) implements Mark {

        /** Checks the length: {@link IllegalArgumentException} unless there is a value for each cell. */
        public Image {
            grid.check(argb.length);
        }

        @Override
        public Kind kind() {
            return Kind.IMAGE;
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public int colour() {
            return 0;
        }
    }

    /**
     * Words at a place.
     *
     * @param text what is written
     * @param x of their middle
     * @param y of their middle
     */
    record Words(String text, double x, double y) implements Mark {
        @Override
        public Kind kind() {
            return Kind.WORDS;
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public int colour() {
            return 0;
        }
    }

    /**
     * A rectangle of cells.
     *
     * @param columns cells to the right
     * @param rows cells upwards
     * @param left value of x where they begin
     * @param right value of x where they end
     * @param bottom value of y where they begin
     * @param top value of y where they end
     */
    record Grid(int columns, int rows, double left, double right, double bottom, double top) {

        private void check(int length) {
            if (length != columns * rows) {
                throw new IllegalArgumentException("grid of " + columns + " x " + rows + ": " + length
                        + " values (limit: one a cell); give them all");
            }
        }
    }
}
