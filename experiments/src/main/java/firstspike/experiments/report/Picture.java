package firstspike.experiments.report;

/** A picture of a page. */
public interface Picture {

    /** What it shows, in words, for whoever cannot see it. */
    String alternative();

    /** The SVG element, without a style sheet of its own. */
    String svg();

    /** A file of its own. */
    default String file() {
        String svg = svg();
        int end = svg.indexOf('>') + 1;
        return svg.substring(0, end) + "<style>" + Theme.picture()
                + "</style><rect width=\"100%\" height=\"100%\" fill=\"var(--ground)\"/>" + svg.substring(end);
    }
}
