package firstspike.experiments.dashboard;

import firstspike.experiments.figure.RunPictures;
import firstspike.experiments.plot.Picture;
import firstspike.experiments.report.Page;
import firstspike.experiments.report.RunReport;
import firstspike.experiments.results.RunRow;
import firstspike.experiments.results.StoredRun;
import firstspike.runtime.error.HostException;
import firstspike.runtime.recording.RunState;
import firstspike.runtime.recording.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages of the dashboard and the parts of them that change. */
final class Pages {

    static final String SCRIPT = "/dashboard.js";
    static final String EVENTS = "/events";
    static final String RUN = "/run/";
    static final String REPORT = "/report/";
    static final String PART_RUNS = "/part/runs";
    static final String PART_LIVE = "/part/live";
    static final String PART_TARGETS = "/part/targets";
    static final String PART_RUN = "/part/run/";

    private static final int MOST_LIVE = 4;
    private static final int MOST_ROWS = 200;

    private final Overview overview;

    Pages(Overview overview) {
        this.overview = overview;
    }

    /** What an address of a page or a part shows; empty where there is nothing. */
    Optional<String> at(String path) {
        return switch (path) {
            case "/" -> Optional.of(index());
            case PART_RUNS -> Optional.of(runs());
            case PART_LIVE -> Optional.of(live());
            case PART_TARGETS -> Optional.of(targets());
            default -> ofRun(path);
        };
    }

    private Optional<String> ofRun(String path) {
        if (path.startsWith(PART_RUN)) {
            return overview.find(path.substring(PART_RUN.length())).map(Pages::part);
        }
        if (path.startsWith(REPORT)) {
            return overview.find(path.substring(REPORT.length())).map(Pages::report);
        }
        return path.startsWith(RUN)
                ? overview.find(path.substring(RUN.length())).map(Pages::run)
                : Optional.empty();
    }

    private String index() {
        return new Page("Firstspike")
                .heading("Going on now")
                .live(PART_LIVE, live())
                .heading("Targets")
                .live(PART_TARGETS, targets())
                .heading("Runs")
                .live(PART_RUNS, runs())
                .htmlWith(SCRIPT);
    }

    private static String report(Path run) {
        try {
            return new RunReport(StoredRun.read(run)).html();
        } catch (HostException e) {
            return new Page("Run " + run.getFileName())
                    .state("This run cannot be shown: " + e.getMessage(), Page.Weight.BAD)
                    .html();
        }
    }

    private static String run(Path run) {
        String name = run.getFileName().toString();
        return new Page("Run " + name)
                .link("all runs", "/")
                .link("whole report", REPORT + name)
                .live(PART_RUN + name, part(run))
                .htmlWith(SCRIPT);
    }

    private String runs() {
        List<RunRow> all = overview.runs();
        if (all.isEmpty()) {
            return new Page().paragraph("There are no runs in this folder yet.").markup();
        }
        List<RunRow> shown = all.subList(0, Math.min(MOST_ROWS, all.size()));
        List<List<String>> rows = new ArrayList<>();
        for (RunRow row : shown) {
            rows.add(List.of(
                    row.folder(),
                    row.state(),
                    row.text("verdict").isEmpty() ? "-" : row.text("verdict"),
                    row.status().isEmpty() ? "-" : row.text("epoch") + "/" + row.text("epochs_total"),
                    Double.isNaN(row.metric()) ? "-" : StoredRun.text(row.metric()),
                    row.text("target")));
        }
        return new Page()
                .table(
                        shown.size() + " of " + all.size() + " runs, the newest first",
                        List.of("run", "state", "health", "epoch", RunRow.METRIC, "target"),
                        rows,
                        shown.stream().map(row -> RUN + row.folder()).toList())
                .markup();
    }

    private String live() {
        List<Path> live = overview.runs().stream()
                .filter(row -> row.status().map(RunStatus::isLive).orElse(false))
                .map(RunRow::path)
                .limit(MOST_LIVE)
                .toList();
        if (live.isEmpty()) {
            return new Page().paragraph("No run goes on at the moment.").markup();
        }
        StringBuilder all = new StringBuilder();
        live.forEach(run -> all.append(new Page()
                        .link(run.getFileName().toString(), RUN + run.getFileName())
                        .markup())
                .append(part(run)));
        return all.toString();
    }

    private static String part(Path run) {
        Page page = new Page();
        try {
            StoredRun stored = StoredRun.read(run);
            RunState state = stored.status().state();
            page.state(
                    stored.stateLine(),
                    state == RunState.FAILED
                            ? Page.Weight.BAD
                            : state == RunState.INTERRUPTED ? Page.Weight.WARN : Page.Weight.OK);
            String verdict = StoredRun.text(stored.health().get("verdict"));
            page.state(
                    "health: " + verdict,
                    verdict.equals("falsified")
                            ? Page.Weight.BAD
                            : verdict.equals("degraded") ? Page.Weight.WARN : Page.Weight.OK);
            List<List<String>> result = new ArrayList<>();
            stored.result().forEach((name, value) -> result.add(List.of(name, StoredRun.text(value))));
            if (!result.isEmpty()) {
                page.table("Result", List.of("metric", "value"), result);
            }
            RunPictures pictures = new RunPictures(stored.measured());
            List<Picture> shown = new ArrayList<>(pictures.learning());
            shown.addAll(pictures.raster());
            shown.addAll(pictures.health());
            page.pictures(shown);
        } catch (HostException e) {
            page.state("This run cannot be shown: " + e.getMessage(), Page.Weight.BAD);
        }
        return page.markup();
    }

    private String targets() {
        List<TargetState> targets = overview.targets();
        if (targets.isEmpty()) {
            return new Page()
                    .paragraph("No targets were named; say firstspike dashboard --target grpc://host:port.")
                    .markup();
        }
        Page page = new Page();
        List<List<String>> rows = new ArrayList<>();
        for (TargetState target : targets) {
            if (!target.problem().isEmpty()) {
                page.state(target.address() + ": " + target.problem(), Page.Weight.WARN);
            }
            for (Map<String, Object> chip : target.chips()) {
                rows.add(List.of(
                        StoredRun.text(chip.get("id")),
                        target.address(),
                        StoredRun.text(chip.get("fidelity")),
                        StoredRun.text(chip.get("state"))
                                + (chip.get("holder") == null ? "" : " by " + StoredRun.text(chip.get("holder"))),
                        StoredRun.text(chip.get("queue")),
                        StoredRun.text(chip.get("calibration_id")),
                        StoredRun.text(chip.get("programs_per_min")),
                        StoredRun.text(chip.get("health"))));
            }
        }
        return page.table(
                        "Chips as they were seen last",
                        List.of(
                                "chip",
                                "address",
                                "fidelity",
                                "state",
                                "queue",
                                "calibration",
                                "programs/min",
                                "health"),
                        rows)
                .markup();
    }
}
