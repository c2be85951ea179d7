package firstspike.experiments.report;

import firstspike.experiments.plot.Panels;
import firstspike.experiments.plot.Plot;
import firstspike.runtime.calibration.evidence.Evidence;
import firstspike.runtime.calibration.evidence.TraceFit;
import firstspike.runtime.calibration.evidence.TransferCurve;
import firstspike.runtime.calibration.fit.Statistics;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.result.BadNeuron;
import firstspike.runtime.calibration.result.CalibrationResult;
import firstspike.runtime.calibration.result.StepRecord;
import firstspike.runtime.calibration.store.Attachment;
import firstspike.runtime.recording.ShortestDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a calibration found, as one page: quality of each quantity, histograms before and after, maps of the chip, transfer
 * curves, traces with their fits, neurons that are not fit (calibration.md 6, 7).
 */
public final class CalibrationReport {

    private final CalibrationResult result;
    private final Evidence evidence;
    private final CalibrationPictures pictures;

    /**
     * @param result of the calibration
     * @param evidence what was seen on its way
     */
    public CalibrationReport(CalibrationResult result, Evidence evidence) {
        this.result = result;
        this.evidence = evidence;
        pictures = new CalibrationPictures(result);
    }

    /** The page. */
    public String html() {
        Page page = new Page("Calibration " + result.id()).facts(facts());
        result.warnings().forEach(page::paragraph);
        page.heading("Quality").table("Verified values of all neurons", header(), quality());
        page.heading("Before and after").pictures(histograms());
        page.heading("The chip").pictures(maps());
        if (!evidence.curves().isEmpty()) {
            page.heading("Transfer curves").pictures(curves());
        }
        if (!evidence.traces().isEmpty()) {
            page.heading("Traces and fits").pictures(traces());
        }
        page.heading("Neurons that are not fit");
        if (result.bad().isEmpty()) {
            page.paragraph("None.");
        } else {
            page.table("What is wrong with them", List.of("neuron", "quantity", "reason"), bad());
        }
        page.heading("Steps").table("In their order", List.of("step", "seconds", "measurements", "settled"), steps());
        return page.html();
    }

    /** The pictures as SVG files, by their names. */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (Quantity quantity : result.measured()) {
            files.put(
                    "histogram-" + quantity.key() + ".svg", histogram(quantity).file());
            files.put("chip-" + quantity.key() + ".svg", map(quantity).file());
        }
        evidence.curves()
                .forEach(curve -> files.put(
                        "transfer-" + curve.quantity().key() + ".svg",
                        pictures.curve(curve).file()));
        evidence.traces()
                .forEach(trace -> files.put(
                        "trace-" + trace.quantity().key() + "-" + trace.neuron() + ".svg",
                        pictures.trace(trace).file()));
        return files;
    }

    /** Page and pictures, to be kept beside the result. */
    public List<Attachment> attachments() {
        List<Attachment> attachments = new ArrayList<>();
        attachments.add(new Attachment("report.html", html().getBytes(StandardCharsets.UTF_8)));
        files().forEach((name, svg) -> attachments.add(new Attachment(name, svg.getBytes(StandardCharsets.UTF_8))));
        return attachments;
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("chip", result.chip().chipId() + ", fidelity " + result.chip().fidelity());
        facts.put("target", result.chip().target());
        facts.put("kind, status", result.kind().label() + ", " + result.status().label());
        facts.put("targets", result.targets().name());
        facts.put("created", result.created() + ", took " + rounded(result.durationS()) + " s");
        result.parent().ifPresent(parent -> facts.put("refines", parent.toString()));
        facts.put("seed", Long.toString(result.seed()));
        result.verified()
                .ifPresent(v -> facts.put(
                        "verified",
                        v.time() + ", " + (v.passed() ? "passed" : "NOT passed") + ", worst: " + v.worst()));
        facts.put(
                "chip time",
                rounded(result.effort().chipSeconds()) + " s in "
                        + result.effort().programs() + " programs");
        int good = 0;
        for (boolean one : result.good()) {
            good += one ? 1 : 0;
        }
        facts.put("neurons", good + " good, " + (CalibrationResult.NEURONS - good) + " not fit");
        return facts;
    }

    private static List<String> header() {
        return List.of(
                "quantity",
                "unit",
                "target",
                "median",
                "mean",
                "σ",
                "trimmed σ",
                "5 %",
                "95 %",
                "accepted",
                "of",
                "before");
    }

    private List<List<String>> quality() {
        List<List<String>> rows = new ArrayList<>();
        Map<Quantity, double[]> before = evidence.before();
        for (Quantity quantity : result.measured()) {
            double[] values = result.achieved(quantity).orElseThrow();
            Statistics all = Statistics.of(values);
            double[] targets = pictures.targets(quantity);
            int accepted = 0;
            for (int n = 0; n < values.length; n++) {
                accepted += pictures.accepts(quantity, values[n], targets[n]) ? 1 : 0;
            }
            double[] early = before.get(quantity);
            rows.add(List.of(
                    quantity.key(),
                    quantity.unit(),
                    rounded(Statistics.median(targets)),
                    rounded(all.median()),
                    rounded(all.mean()),
                    rounded(all.sigma()),
                    rounded(all.trimmedSigma()),
                    rounded(all.percentile5()),
                    rounded(all.percentile95()),
                    percent((double) accepted / values.length),
                    percent(quantity.share()),
                    early == null ? "–" : "σ " + rounded(Statistics.of(early).trimmedSigma())));
        }
        return rows;
    }

    private Plot histogram(Quantity quantity) {
        return pictures.histogram(quantity, evidence.before().get(quantity));
    }

    private Panels map(Quantity quantity) {
        return pictures.map(quantity);
    }

    private List<Plot> histograms() {
        return result.measured().stream().map(this::histogram).toList();
    }

    private List<Panels> maps() {
        return result.measured().stream().map(this::map).toList();
    }

    private List<Plot> curves() {
        List<Plot> plots = new ArrayList<>();
        for (TransferCurve curve : evidence.curves()) {
            plots.add(pictures.curve(curve));
        }
        return plots;
    }

    private List<Plot> traces() {
        List<Plot> plots = new ArrayList<>();
        for (TraceFit trace : evidence.traces()) {
            plots.add(pictures.trace(trace));
        }
        return plots;
    }

    private List<List<String>> bad() {
        List<List<String>> rows = new ArrayList<>();
        for (BadNeuron bad : result.bad()) {
            rows.add(List.of(
                    Integer.toString(bad.neuron()), bad.quantity(), bad.reason().label()));
        }
        return rows;
    }

    private List<List<String>> steps() {
        List<List<String>> rows = new ArrayList<>();
        for (StepRecord step : result.steps()) {
            rows.add(List.of(
                    step.name(),
                    rounded(step.durationS()),
                    Integer.toString(step.iterations()),
                    Integer.toString(step.settled())));
        }
        return rows;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Four significant digits. */
    private static String rounded(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        return ShortestDecimal.of(Double.parseDouble(String.format(Locale.ROOT, "%.4g", value)))
                .replaceFirst("\\.0$", "");
    }
}
