package firstspike.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.plot.PictureFiles;
import firstspike.experiments.run.CalibrationChoice;
import firstspike.experiments.run.Mappings;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.mapping.ChipMapping;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureSetTest {

    private static final List<String> ALL = FigureSet.NAMES;
    private static final String FOOTER = "run 1234   target emu:nominal?seed=1   fidelity nominal";

    @TempDir
    static Path drawn;

    @TempDir
    Path folder;

    /** Once for all tests: drawing is what takes time. */
    @BeforeAll
    static void drawOnce() throws IOException {
        draw(drawn);
    }

    @Test
    void everyFigureIsADrawingAndItsNumbers() throws IOException {
        for (String name : ALL) {
            String svg = Files.readString(drawn.resolve(name + ".svg"));
            assertThat(svg).contains("<svg ", "target emu:nominal?seed=1").contains("<text");
            assertThat(Files.readAllLines(drawn.resolve(name + ".csv")))
                    .hasSizeGreaterThan(3)
                    .first()
                    .isEqualTo("# " + FOOTER);
        }
    }

    @Test
    void everyPictureHasColours() throws IOException {
        PictureFiles.assumePng();

        for (String name : ALL) {
            BufferedImage image = ImageIO.read(drawn.resolve(name + ".png").toFile());
            assertThat(image.getWidth()).as(name).isGreaterThan(800);
            assertThat(colours(image))
                    .as(name)
                    .isGreaterThan(name.equals("chip") ? 10 : name.equals("health") ? 15 : 20);
        }
    }

    @Test
    void theSameDataGiveTheSameFiles() throws IOException {
        draw(folder);

        for (String name : ALL) {
            for (String end : PictureFiles.endings()) {
                assertThat(Files.readAllBytes(folder.resolve(name + end)))
                        .as(name + end)
                        .isEqualTo(Files.readAllBytes(drawn.resolve(name + end)));
            }
        }
    }

    @Test
    void numbersBesideTheFigureAreThoseThatWereDrawn() throws IOException {
        assertThat(Files.readAllLines(drawn.resolve("loss_accuracy.csv")))
                .contains("epoch,split,loss,accuracy", "1,train,0.5,0.75", "0,validation,,0.25");
        assertThat(Files.readAllLines(drawn.resolve("raster.csv"))).contains("input,0,0.15", "label,1,inf");
        assertThat(Files.readAllLines(drawn.resolve("decision_map.csv")))
                .contains("kind,x,y,label,predicted,t0,t1,t2", "test,0.25,0.5,2,1,,,", "cell,0.75,0.25,,0,1.5,inf,2.5");
        // two circuits a neuron, 25 signed inputs on the first, hidden neurons as inputs of both label circuits
        assertThat(Files.readAllLines(drawn.resolve("chip.csv")))
                .contains("0,,,hidden,active", "1,,,hidden,passive", "245,,,label,passive")
                .anyMatch(line -> line.startsWith("0,0,") && line.endsWith("hidden,host"))
                .anyMatch(line -> line.startsWith("240,") && line.endsWith("label,neurons"))
                .noneMatch(line -> line.startsWith("246,"));
        assertThat(Files.readAllLines(drawn.resolve("confusion_test.csv"))).contains("0,none,1", "2,1,1", "1,0,0");
        assertThat(Files.readAllLines(drawn.resolve("weights.csv")))
                .contains("hidden,-63.5,-62.5,1", "hidden,-62.5,-61.5,0", "hidden,62.5,63.5,1");
        assertThat(Files.readAllLines(drawn.resolve("health.csv")))
                .contains("1,events.received,123.0", "0,spikes.missing.hidden,", "1,spikes.missing.hidden,0.25")
                .noneMatch(line -> line.contains("events.extra"));
        // three samples, two neurons a sample silent
        assertThat(Files.readAllLines(drawn.resolve("output_times.csv"))).contains("1,own,inf,inf,1");
    }

    @Test
    @DisplayName("the numbers beside the figures are read back as they were drawn")
    void readBack() throws IOException {
        Path run = runWithFigures();

        Measured read = new StoredFigures(run).read();

        Path again = folder.resolve("again.svg");
        for (String name : List.of("decision_map", "confusion_test", "output_times", "raster", "chip")) {
            assertThat(FigureSet.write(name, read, FOOTER, Optional.empty(), again))
                    .isTrue();
            assertThat(Files.readString(again)).as(name).isEqualTo(Files.readString(drawn.resolve(name + ".svg")));
        }
        assertThat(read.raster().orElseThrow().csv())
                .isEqualTo(measured().raster().orElseThrow().csv());
        assertThat(read.weights()).isEmpty();
    }

    private Path runWithFigures() throws IOException {
        Path figures = Files.createDirectories(folder.resolve("run/figures"));
        for (String name : ALL) {
            Files.copy(drawn.resolve(name + ".csv"), figures.resolve(name + ".csv"));
        }
        return folder.resolve("run");
    }

    @Test
    @DisplayName("J49 numbers beside a figure that were tampered with are refused, naming the file")
    void hostileNumbers() throws IOException {
        Path run = runWithFigures();
        Path figures = run.resolve("figures");
        Map<String, String> changes = Map.of(
                "confusion_test", "99999999,0,1",
                "raster", "label,7,0.5",
                "chip", "600,,,hidden,active",
                "output_times", "0,neither,0,1,1",
                "decision_map", "cell,7.5,0.5,,0,1,1,1");
        for (String name : changes.keySet()) {
            Path file = figures.resolve(name + ".csv");
            String text = Files.readString(file);
            Files.writeString(file, text + changes.get(name) + "\n");
            assertThatThrownBy(() -> new StoredFigures(run).read())
                    .as(name)
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining(name);
            Files.writeString(file, text);
        }
        Files.writeString(figures.resolve("raster.csv"), "x".repeat(70_000));
        assertThatThrownBy(() -> new StoredFigures(run).raster())
                .isInstanceOfSatisfying(
                        FormatException.class, e -> assertThat(e.code()).isEqualTo(FormatException.Code.CSV_LIMIT));
    }

    @Test
    void noDataSaysSo() throws IOException {
        new FigureSet(folder, FOOTER)
                .write(
                        ALL,
                        new Measured(
                                List.of(),
                                Optional.of(new Plane(
                                        2,
                                        new int[] {Plane.OUTSIDE, Plane.OUTSIDE, Plane.OUTSIDE, Plane.OUTSIDE},
                                        new double[3][4],
                                        new double[0],
                                        new double[0],
                                        new int[0],
                                        new int[0])),
                                Optional.of(TimeCounts.of(new OutputTimes(3, new double[0], new int[0]))),
                                Optional.of(new Raster("one sample", List.of(), List.of(), -1, -1)),
                                Optional.of(Confusion.of(3, new int[0], new int[0])),
                                List.of(),
                                Optional.empty()));

        for (String name : List.of("loss_accuracy", "output_times", "raster", "confusion_test", "weights", "health")) {
            assertThat(Files.readString(folder.resolve(name + ".svg"))).as(name).contains("no data");
        }
    }

    private static void draw(Path folder) throws IOException {
        new FigureSet(folder, FOOTER).write(ALL, measured());
    }

    private static Measured measured() throws IOException {
        List<JsonNode> metrics = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        metrics.add(mapper.readTree("{\"epoch\":0,\"split\":{\"validation\":{\"loss\":null,\"accuracy\":0.25}}}"));
        metrics.add(mapper.readTree("{\"epoch\":1,\"split\":{\"train\":{\"loss\":0.5,\"accuracy\":0.75},"
                + "\"validation\":{\"loss\":0.25,\"accuracy\":1.0}},"
                + "\"health\":{\"events.received\":123,\"spikes.missing.hidden\":0.25,\"events.extra\":0}}"));
        double silent = Double.POSITIVE_INFINITY;
        Plane plane = new Plane(
                2,
                new int[] {1, 0, Plane.OUTSIDE, -1},
                new double[][] {
                    {1, 1.5, Double.NaN, silent}, {silent, silent, Double.NaN, silent}, {2, 2.5, Double.NaN, silent}
                },
                new double[] {0.25, 0.5, 0.75},
                new double[] {0.5, 0.5, 0.5},
                new int[] {2, 1, 0},
                new int[] {1, 1, 0});
        OutputTimes outputs =
                new OutputTimes(3, new double[] {1, 2, 3, 1.5, silent, 2, 1, silent, 3}, new int[] {2, 1, 0});
        Experiment experiment =
                ExperimentFile.find("yin-yang-chip").resolve(Overrides.none()).orThrow();
        Raster raster = new Raster(
                "test sample 0",
                List.of("input", "hidden", "label"),
                List.of(new double[] {0.15, 2}, new double[120], new double[] {1.25, silent, 3}),
                0,
                0);
        return new Measured(
                metrics,
                Optional.of(plane),
                Optional.of(TimeCounts.of(outputs)),
                Optional.of(raster),
                Optional.of(Confusion.of(3, new int[] {2, 1, 0, 0}, new int[] {1, 1, 0, -1})),
                List.of(
                        new WeightMatrix("hidden", 2, 2, new double[] {-63, 0, 3, 63}, true, List.of(63.0)),
                        new WeightMatrix("label", 1, 3, new double[] {-0.5, 0.25, 1.75}, false, List.of())),
                Mappings.of(experiment, LinkOptions.defaults(), CalibrationChoice.strict())
                        .map(ChipMapping::plan));
    }

    private static long colours(BufferedImage image) {
        return java.util.Arrays.stream(
                        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .distinct()
                .count();
    }
}
