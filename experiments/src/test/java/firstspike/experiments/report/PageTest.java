package firstspike.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class PageTest {

    private static Plot plot(String title) {
        double[] x = {0, 1, Double.NaN, 3};
        double[] y = {0, 2, 1, Double.POSITIVE_INFINITY};
        return new Plot(
                title,
                "words <for> whoever cannot see it",
                Axis.around("x [us]", x),
                Axis.around("y", y),
                List.of(
                        new Mark.Line("line", 0, true, x, y),
                        new Mark.Dots("dots", 1, 2, x, y),
                        new Mark.Bars("bars", 2, new double[] {0, 1, 2}, new double[] {1, 2}),
                        new Mark.Rule("rule", 3, true, 1)));
    }

    private static Document parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("a picture is well-formed, says in words what it shows, and is a file of its own with its colours")
    void picture() throws Exception {
        Plot plot = plot("a & b <c>");
        Document svg = parse(plot.svg());
        assertThat(svg.getDocumentElement().getAttribute("aria-label")).isEqualTo("words <for> whoever cannot see it");
        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(plot.svg()).doesNotContain("NaN", "Infinity");
        assertThat(parse(plot.file()).getElementsByTagName("style").getLength()).isOne();
        ChipMap map = new ChipMap("map", "a map", new double[512], new boolean[512]);
        assertThat(parse(map.svg()).getElementsByTagName("text").getLength()).isGreaterThan(5);
    }

    @Test
    @DisplayName("a page needs no network and no script, follows light and dark, fits a phone, and escapes its texts")
    void page() {
        String html = new Page("<script>alert(1)</script>")
                .heading("one & two")
                .paragraph("\"quoted\"")
                .facts(Map.of("name", "<b>"))
                .table("rows", List.of("a", "b"), List.of(List.of("<i>", "2")))
                .pictures(List.of(plot("p")))
                .html();
        assertThat(html)
                .contains(
                        "prefers-color-scheme:dark",
                        "width=device-width",
                        "&lt;script&gt;",
                        "one &amp; two",
                        "&lt;i&gt;")
                .contains("<figcaption>words &lt;for&gt; whoever cannot see it</figcaption>")
                .doesNotContain("<script", "src=", "@import", "url(");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://");
    }

    @Test
    @DisplayName("ticks are round and within the axis; an axis of nothing, of one value or of no order")
    void axes() {
        assertThat(new Axis("a", 0, 10).ticks(5)).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
        assertThat(Axis.text(0.30000000000000004, 0.1)).isEqualTo("0.3");
        assertThat(Axis.text(-0.0, 0.5)).isEqualTo("0.0");
        assertThat(Axis.around("none", new double[] {Double.NaN}).most()).isEqualTo(1);
        Axis one = Axis.around("one", new double[] {5});
        assertThat(one.least()).isLessThan(5);
        assertThatThrownBy(() -> new Axis("b", 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
