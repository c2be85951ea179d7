package firstspike.experiments.plot;

import java.util.List;

/**
 * Plots that belong together, below each other in one picture.
 *
 * @param alternative what they show, in words
 * @param plots from top to bottom
 */
public record Panels(String alternative, List<Plot> plots) implements Picture {

    /** Copies the list. */
    public Panels {
        plots = List.copyOf(plots);
    }

    @Override
    public int height() {
        return plots.stream().mapToInt(Plot::height).sum();
    }

    @Override
    public Panels ofHeight(int height) {
        double factor = (double) height / Math.max(1, height());
        return new Panels(
                alternative,
                plots.stream()
                        .map(plot -> plot.ofHeight((int) (plot.height() * factor)))
                        .toList());
    }

    @Override
    public void draw(Svg svg) {
        int top = 0;
        for (Plot plot : plots) {
            svg.picture(0, top, plot);
            top += plot.height();
        }
    }
}
