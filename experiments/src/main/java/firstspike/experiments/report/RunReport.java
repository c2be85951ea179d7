package firstspike.experiments.report;

import firstspike.experiments.figure.Confusion;
import firstspike.experiments.figure.RunPictures;
import firstspike.experiments.plot.Picture;
import firstspike.experiments.results.StoredRun;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.recording.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run came to, as one page (journeys.md U3). Its numbers are those of the run's files as they are written there; the
 * same folder gives the same page.
 */
public final class RunReport {

    private static final List<String> PROVENANCE = List.of(
            "run_id",
            "name",
            "created",
            "finished",
            "parent_run",
            "resumed_from_epoch",
            "target",
            "fidelity",
            "chip_id",
            "calibration_id",
            "calibration_age_s",
            "config_sha256",
            "data_sha256",
            "product_version",
            "commit");
    private static final List<String> MACHINE =
            List.of("java_version", "java_vendor", "os", "architecture", "cores", "threads", "memory_bytes");
    private static final Map<String, String> ATTACHED = attached();

    private final StoredRun run;
    private final RunPictures pictures;

    /** @param run that is shown */
    public RunReport(StoredRun run) {
        this.run = run;
        pictures = new RunPictures(run.measured());
    }

    private static Map<String, String> attached() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("experiment.yaml", "The experiment, every default filled in");
        files.put("overrides.json", "What the command line and the environment changed");
        files.put("target.json", "What the target says of itself");
        files.put("calibration.json", "The calibration");
        files.put("environment.json", "The machine");
        return files;
    }

    /** The page. */
    public String html() {
        Page page = new Page("Run " + run.folderName());
        page.state(run.stateLine(), stateWeight());
        page.state(healthLine(), healthWeight());
        result(page);
        page.heading("Learning").pictures(pictures.learning());
        plane(page);
        confusion(page);
        section(page, "Spike times of the label neurons", pictures.outputs(), "no test samples were judged yet");
        section(page, "One sample", pictures.raster(), "no sample was kept yet");
        section(page, "Weights", pictures.weights(), "there is no checkpoint yet");
        chip(page);
        health(page);
        provenance(page);
        return page.html();
    }

    private Page.Weight stateWeight() {
        return switch (run.status().state()) {
            case DONE, RUNNING, CREATED -> Page.Weight.OK;
            case INTERRUPTED -> Page.Weight.WARN;
            case FAILED -> Page.Weight.BAD;
        };
    }

    private String verdict() {
        return String.valueOf(run.health().getOrDefault("verdict", "not known yet"));
    }

    private String healthLine() {
        List<String> reasons = new ArrayList<>();
        StoredRun.map(run.health().get("reasons"))
                .forEach((key, value) -> reasons.add(key + "=" + StoredRun.text(value)));
        return "health: " + verdict() + (reasons.isEmpty() ? "" : " (" + String.join(", ", reasons) + ")");
    }

    private Page.Weight healthWeight() {
        return switch (verdict()) {
            case "ok" -> Page.Weight.OK;
            case "falsified" -> Page.Weight.BAD;
            default -> Page.Weight.WARN;
        };
    }

    private void result(Page page) {
        page.heading("Result");
        List<List<String>> rows = new ArrayList<>();
        run.result().forEach((name, value) -> rows.add(List.of(name, StoredRun.text(value))));
        if (rows.isEmpty()) {
            page.paragraph("There is no result before the end of a run; the curves below show how far it came.");
        } else {
            page.table("As run.json has it", List.of("metric", "value"), rows);
        }
        Map<String, String> facts = new LinkedHashMap<>();
        RunRecord record = run.record();
        facts.put("target", record.text("target") + ", fidelity " + record.text("fidelity"));
        facts.put("chip", record.text("chip_id"));
        facts.put(
                "calibration",
                record.get("calibration_id") == null
                        ? "none"
                        : record.text("calibration_id") + ", " + StoredRun.text(record.get("calibration_age_s"))
                                + " s old");
        List<String> seeds = new ArrayList<>();
        StoredRun.map(record.get("seeds")).forEach((name, seed) -> seeds.add(name + " " + StoredRun.text(seed)));
        facts.put("seeds", String.join(", ", seeds));
        facts.put(
                "time",
                StoredRun.text(record.get("wall_s")) + " s wall, " + StoredRun.text(record.get("chip_s")) + " s chip");
        page.facts(facts);
    }

    private void plane(Page page) {
        if (run.measured().plane().isPresent()) {
            page.heading("Decision plane").pictures(pictures.plane());
        }
    }

    private void confusion(Page page) {
        page.heading("Confusion matrix");
        if (run.measured().confusion().isEmpty()) {
            page.paragraph(absent("no test samples were judged yet"));
            return;
        }
        Confusion counts = run.measured().confusion().get();
        List<String> header = new ArrayList<>(List.of("class \\ answer"));
        for (int i = 0; i < counts.classes(); i++) {
            header.add(String.valueOf(i));
        }
        header.add("none");
        List<List<String>> rows = new ArrayList<>();
        double[][] shares = new double[counts.classes()][counts.classes() + 1];
        for (int label = 0; label < counts.classes(); label++) {
            List<String> row = new ArrayList<>(List.of(String.valueOf(label)));
            for (int answer = 0; answer <= counts.classes(); answer++) {
                row.add(String.valueOf(counts.count(label, answer)));
                shares[label][answer] =
                        counts.samples(label) == 0 ? 0 : (double) counts.count(label, answer) / counts.samples(label);
            }
            rows.add(row);
        }
        page.matrix(
                counts.samples() == 0
                        ? "no data: there were no test samples"
                        : counts.samples() + " test samples: true class a row, answer a column; the darker, the more",
                header,
                rows,
                shares);
    }

    private void section(Page page, String heading, List<? extends Picture> shown, String why) {
        page.heading(heading);
        if (shown.isEmpty()) {
            page.paragraph(absent(why));
        } else {
            page.pictures(shown);
        }
    }

    private String absent(String why) {
        return run.status().state() == RunState.DONE
                ? "Not drawn: the experiment asks for no such figure (report.figures)."
                : "Not yet: " + why + ".";
    }

    private void chip(Page page) {
        page.heading("Where the network lies on the chip");
        if (run.measured().chip().isEmpty()) {
            page.paragraph(
                    run.record().text("fidelity").equals("ideal")
                            ? "Exact arithmetic has no chip."
                            : absent("it is drawn at the end"));
            return;
        }
        page.table(
                        "What each layer takes",
                        List.of("layer", "neurons", "circuits", "row pairs", "of them for events of the host"),
                        pictures.placement())
                .pictures(pictures.chip());
    }

    private void health(Page page) {
        page.heading("Health").pictures(pictures.health());
        List<List<String>> rows = new ArrayList<>();
        StoredRun.map(run.health().get("counters"))
                .forEach((key, value) -> rows.add(List.of(
                        key,
                        StoredRun.text(value),
                        StoredRun.text(
                                StoredRun.map(run.health().get("remarks")).getOrDefault(key, "")))));
        if (rows.isEmpty()) {
            page.paragraph("No counters were written yet.");
        } else {
            page.table("All counters", List.of("counter", "value", "why it is no fault"), rows);
        }
    }

    private void provenance(Page page) {
        Map<String, String> facts = new LinkedHashMap<>();
        PROVENANCE.forEach(key -> facts.put(key, StoredRun.text(run.record().get(key))));
        Map<String, Object> machine = StoredRun.map(run.record().get("environment"));
        MACHINE.forEach(key -> facts.put(key, StoredRun.text(machine.get(key))));
        if (run.record().get("command") instanceof List<?> words) {
            facts.put(
                    "command",
                    "firstspike "
                            + String.join(
                                    " ", words.stream().map(String::valueOf).toList()));
        }
        page.heading("Where this comes from").facts(facts);
        ATTACHED.forEach(
                (name, summary) -> run.file(name).ifPresent(text -> page.details(summary + " (" + name + ")", text)));
    }
}
