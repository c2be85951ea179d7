package firstspike.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Plot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageTest {

    private static Plot plot(String title) {
        double[] x = {0, 1};
        return new Plot(
                title,
                "words <for> readers who cannot see it",
                Axis.around("x [us]", x),
                Axis.around("y", x),
                List.of(new Mark.Line("line", 0, true, x, x)));
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
                .contains("<figcaption>words &lt;for&gt; readers who cannot see it</figcaption>")
                .doesNotContain("<script", "src=", "@import", "url(");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://");
    }
}
