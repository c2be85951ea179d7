package firstspike.experiments.plot;

/** Where values lie in a plot. Edges in units of the picture; what is outside of an axis lies on the edge. */
record Frame(Axis x, Axis y, double left, double right, double top, double bottom) {

    double across(double value) {
        return left + Math.max(0, Math.min(1, x.place(value))) * (right - left);
    }

    double down(double value) {
        return bottom - Math.max(0, Math.min(1, y.place(value))) * (bottom - top);
    }

    /** Whether a point has a place; a logarithmic axis has none for 0 and below. */
    boolean isSeen(double atX, double atY) {
        return Double.isFinite(atX)
                && Double.isFinite(atY)
                && Double.isFinite(across(atX))
                && Double.isFinite(down(atY));
    }
}
