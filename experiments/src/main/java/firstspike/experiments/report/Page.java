package firstspike.experiments.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One self-contained HTML page, put together from top to bottom. Mutable; one owner thread. */
public final class Page {

    private final String title;
    private final StringBuilder body = new StringBuilder();

    /** A part of a page, without a title. */
    public Page() {
        title = "";
    }

    /** @param title of the page */
    public Page(String title) {
        this.title = title;
        body.append("<h1>").append(Html.escape(title)).append("</h1>\n");
    }

    /**
     * @param text of a heading
     * @return this
     */
    public Page heading(String text) {
        body.append("<h2 id=\"")
                .append(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
                .append("\">")
                .append(Html.escape(text))
                .append("</h2>\n");
        return this;
    }

    /**
     * @param text of a paragraph
     * @return this
     */
    public Page paragraph(String text) {
        body.append("<p>").append(Html.escape(text)).append("</p>\n");
        return this;
    }

    /**
     * @param text how what the page is about stands, in words
     * @param weight whether that is good
     * @return this
     */
    public Page state(String text, Weight weight) {
        body.append("<p role=\"status\" class=\"state ")
                .append(weight.name().toLowerCase(Locale.ROOT))
                .append("\">")
                .append(Html.escape(text))
                .append("</p>\n");
        return this;
    }

    /** What a state means to a reader. */
    public enum Weight {
        /** Nothing to remark. */
        OK,
        /** Something to know. */
        WARN,
        /** Something that makes what follows worthless. */
        BAD
    }

    /**
     * @param summary that is always seen
     * @param text that is seen when asked for, as it is
     * @return this
     */
    public Page details(String summary, String text) {
        body.append("<details><summary>")
                .append(Html.escape(summary))
                .append("</summary><pre>")
                .append(Html.escape(text))
                .append("</pre></details>\n");
        return this;
    }

    /**
     * @param facts names and values, in their order
     * @return this
     */
    public Page facts(Map<String, String> facts) {
        body.append("<dl>");
        facts.forEach((name, value) -> body.append("<dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd>"));
        body.append("</dl>\n");
        return this;
    }

    /**
     * @param text of a link
     * @param address on the same server
     * @return this
     */
    public Page link(String text, String address) {
        body.append("<p><a href=\"")
                .append(Html.escape(address))
                .append("\">")
                .append(Html.escape(text))
                .append("</a></p>\n");
        return this;
    }

    /**
     * @param caption what the table lists
     * @param header of each column
     * @param rows as long as the header
     * @return this
     */
    public Page table(String caption, List<String> header, List<List<String>> rows) {
        return table(caption, header, rows, List.of());
    }

    /**
     * @param caption what the table lists
     * @param header of each column
     * @param rows as long as the header
     * @param addresses where the first cell of each row leads, on the same server; none: it leads nowhere
     * @return this
     */
    public Page table(String caption, List<String> header, List<List<String>> rows, List<String> addresses) {
        body.append("<div class=\"wide\"><table><caption>")
                .append(Html.escape(caption))
                .append("</caption><thead><tr>");
        header.forEach(cell ->
                body.append("<th scope=\"col\">").append(Html.escape(cell)).append("</th>"));
        body.append("</tr></thead><tbody>");
        for (int r = 0; r < rows.size(); r++) {
            body.append("<tr>");
            for (int c = 0; c < rows.get(r).size(); c++) {
                String cell = Html.escape(rows.get(r).get(c));
                body.append("<td>")
                        .append(
                                c == 0 && r < addresses.size()
                                        ? "<a href=\"" + Html.escape(addresses.get(r)) + "\">" + cell + "</a>"
                                        : cell)
                        .append("</td>");
            }
            body.append("</tr>");
        }
        body.append("</tbody></table></div>\n");
        return this;
    }

    /**
     * A table of numbers with ground as dark as their shares.
     *
     * @param caption what the table lists
     * @param header of each column
     * @param rows as long as the header; the first cell names the row
     * @param shares 0 to 1 of each further cell
     * @return this
     */
    public Page matrix(String caption, List<String> header, List<List<String>> rows, double[][] shares) {
        body.append("<div class=\"wide\"><table class=\"matrix\"><caption>")
                .append(Html.escape(caption))
                .append("</caption><thead><tr>");
        header.forEach(cell ->
                body.append("<th scope=\"col\">").append(Html.escape(cell)).append("</th>"));
        body.append("</tr></thead><tbody>");
        for (int r = 0; r < rows.size(); r++) {
            body.append("<tr><th scope=\"row\">")
                    .append(Html.escape(rows.get(r).get(0)))
                    .append("</th>");
            for (int c = 1; c < rows.get(r).size(); c++) {
                body.append(String.format(Locale.ROOT, "<td style=\"--s:%.0f%%\">", 65 * shares[r][c - 1]))
                        .append(Html.escape(rows.get(r).get(c)))
                        .append("</td>");
            }
            body.append("</tr>");
        }
        body.append("</tbody></table></div>\n");
        return this;
    }

    /**
     * @param pictures beside each other as far as there is room
     * @return this
     */
    public Page pictures(List<? extends Picture> pictures) {
        body.append("<div class=\"pictures\">\n");
        for (Picture picture : pictures) {
            body.append("<figure>")
                    .append(picture.svg())
                    .append("<figcaption>")
                    .append(Html.escape(picture.alternative()))
                    .append("</figcaption></figure>\n");
        }
        body.append("</div>\n");
        return this;
    }

    /**
     * A part of the page that a script replaces when it changes.
     *
     * @param address where its content is to be had, on the same server
     * @param markup its content now, made by a page
     * @return this
     */
    public Page live(String address, String markup) {
        body.append("<section aria-live=\"polite\" data-from=\"")
                .append(Html.escape(address))
                .append("\">")
                .append(markup)
                .append("</section>\n");
        return this;
    }

    /** What is on the page so far without the page around it. */
    public String markup() {
        return body.toString();
    }

    /**
     * The page with a script.
     *
     * @param script its address on the same server
     * @return one text
     */
    public String htmlWith(String script) {
        return html("<script defer src=\"" + Html.escape(script) + "\"></script>");
    }

    /** The page as one text. */
    public String html() {
        return html("");
    }

    private String html(String script) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>"
                + Html.escape(title)
                + "</title><style>\n"
                + Theme.page()
                + "</style>" + script + "</head><body><main>\n"
                + body
                + "</main></body></html>\n";
    }
}
