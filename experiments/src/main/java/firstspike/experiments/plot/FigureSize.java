package firstspike.experiments.plot;

/**
 * Size of a picture.
 *
 * @param width in pixels of a PNG, in units of an SVG
 * @param height likewise
 */
public record FigureSize(int width, int height) {

    /** Smallest side. */
    public static final int LEAST = 100;
    /** Largest side: a picture of this size takes 64 MB while it is drawn. */
    public static final int MOST = 4096;

    /** Checks the range: {@link IllegalArgumentException} that names it. */
    public FigureSize {
        if (Math.min(width, height) < LEAST || Math.max(width, height) > MOST) {
            throw new IllegalArgumentException("size of a figure: " + width + "x" + height + " (limit: " + LEAST
                    + " to " + MOST + " each); choose another");
        }
    }
}
