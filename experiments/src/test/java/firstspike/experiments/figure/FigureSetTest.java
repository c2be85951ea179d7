package firstspike.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.run.CalibrationChoice;
import firstspike.experiments.run.Mappings;
import firstspike.runtime.mapping.ChipMapping;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureSetTest {

    private static final List<String> ALL = List.of("loss_accuracy", "decision_map", "output_times", "raster", "chip");
    private static final String FOOTER = "run 1234   target emu:nominal?seed=1   fidelity nominal";

    @TempDir
    Path folder;

    @Test
    void everyFigureIsAPictureADrawingAndItsNumbers() throws IOException {
        draw(folder);

        for (String name : ALL) {
            BufferedImage image = ImageIO.read(folder.resolve(name + ".png").toFile());
            assertThat(image.getWidth()).as(name).isGreaterThan(1000);
            assertThat(colours(image)).as(name).isGreaterThan(name.equals("chip") ? 10 : 20);
            String svg = Files.readString(folder.resolve(name + ".svg"));
            assertThat(svg).contains("<svg ", "target emu:nominal?seed=1").contains("<text");
            assertThat(Files.readAllLines(folder.resolve(name + ".csv")))
                    .hasSizeGreaterThan(3)
                    .first()
                    .isEqualTo("# " + FOOTER);
        }
    }

    @Test
    void theSameDataGiveTheSameFiles() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        draw(folder);
        draw(other);

        for (String name : ALL) {
            for (String end : List.of(".png", ".svg", ".csv")) {
                assertThat(Files.readAllBytes(folder.resolve(name + end)))
                        .as(name + end)
                        .isEqualTo(Files.readAllBytes(other.resolve(name + end)));
            }
        }
    }

    @Test
    void numbersBesideTheFigureAreThoseThatWereDrawn() throws IOException {
        draw(folder);

        assertThat(Files.readAllLines(folder.resolve("loss_accuracy.csv")))
                .contains("epoch,split,loss,accuracy", "1,train,0.5,0.75", "0,validation,,0.25");
        assertThat(Files.readAllLines(folder.resolve("raster.csv"))).contains("input,0,0.15", "label,1,inf");
        assertThat(Files.readAllLines(folder.resolve("decision_map.csv")))
                .contains("kind,x,y,label,predicted,t0,t1,t2", "test,0.25,0.5,2,1,,,", "cell,0.75,0.25,,0,1.5,inf,2.5");
        // two circuits a neuron, 25 signed inputs on the first, hidden neurons as inputs of both label circuits
        assertThat(Files.readAllLines(folder.resolve("chip.csv")))
                .contains("0,,,hidden,active", "1,,,hidden,passive", "245,,,label,passive")
                .anyMatch(line -> line.startsWith("0,0,") && line.endsWith("hidden,host"))
                .anyMatch(line -> line.startsWith("240,") && line.endsWith("label,neurons"))
                .noneMatch(line -> line.startsWith("246,"));
        // three samples, two neurons a sample silent
        assertThat(Files.readAllLines(folder.resolve("output_times.csv"))).contains("1,own,inf,inf,1");
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
                                new OutputTimes(3, new double[0], new int[0]),
                                new Raster(List.of(), List.of(), -1, -1),
                                Optional.empty()));

        for (String name : List.of("loss_accuracy", "output_times", "raster")) {
            assertThat(Files.readString(folder.resolve(name + ".svg"))).as(name).contains("no data");
        }
    }

    private static void draw(Path folder) throws IOException {
        List<JsonNode> metrics = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        metrics.add(mapper.readTree("{\"epoch\":0,\"split\":{\"validation\":{\"loss\":null,\"accuracy\":0.25}}}"));
        metrics.add(mapper.readTree("{\"epoch\":1,\"split\":{\"train\":{\"loss\":0.5,\"accuracy\":0.75},"
                + "\"validation\":{\"loss\":0.25,\"accuracy\":1.0}}}"));
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
                List.of("input", "hidden", "label"),
                List.of(new double[] {0.15, 2}, new double[120], new double[] {1.25, silent, 3}),
                0,
                0);
        new FigureSet(folder, FOOTER)
                .write(
                        ALL,
                        new Measured(
                                metrics,
                                Optional.of(plane),
                                outputs,
                                raster,
                                Mappings.of(experiment, LinkOptions.defaults(), CalibrationChoice.strict())
                                        .map(ChipMapping::plan)));
    }

    private static long colours(BufferedImage image) {
        return java.util.Arrays.stream(
                        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .distinct()
                .count();
    }
}
