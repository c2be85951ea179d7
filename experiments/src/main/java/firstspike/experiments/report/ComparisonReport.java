package firstspike.experiments.report;

import firstspike.experiments.figure.RunPictures;
import firstspike.experiments.plot.Axis;
import firstspike.experiments.plot.Mark;
import firstspike.experiments.plot.Plot;
import firstspike.experiments.results.Comparison;
import firstspike.experiments.results.SeedSpread;
import firstspike.experiments.results.StoredRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs against each other, as one page (journeys.md U16). */
public final class ComparisonReport {

    private final Comparison comparison;

    /** @param comparison that is shown */
    public ComparisonReport(Comparison comparison) {
        this.comparison = comparison;
    }

    /** The page. */
    public String html() {
        SeedSpread spread = comparison.spread();
        Page page = new Page("Comparison of " + comparison.runs().size() + " runs");
        if (!comparison.warning().isEmpty()) {
            page.state(comparison.warning(), Page.Weight.BAD);
        }
        page.state(spread.words(), spread.within().isPresent() ? Page.Weight.OK : Page.Weight.WARN);
        page.heading("Runs").facts(runs());
        page.heading("Metrics").table("As each run.json has them", header("metric"), metrics());
        page.heading("What differs");
        if (comparison.differing().isEmpty()) {
            page.paragraph("Nothing: the same experiment on the same target.");
        } else {
            page.table("Keys of the experiments, and of run.json", header("key"), differing());
        }
        return page.heading("Pictures").pictures(List.of(metric(), curves())).html();
    }

    /** The metric of each run as a file of its own. */
    public String svg() {
        return metric().file();
    }

    private List<String> header(String first) {
        List<String> header = new ArrayList<>(List.of(first));
        for (int i = 0; i < comparison.runs().size(); i++) {
            header.add("run " + (i + 1));
        }
        return header;
    }

    private Map<String, String> runs() {
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < comparison.runs().size(); i++) {
            StoredRun run = comparison.runs().get(i);
            facts.put(
                    "run " + (i + 1),
                    run.folderName() + ", " + run.stateLine() + ", target "
                            + run.record().text("target") + ", health: "
                            + StoredRun.text(run.health().get("verdict")));
        }
        return facts;
    }

    private List<List<String>> metrics() {
        List<List<String>> rows = new ArrayList<>();
        comparison.metrics().forEach((name, values) -> {
            List<String> row = new ArrayList<>(List.of(name));
            values.forEach(value -> row.add(StoredRun.text(value)));
            rows.add(row);
        });
        return rows;
    }

    private List<List<String>> differing() {
        List<List<String>> rows = new ArrayList<>();
        comparison.differing().forEach((key, values) -> {
            List<String> row = new ArrayList<>(List.of(key));
            row.addAll(values);
            rows.add(row);
        });
        return rows;
    }

    private Plot metric() {
        SeedSpread spread = comparison.spread();
        List<Mark> marks = new ArrayList<>();
        List<double[]> all = new ArrayList<>();
        double at = 1;
        for (int g = 0; g < spread.groups().size(); g++) {
            SeedSpread.Group group = spread.groups().get(g);
            double[] y =
                    group.values().stream().mapToDouble(Double::doubleValue).toArray();
            double[] x = new double[y.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = at++;
            }
            all.add(y);
            marks.add(new Mark.Dots("group " + (g + 1), g, 4, x, y));
            if (y.length > 1) {
                double mean = group.mean();
                marks.add(new Mark.Line(
                        "", g, true, Mark.Sign.NONE, new double[] {x[0] - 0.4, x[x.length - 1] + 0.4}, new double[] {
                            mean, mean
                        }));
            }
        }
        String words = all.stream().allMatch(values -> values.length == 0)
                ? "No data: no run has " + spread.metric()
                : spread.metric() + " of each run, its mean dashed where a group has more than one; " + spread.words();
        return new Plot(
                spread.metric(),
                words,
                Axis.whole("run, group by group", 0.5, Math.max(1.5, at - 0.5)),
                Axis.around(spread.metric(), all.toArray(double[][]::new)),
                marks);
    }

    private Plot curves() {
        List<Mark> marks = new ArrayList<>();
        double last = 1;
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < comparison.runs().size(); i++) {
            Mark.Line line =
                    (Mark.Line) new RunPictures(comparison.runs().get(i).measured())
                            .learning()
                            .get(1)
                            .marks()
                            .get(1);
            marks.add(new Mark.Line("run " + (i + 1), i, i % 2 == 1, Mark.Sign.of(i), line.x(), line.y()));
            all.add(line.y());
            last = Math.max(last, Arrays.stream(line.x()).max().orElse(1));
        }
        return new Plot(
                "Validation error",
                "Validation error of each run over its epochs, logarithmic",
                Axis.whole("epoch", 0, last),
                Axis.decades("1 - accuracy", all.toArray(double[][]::new)),
                marks);
    }
}
