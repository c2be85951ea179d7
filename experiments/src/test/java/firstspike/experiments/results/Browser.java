package firstspike.experiments.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A headless Chromium, driven by its command line. It is looked for under the name in the system property
 * {@code firstspike.chromium}, then under its usual names.
 */
public final class Browser {

    /** Why a test that needs one is skipped. */
    public static final String NONE =
            "no headless Chromium was found on the path (name one by -Dfirstspike.chromium=FILE)";

    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final Path program;

    private Browser(Path program) {
        this.program = program;
    }

    /** What a page became. */
    public record Seen(String dom, List<String> console) {}

    /** The browser of this machine, if there is one. */
    public static Optional<Browser> find() {
        String named = System.getProperty("firstspike.chromium", "");
        Stream<Path> candidates = named.isEmpty()
                ? NAMES.stream().flatMap(name -> Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                : Stream.of(Path.of(named));
        return candidates.filter(Files::isExecutable).findFirst().map(Browser::new);
    }

    /**
     * Loads a page.
     *
     * @param address of the page
     * @param folder for what the browser keeps
     * @return its document after the scripts ran, and every message of its console
     */
    public Seen load(String address, Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("browser.log");
        Path dom = folder.resolve("dom.html");
        run(folder, dom, log, List.of("--enable-logging=stderr", "--v=0", "--dump-dom", address));
        List<String> console = Files.readAllLines(log).stream()
                .filter(line -> line.contains("CONSOLE"))
                .toList();
        return new Seen(Files.readString(dom), console);
    }

    /**
     * Takes a picture of a page.
     *
     * @param address of the page
     * @param folder for what the browser keeps
     * @param file a .png
     * @param width of the window
     * @param height of the window
     */
    public void picture(String address, Path folder, Path file, int width, int height)
            throws IOException, InterruptedException {
        run(
                folder,
                folder.resolve("out.txt"),
                folder.resolve("browser.log"),
                List.of("--hide-scrollbars", "--window-size=" + width + "," + height, "--screenshot=" + file, address));
    }

    private void run(Path folder, Path out, Path err, List<String> further) throws IOException, InterruptedException {
        // pages of our own on a machine of tests: its sandbox wants rights that a container does not give
        List<String> line = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder.resolve("profile")));
        line.addAll(further);
        Process process = new ProcessBuilder(line)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException(line + " exited " + exit + ": " + Files.readString(err));
        }
    }
}
