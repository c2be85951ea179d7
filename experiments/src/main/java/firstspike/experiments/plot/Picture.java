package firstspike.experiments.plot;

/** A picture of {@value #WIDTH} units width, for a page or a file. */
public sealed interface Picture permits Plot, Panels {

    /** Units to the right. */
    int WIDTH = 560;

    /** What it shows, in words, for readers who cannot see it. */
    String alternative();

    /** Units downwards. */
    int height();

    /** Draws it at the place that the drawing stands at. */
    void draw(Svg svg);

    /** This picture as near to a height as it can be; most have only one. */
    default Picture ofHeight(int height) {
        return this;
    }

    /** The SVG element of a page with the {@linkplain Palette#styleSheet() style sheet} of the palette. */
    default String svg() {
        Svg svg = new Svg(Palette.PAGE);
        draw(svg);
        return svg.document(WIDTH, height(), "", alternative());
    }

    /** The text of an SVG file of its own. */
    default String file() {
        return Sheet.of(this).svg();
    }
}
