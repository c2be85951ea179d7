package firstspike.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs vector tests in a fresh clone, for this build is still running in its own folder: from the test resources, and from a
 * folder of the same files.
 */
final class VectorRun {

    private static final Pattern TOTAL =
            Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0, Skipped: (\\d+)\\s*$");

    private final Path folder;

    /** @param folder for the clone and the collected files */
    VectorRun(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs them both ways and adds a row each.
     *
     * @param line of "Shows"
     * @param tests pattern of surefire
     * @param least cases that there must be
     */
    void bothWays(String line, String tests, long least) throws Exception {
        String given = System.getProperty("firstspike.vectors", "");
        Path vectors = given.isBlank() ? collected() : Path.of(given);
        run(line, tests, least, "from test resources", List.of());
        run(line, tests, least, "from a folder", List.of("-Dfirstspike.vectors=" + vectors));
    }

    private Path collected() throws Exception {
        try (var files = Files.walk(Program.root())) {
            for (Path file : files.filter(f -> f.toString().contains("src/test/resources/vectors/"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }

    private void run(String name, String tests, long least, String where, List<String> more) {
        List<String> line = new ArrayList<>(List.of(
                "mvn",
                "-B",
                "-ntp",
                "test",
                "-Dtest=" + tests,
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-f",
                freshClone().resolve("pom.xml").toString()));
        String pretrained = System.getProperty("firstspike.pretrained", "");
        if (!pretrained.isBlank()) {
            line.add("-Dfirstspike.pretrained=" + pretrained);
        }
        line.addAll(more);
        Program.Outcome outcome =
                Program.execute("mvn test -Dtest='" + tests + "' (" + where + ")", folder, Map.of(), line);
        long cases = 0;
        long skipped = 0;
        for (String text : outcome.out().split("\n")) {
            Matcher total = TOTAL.matcher(text);
            if (text.startsWith("[") && !text.contains("Time elapsed") && total.find()) {
                cases += Long.parseLong(total.group(1));
                skipped += Long.parseLong(total.group(2));
            }
        }
        Table.row(
                name,
                outcome.command(),
                "all pass; cases of later kinds are skipped visibly",
                "exit " + outcome.exit() + ", " + cases + " cases, " + skipped + " skipped",
                outcome.seconds(),
                outcome.exit() == 0 && cases > least);
    }

    private Path freshClone() {
        Path clone = folder.resolve("clone");
        if (!Files.exists(clone)) {
            Program.execute(
                            "git clone",
                            folder,
                            Map.of(),
                            List.of("git", "clone", "-q", Program.root().toString(), clone.toString()))
                    .succeeded();
        }
        return clone;
    }
}
