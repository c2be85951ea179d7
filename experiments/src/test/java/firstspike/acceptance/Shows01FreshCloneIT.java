package firstspike.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fresh clone with an empty Maven repository trains with one command, and its tests pass. */
@Tag("acceptance")
class Shows01FreshCloneIT {

    private static final double GOAL_SECONDS = 300;

    @TempDir
    private Path folder;

    @Test
    void buildsTrainsAndVerifies() throws Exception {
        Path clone = folder.resolve("fresh clone");
        Program.execute(
                        "git clone",
                        folder,
                        Map.of(),
                        List.of("git", "clone", "-q", Program.root().toString(), clone.toString()))
                .succeeded();
        Map<String, String> emptyRepository =
                Map.of("MAVEN_ARGS", "-Dmaven.repo.local=" + folder.resolve("repository"));

        Program.Outcome trained = Program.execute(
                "./firstspike train yin-yang --set training.epochs=20",
                clone,
                emptyRepository,
                List.of("./firstspike", "train", "yin-yang", "--set", "training.epochs=20", "--quiet"));

        boolean figures = trained.exit() == 0 && hasFigures(clone.resolve("runs"));
        Table.row(
                1,
                trained.command(),
                "builds, trains, figures; goal " + (int) GOAL_SECONDS + " s",
                "exit " + trained.exit() + ", figures " + figures,
                trained.seconds(),
                figures);

        Program.Outcome verified =
                Program.execute("mvn -q verify", clone, emptyRepository, List.of("mvn", "-B", "-q", "verify"));
        Table.row(1, verified.command(), "passes", "exit " + verified.exit(), verified.seconds(), verified.exit() == 0);
    }

    private static boolean hasFigures(Path runs) throws Exception {
        try (var files = Files.walk(runs)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            return List.of("loss_accuracy", "decision_map", "output_times", "raster").stream()
                    .allMatch(figure -> names.containsAll(List.of(figure + ".png", figure + ".svg", figure + ".csv")));
        }
    }
}
