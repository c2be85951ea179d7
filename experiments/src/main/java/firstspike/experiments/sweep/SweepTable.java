package firstspike.experiments.sweep;

import firstspike.runtime.recording.ShortestDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The table of a sweep: a row a point with what is varied, metrics, health and state (formats.md 11.4). It holds no times and
 * no random names, so that the same points give the same table.
 *
 * @param plan of the sweep
 * @param results of all points, in their order
 */
public record SweepTable(SweepPlan plan, List<PointResult> results) {

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]+)?|inf");
    private static final int WIDEST = 32;

    /** Metrics that a screen has room for. */
    private static final List<String> SHOWN = List.of("test/accuracy", "test/loss", "validation/accuracy");

    /** Copies. */
    public SweepTable {
        results = List.copyOf(results);
    }

    /** Points in a state. */
    public int count(PointState state) {
        return (int) results.stream().filter(result -> result.state() == state).count();
    }

    /** Points that failed, in their order. */
    public List<PointResult> failed() {
        return results.stream().filter(PointResult::failed).toList();
    }

    /** Names of all metrics that some point has, sorted. */
    private SortedSet<String> metrics() {
        SortedSet<String> names = new TreeSet<>();
        results.forEach(result -> names.addAll(result.metrics().keySet()));
        return names;
    }

    /** Whether somebody said what should come out. */
    private boolean expects() {
        return plan.conditions().stream()
                .anyMatch(condition -> condition.expected().isPresent());
    }

    private static String expected(PointResult result) {
        var expected = result.point().condition().expected();
        return expected.isPresent() ? ShortestDecimal.of(expected.getAsDouble()) : "";
    }

    /** The metric that figures show: the first of those on the screen that some point has. */
    String leading() {
        SortedSet<String> metrics = metrics();
        return SHOWN.stream().filter(metrics::contains).findFirst().orElse(SHOWN.get(0));
    }

    /** The worst health of all, as the last line of a result. */
    public String health() {
        for (String verdict : List.of("falsified", "degraded")) {
            List<String> points = results.stream()
                    .filter(result -> result.health().equals(verdict))
                    .map(result -> Integer.toString(result.point().number()))
                    .toList();
            if (!points.isEmpty()) {
                return "health: " + verdict.toUpperCase(java.util.Locale.ROOT) + " (point " + String.join(", ", points)
                        + ")";
            }
        }
        return "health: ok";
    }

    /** The rows as trees. */
    public List<Object> trees() {
        SortedSet<String> metrics = metrics();
        List<Object> rows = new ArrayList<>();
        for (PointResult result : results) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("point", result.point().number());
            row.put("seed", result.point().seed());
            plan.columns()
                    .forEach(column ->
                            row.put(column, result.point().condition().values().get(column)));
            metrics.forEach(name -> row.put(name, result.metrics().get(name)));
            if (expects()) {
                var expected = result.point().condition().expected();
                row.put("expected", expected.isPresent() ? expected.getAsDouble() : null);
            }
            row.put("health", result.health().isEmpty() ? null : result.health());
            row.put("state", result.state().text());
            row.put("exit", result.exit());
            row.put("message", result.message().isEmpty() ? null : result.message());
            rows.add(row);
        }
        return rows;
    }

    /** The rows as CSV; its first line says what was swept. */
    public String csv() {
        SortedSet<String> targets = new TreeSet<>();
        results.forEach(result -> targets.add(result.target()));
        targets.remove("");
        StringBuilder csv = new StringBuilder(
                "# sweep " + plan.name() + ", base " + plan.base().name() + ", target "
                        + (targets.isEmpty() ? "none" : String.join(" and ", targets)) + "\n");
        SortedSet<String> metrics = metrics();
        List<String> header = new ArrayList<>(List.of("point", "seed"));
        header.addAll(plan.columns());
        header.addAll(metrics);
        if (expects()) {
            header.add("expected");
        }
        header.addAll(List.of("health", "state", "exit", "message"));
        append(csv, header);
        for (PointResult result : results) {
            List<String> cells = new ArrayList<>();
            cells.add(Integer.toString(result.point().number()));
            cells.add(Integer.toString(result.point().seed()));
            plan.columns()
                    .forEach(column ->
                            cells.add(result.point().condition().values().getOrDefault(column, "")));
            metrics.forEach(name -> cells.add(text(result.metrics().get(name))));
            if (expects()) {
                cells.add(expected(result));
            }
            cells.add(result.health());
            cells.add(result.state().text());
            cells.add(Integer.toString(result.exit()));
            cells.add(result.message());
            append(csv, cells);
        }
        return csv.toString();
    }

    private static void append(StringBuilder csv, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            csv.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
        }
        csv.append('\n');
    }

    /** RFC 4180; what a spreadsheet would run as a formula is made text. */
    private static String cell(String text) {
        String safe = !text.isEmpty()
                        && "=+-@".indexOf(text.charAt(0)) >= 0
                        && !NUMBER.matcher(text).matches()
                ? "'" + text
                : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    static String text(Number number) {
        if (number == null) {
            return "";
        }
        return number instanceof Double value
                ? Double.isNaN(value) ? "" : Double.isInfinite(value) ? "inf" : ShortestDecimal.of(value)
                : number.toString();
    }

    /** Header and rows for a screen, in columns. */
    public List<String> lines() {
        List<String> shown = SHOWN.stream().filter(metrics()::contains).toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("point", "seed"));
        header.addAll(plan.columns());
        header.addAll(shown);
        if (expects()) {
            header.add("expected");
        }
        header.addAll(List.of("health", "state"));
        rows.add(header);
        for (PointResult result : results) {
            List<String> row = new ArrayList<>();
            row.add(Integer.toString(result.point().number()));
            row.add(Integer.toString(result.point().seed()));
            plan.columns()
                    .forEach(column ->
                            row.add(result.point().condition().values().getOrDefault(column, "-")));
            shown.forEach(name -> row.add(text(result.metrics().get(name))));
            if (expects()) {
                row.add(expected(result));
            }
            row.add(result.health().isEmpty() ? "-" : result.health());
            row.add(result.state().text() + (result.exit() == 0 ? "" : " (exit " + result.exit() + ")"));
            rows.add(row);
        }
        int[] widths = new int[header.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                row.set(i, shortened(row.get(i)));
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String shortened(String text) {
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }
}
