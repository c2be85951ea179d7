package firstspike.experiments.sweep;

import firstspike.experiments.run.Screen;
import firstspike.runtime.recording.ShortestDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Runs the points of a plan, so many at a time, and keeps table and figures of them in the sweep's folder. */
public final class Sweep {

    static final String RESULTS_CSV = "results.csv";

    /** So many points are saved one by one; of more, the run folders say what is done since the last time. */
    private static final int FEW = 200;

    private static final long BETWEEN_NANOS = 1_000_000_000L;

    private final SweepFolder folder;
    private final SweepPlan plan;
    private final SweepRequest request;
    private final PointRunner runner;
    private final BooleanSupplier cancelled;
    private final Screen screen;
    private final List<PointResult> results = new ArrayList<>();
    private final Instant created;
    private long saved;

    private Sweep(
            SweepFolder folder,
            SweepPlan plan,
            SweepRequest request,
            PointRunner runner,
            BooleanSupplier cancelled,
            Screen screen,
            Instant created) {
        this.folder = folder;
        this.plan = plan;
        this.request = request;
        this.runner = runner;
        this.cancelled = cancelled;
        this.screen = screen;
        this.created = created;
        plan.points().forEach(point -> results.add(PointResult.waiting(point)));
    }

    /**
     * A sweep in a new folder, which takes the files that it was made from.
     *
     * @param folder just made
     * @param plan what is run
     * @param sweepYaml the sweep as written; empty for a preset
     * @param request what was asked for
     * @param runner computes points
     * @param cancelled asked before each point; true begins no more
     * @param screen takes progress
     * @return the sweep, not begun
     */
    public static Sweep begin(
            SweepFolder folder,
            SweepPlan plan,
            byte[] sweepYaml,
            SweepRequest request,
            PointRunner runner,
            BooleanSupplier cancelled,
            Screen screen) {
        folder.write(SweepRequest.BASE_YAML, plan.base().bytes());
        if (!request.preset()) {
            folder.write(SweepRequest.SWEEP_YAML, sweepYaml);
        }
        return new Sweep(folder, plan, request, runner, cancelled, screen, Instant.now());
    }

    /**
     * A sweep that goes on: points with a result keep it, those that were stopped or failed without one are tried again.
     *
     * @param folder of the sweep
     * @param plan of {@link #stored}, with another number of points at a time if that is wanted
     * @param request of {@link #stored}
     * @param runner computes points
     * @param cancelled asked before each point; true begins no more
     * @param screen takes progress
     * @return the sweep, not begun
     */
    public static Sweep goOn(
            SweepFolder folder,
            SweepPlan plan,
            SweepRequest request,
            PointRunner runner,
            BooleanSupplier cancelled,
            Screen screen) {
        Instant created = folder.record().get("created") instanceof String text && text.matches("[0-9TZ:.-]{20,30}")
                ? Instant.parse(text)
                : Instant.now();
        return new Sweep(folder, plan, request, runner, cancelled, screen, created);
    }

    /** What a folder says that was asked for. */
    public static SweepRequest stored(SweepFolder folder) {
        return SweepRequest.of(folder.record(), folder.path().toString());
    }

    /** What a folder is to run. */
    public static SweepPlan storedPlan(SweepFolder folder) {
        return stored(folder).planIn(folder);
    }

    /**
     * Runs all points.
     *
     * @return what came out; its state is interrupted when {@code cancelled} said so
     */
    public SweepOutcome run() {
        Instant begin = Instant.now();
        save();
        ExecutorService threads = Executors.newFixedThreadPool(plan.parallel(), task -> {
            Thread thread = new Thread(task, "sweep");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<PointResult> running = new ExecutorCompletionService<>(threads);
            for (SweepPoint point : plan.points()) {
                running.submit(() -> cancelled.getAsBoolean() ? PointResult.waiting(point) : runner.run(point));
            }
            for (int finished = 0; finished < results.size(); finished++) {
                PointResult result = running.take().get();
                results.set(result.point().number() - 1, result);
                if (result.state() != PointState.WAITING) {
                    if (results.size() <= FEW || System.nanoTime() - saved > BETWEEN_NANOS) {
                        save();
                    }
                    show(result, Duration.between(begin, Instant.now()), finished + 1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a sweep was interrupted by its own process", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a point ended by " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
        SweepOutcome outcome = save();
        if (outcome.state().equals("done")) {
            new SweepFigures(outcome.table(), folder.figures()).draw();
        }
        return outcome;
    }

    /** For those who look while it runs. */
    private SweepOutcome save() {
        SweepOutcome outcome = new SweepOutcome(Optional.of(folder.path()), new SweepTable(plan, results));
        Map<String, Object> tree = outcome.json();
        tree.put("created", created.toString());
        tree.put("updated", Instant.now().toString());
        tree.put("parallel", plan.parallel());
        tree.put("retry", plan.retry());
        tree.put("request", request.tree());
        saved = System.nanoTime();
        folder.write(tree);
        folder.write(RESULTS_CSV, outcome.table().csv().getBytes(StandardCharsets.UTF_8));
        return outcome;
    }

    private void show(PointResult result, Duration passed, int finished) {
        SweepTable table = new SweepTable(plan, results);
        long left = passed.toMillis() * (results.size() - finished) / finished / 1000;
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d/%d points, %d failed, left %d s: point %d",
                finished,
                results.size(),
                table.failed().size(),
                left,
                result.point().number()));
        result.point().condition().values().forEach((column, value) -> text.append(' ')
                .append(column)
                .append('=')
                .append(value));
        if (result.point().seed() > 0) {
            text.append(" seed +").append(result.point().seed());
        }
        Number metric = result.metrics().get(table.leading());
        if (metric != null) {
            text.append(' ').append(table.leading()).append(' ').append(ShortestDecimal.of(metric.doubleValue()));
        }
        text.append(' ').append(result.state().text());
        synchronized (screen) {
            screen.progress(text.toString());
        }
    }
}
