package firstspike.experiments.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotTest {

    private static final double[] X = {0, 1, Double.NaN, 3};
    private static final double[] Y = {0, 2, 1, Double.POSITIVE_INFINITY};

    private static Plot plot(String title) {
        return new Plot(
                title,
                "words <for> readers who cannot see it",
                Axis.around("x [us]", X),
                Axis.around("y", Y),
                List.of(
                        new Mark.Line("line", 0, true, X, Y),
                        new Mark.Dots("dots", 1, 2, X, Y),
                        new Mark.Bars("bars", 2, new double[] {0, 1, 2}, new double[] {1, 2}),
                        new Mark.Band("band", 4, X, Y, Y),
                        new Mark.Words("words", 1, 1),
                        new Mark.Image(new Mark.Grid(2, 1, 0, 1, 0, 1), new int[] {1, 2}),
                        new Mark.Cells("cells", 3, 0.5, new Mark.Grid(2, 1, 0, 1, 0, 1), new boolean[] {true, false}),
                        new Mark.Rule("rule", 3, true, 1)));
    }

    private static Document parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName(
            "a picture is well-formed and says in words what it shows; on a page its colours follow the reader's setting")
    void picture() throws Exception {
        Plot plot = plot("a & b <c>");
        Document svg = parse(plot.svg());
        assertThat(svg.getDocumentElement().getAttribute("aria-label"))
                .isEqualTo("words <for> readers who cannot see it");
        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(plot.svg()).doesNotContain("NaN", "Infinity").contains("var(--c0)");
        assertThat(Palette.styleSheet()).contains("--c0:", "--c9:", "prefers-color-scheme:dark");
    }

    @Test
    @DisplayName("a file of its own has colours and a size that any viewer knows, and needs no style sheet")
    void file() throws Exception {
        String file = plot("file").file();
        assertThat(parse(file).getDocumentElement().getAttribute("width")).isEqualTo("576");
        assertThat(file).contains("#0072b2").doesNotContain("var(", "<style", "NaN", "Infinity");
    }

    @Test
    @DisplayName("no text is wider than the drawing, however long titles, labels, names and footers are")
    void longTexts() throws Exception {
        String longText = "a name of very many letters ".repeat(4);
        Plot plot = new Plot(
                longText,
                "",
                Axis.named(longText, List.of(longText, longText, longText)),
                new Axis(longText, 0, 1e7),
                List.of(new Mark.Line(longText, 0, false, X, Y), new Mark.Words(longText, 1, 1)));
        Document svg = parse(new Sheet(List.of(plot), 1, longText, Optional.empty()).svg());
        NodeList texts = svg.getElementsByTagName("text");
        assertThat(texts.getLength()).isGreaterThan(8);
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            double size = Double.parseDouble(text.getAttribute("font-size"));
            assertThat(Typeface.REGULAR.width(text.getTextContent(), size))
                    .as(text.getTextContent())
                    .isLessThan(Picture.WIDTH);
        }
    }

    @Test
    @DisplayName("widths are those of the font file: hmtx of DejaVu Sans 2.37, 2048 units")
    void widths() {
        assertThat(Typeface.REGULAR.width("A", 2048)).isEqualTo(1401);
        assertThat(Typeface.REGULAR.width("iµ", 2048)).isEqualTo(569 + 1303);
        assertThat(Typeface.BOLD.width("A", 2048)).isEqualTo(1585);
        assertThat(Typeface.REGULAR.width("\ud83d\ude00", 10)).isEqualTo(10);
        assertThat(Typeface.REGULAR.width("", 10)).isZero();
    }

    @Test
    @DisplayName("a sheet in another size keeps the shape of what is square and fits the rest")
    void sizes() throws Exception {
        Sheet sheet = new Sheet(List.of(plot("one"), plot("two")), 1, "footer", Optional.empty());
        Document svg = parse(sheet.ofSize(new FigureSize(800, 400)).svg());
        assertThat(svg.getDocumentElement().getAttribute("width")).isEqualTo("800");
        assertThat(svg.getDocumentElement().getAttribute("height")).isEqualTo("400");
        Plot square = new Plot("s", "", new Axis("x", 0, 1), new Axis("y", 0, 1), List.of(), Plot.SQUARE);
        assertThat(square.ofHeight(100)).isEqualTo(square);
    }

    @Test
    @DisplayName("a PNG has 1500 pixels to the right, and 4096 a side at most")
    void pixels() {
        Sheet tall = new Sheet(Collections.nCopies(20, plot("tall")), 1, "", Optional.empty());
        assertThat(tall.pixels().height()).isEqualTo(FigureSize.MOST);
        assertThat(Sheet.of(plot("one")).pixels().width()).isGreaterThan(1500);
    }

    @Test
    @DisplayName("numbers on large axes are short, and names thin out where there are many")
    void largeNumbers() {
        Axis large = new Axis("n", 0, 3e6);
        assertThat(large.ticks(3))
                .allSatisfy(tick -> assertThat(large.text(tick, large.ticks(3))).hasSizeLessThan(4));
        assertThat(Axis.whole("n", 0, 2).ticks(7)).containsExactly(0.0, 1.0, 2.0);
        assertThat(Axis.decades("n", new double[] {1, 1e8}).text(1e8, List.of(1e8)))
                .isEqualTo("1e8");
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
