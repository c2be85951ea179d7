package firstspike.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import firstspike.experiments.results.Browser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages of a run in a headless browser: no message on the console, all figures there, numbers equal to run.json. */
@Tag("acceptance")
class Records06PagesIT {

    private static final double REPORT_SECONDS = 3;
    private static final Pattern ROW = Pattern.compile("<tr><td>([^<]*)</td><td>([^<]*)</td></tr>");
    private static final List<String> SECTIONS = List.of(
            "learning",
            "decision-plane",
            "spike-times-of-the-label-neurons",
            "one-sample",
            "weights",
            "where-the-network-lies-on-the-chip",
            "health");

    private static Path run;
    private static Browser browser;

    @BeforeAll
    static void train() {
        Optional<Browser> found = Browser.find();
        assumeTrue(found.isPresent(), Browser.NONE);
        browser = found.get();
        JsonNode result = Program.train(
                "yin-yang", "--target", "emu:nominal?seed=1", "--name", "pages", "--set", "training.epochs=4");
        run = Path.of(result.path("run").path("path").asText());
    }

    private static Path scratch() {
        return Program.folder("pages");
    }

    private static JsonNode record() throws IOException {
        return new ObjectMapper().readTree(Files.readString(run.resolve("run.json")));
    }

    /** Rows of a page that differ from run.json, counters included. */
    private static List<String> differences(String dom) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Matcher matcher = ROW.matcher(dom);
        while (matcher.find()) {
            rows.put(matcher.group(1), matcher.group(2));
        }
        List<String> differing = new ArrayList<>();
        for (JsonNode part :
                List.of(record().path("result"), record().path("health").path("counters"))) {
            part.properties().forEach(entry -> {
                if (!entry.getValue().asText().equals(rows.get(entry.getKey()))) {
                    differing.add(entry.getKey() + " " + entry.getValue() + " is " + rows.get(entry.getKey()));
                }
            });
        }
        return differing;
    }

    private static int pictures(String section) {
        return section.split("<svg ", -1).length - 1;
    }

    @Test
    @DisplayName("J22 U3 the report in a browser: no console message, figures present, numbers equal run.json")
    void report() throws Exception {
        Program.Outcome written = Program.run(
                        "report",
                        run.toString(),
                        "--out",
                        scratch().resolve("report.html").toString(),
                        "--force")
                .succeeded();
        String address = run.resolve("report.html").toUri().toString();
        Browser.Seen seen = browser.load(address, scratch());
        browser.picture(address, scratch(), scratch().resolve("report.png"), 1000, 1600);
        List<String> empty = SECTIONS.stream()
                .filter(id -> {
                    int from = seen.dom().indexOf("<h2 id=\"" + id + "\"");
                    int to = seen.dom().indexOf("<h2 ", from + 1);
                    return from < 0 || to < 0 || pictures(seen.dom().substring(from, to)) == 0;
                })
                .toList();
        List<String> differing = differences(seen.dom());
        boolean same = Files.mismatch(run.resolve("report.html"), scratch().resolve("report.html")) < 0;
        Table.row(
                "records 6",
                "report RUN, in a headless browser",
                "no console message, figures in every section, numbers equal run.json, the same page again within "
                        + REPORT_SECONDS + " s",
                seen.console().size() + " messages, " + pictures(seen.dom()) + " pictures, without any: " + empty
                        + ", differing: " + differing + String.format(", %.2f s, %s", written.seconds(), same),
                written.seconds(),
                seen.console().isEmpty()
                        && empty.isEmpty()
                        && differing.isEmpty()
                        && same
                        && written.seconds() <= REPORT_SECONDS);
    }

    @Test
    @DisplayName(
            "U24 the dashboard in a browser: no console message, a live run with its curves, a finished one's result")
    void dashboard() throws Exception {
        Process dashboard = Program.start(
                scratch().resolve("dashboard.err"),
                "dashboard",
                "--port",
                "0",
                "--target",
                "emu:nominal?seed=1",
                "--json");
        Process training = Program.start(
                scratch().resolve("live.err"),
                "train",
                "yin-yang",
                "--target",
                "emu:nominal?seed=1",
                "--name",
                "live",
                "--json",
                "--set",
                "training.epochs=100000");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(dashboard.getInputStream(), StandardCharsets.UTF_8))) {
            String url = new ObjectMapper().readTree(out.readLine()).path("url").asText();
            long begin = System.nanoTime();
            int tries = 0;
            Browser.Seen seen = browser.load(url, scratch());
            while (!seen.dom().contains("after epoch") && tries++ < 100) {
                seen = browser.load(url, scratch());
            }
            browser.picture(url, scratch(), scratch().resolve("dashboard.png"), 1000, 1600);
            String accuracy = record().path("result").path("test/accuracy").asText();
            boolean finished = seen.dom().contains(run.getFileName().toString())
                    && seen.dom().contains(accuracy);
            boolean live = seen.dom().contains("running, epoch") && seen.dom().contains("after epoch");
            boolean target = seen.dom().contains("emu-nominal-1");
            Browser.Seen page = browser.load(url + "run/" + run.getFileName(), scratch());
            Table.row(
                    "records 6",
                    "dashboard, in a headless browser, beside a training",
                    "no console message, the live run with curves and raster, the finished one with its result, the target",
                    seen.console().size() + page.console().size() + " messages, " + pictures(seen.dom())
                            + " pictures, live " + live + ", finished " + finished + ", target " + target + ", curves "
                            + pictures(page.dom()),
                    (System.nanoTime() - begin) / 1e9,
                    seen.console().isEmpty()
                            && page.console().isEmpty()
                            && live
                            && finished
                            && target
                            && pictures(seen.dom()) >= 4
                            && pictures(page.dom()) >= 4);
        } finally {
            training.destroy();
            dashboard.destroy();
            training.waitFor();
            dashboard.waitFor();
        }
    }
}
