package firstspike.experiments.report;

import firstspike.experiments.plot.Markup;
import firstspike.experiments.plot.Palette;
import firstspike.experiments.plot.Picture;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One self-contained HTML page, put together from top to bottom. Mutable; one owner thread. */
public final class Page {

    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{margin:0 auto;max-width:62rem;padding:1rem;font:16px/1.5 system-ui,sans-serif;
            color:#222;background:#fff}
            h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.2rem;margin-top:2rem}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums}
            th,td{padding:.25rem .6rem;text-align:right;border-bottom:1px solid #d5d5d5}
            th:first-child,td:first-child{text-align:left}
            caption{text-align:left;color:#666;padding-bottom:.3rem}
            .state{padding:.5rem .8rem;border-left:.4rem solid #777}
            .state.ok{border-color:#00805c}.state.warn{border-color:#c25e00}.state.bad{border-color:#b00020}
            details{margin:.6rem 0}summary{cursor:pointer}
            pre{overflow-x:auto;font-size:.85rem;line-height:1.4}
            a{color:#0060a0}
            .matrix td{background:color-mix(in srgb,#2f86c9 var(--s),transparent)}
            .wide{overflow-x:auto}
            figure{margin:1rem 0}figcaption{color:#666;font-size:.9rem}
            figure{max-width:46rem}
            svg{display:block;width:100%;height:auto}
            .pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 1rem}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}
            dt{color:#666}dd{margin:0;overflow-wrap:anywhere}
            @media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#16191c}
            th,td{border-color:#3a3f44}figcaption,dt,caption{color:#a0a5aa}a{color:#8cc8ff}}
            @media(max-width:30rem){th,td{padding:.25rem .3rem}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
            """;

    private final String title;
    private final StringBuilder body = new StringBuilder();

    /** A part of a page, without a title. */
    public Page() {
        title = "";
    }

    /** @param title of the page */
    public Page(String title) {
        this.title = title;
        body.append("<h1>").append(Markup.escape(title)).append("</h1>\n");
    }

    /**
     * @param text of a heading
     * @return this
     */
    public Page heading(String text) {
        body.append("<h2 id=\"")
                .append(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
                .append("\">")
                .append(Markup.escape(text))
                .append("</h2>\n");
        return this;
    }

    /**
     * @param text of a paragraph
     * @return this
     */
    public Page paragraph(String text) {
        body.append("<p>").append(Markup.escape(text)).append("</p>\n");
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
                .append(Markup.escape(text))
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
                .append(Markup.escape(summary))
                .append("</summary><pre>")
                .append(Markup.escape(text))
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
                .append(Markup.escape(name))
                .append("</dt><dd>")
                .append(Markup.escape(value))
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
                .append(Markup.escape(address))
                .append("\">")
                .append(Markup.escape(text))
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
                .append(Markup.escape(caption))
                .append("</caption><thead><tr>");
        header.forEach(cell ->
                body.append("<th scope=\"col\">").append(Markup.escape(cell)).append("</th>"));
        body.append("</tr></thead><tbody>");
        for (int r = 0; r < rows.size(); r++) {
            body.append("<tr>");
            for (int c = 0; c < rows.get(r).size(); c++) {
                String cell = Markup.escape(rows.get(r).get(c));
                body.append("<td>")
                        .append(
                                c == 0 && r < addresses.size()
                                        ? "<a href=\"" + Markup.escape(addresses.get(r)) + "\">" + cell + "</a>"
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
                .append(Markup.escape(caption))
                .append("</caption><thead><tr>");
        header.forEach(cell ->
                body.append("<th scope=\"col\">").append(Markup.escape(cell)).append("</th>"));
        body.append("</tr></thead><tbody>");
        for (int r = 0; r < rows.size(); r++) {
            body.append("<tr><th scope=\"row\">")
                    .append(Markup.escape(rows.get(r).get(0)))
                    .append("</th>");
            for (int c = 1; c < rows.get(r).size(); c++) {
                body.append(String.format(Locale.ROOT, "<td style=\"--s:%.0f%%\">", 65 * shares[r][c - 1]))
                        .append(Markup.escape(rows.get(r).get(c)))
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
                    .append(Markup.escape(picture.alternative()))
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
                .append(Markup.escape(address))
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
        return html("<script defer src=\"" + Markup.escape(script) + "\"></script>");
    }

    /** The page as one text. */
    public String html() {
        return html("");
    }

    private String html(String script) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>"
                + Markup.escape(title)
                + "</title><style>\n"
                + STYLE
                + Palette.styleSheet()
                + "</style>" + script + "</head><body><main>\n"
                + body
                + "</main></body></html>\n";
    }
}
