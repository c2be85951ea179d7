package firstspike.experiments.run;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.figure.Raster;
import firstspike.experiments.results.StoredRun;
import firstspike.runtime.recording.HealthTotals;
import firstspike.runtime.recording.JsonTree;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunRecord;
import firstspike.runtime.recording.ShortestDecimal;
import firstspike.runtime.training.EpochMetrics;
import firstspike.runtime.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Keeps the run folder up to date while a training goes on: metrics, health, best checkpoint, epoch. */
final class RunKeeper implements TrainingListener {

    private static final String BEST = "best";
    /** How seldom the raster of the last sample is written: a live view needs no more, and a disk should not wait for it. */
    private static final long RASTER_NS = 2_000_000_000L;

    private final RunFolder folder;
    private final RunRecord record;
    private final HealthTotals health;
    private double bestAccuracy = Double.NEGATIVE_INFINITY;
    private double lastAccuracy = Double.NaN;
    private double chipSeconds;
    private double wallSeconds;
    private SortedMap<String, Double> missing = new TreeMap<>();
    private final SortedMap<String, Number> lastResult = new TreeMap<>();
    private Function<Integer, Optional<Raster>> rasters = epoch -> Optional.empty();
    private long rasterKeptNs = Long.MIN_VALUE / 2;

    RunKeeper(Run run) {
        this.folder = run.folder();
        this.record = run.record();
        this.health = run.health();
    }

    /** Counters that a run may have, by its experiment and command. */
    static HealthTotals totals(Experiment experiment, RunSettings settings) {
        return new HealthTotals(
                allowed(experiment, settings), experiment.health().limits());
    }

    /** Counters that may falsify nothing, by the experiment and the command. */
    static List<String> allowed(Experiment experiment, RunSettings settings) {
        List<String> allowed = new ArrayList<>(experiment.health().allow());
        allowed.addAll(settings.allowDegraded());
        return allowed;
    }

    /** Takes up what an earlier process measured, up to the checkpoint that the run continues from. */
    void takeUp(int epoch) {
        folder.metrics().dropAfter(epoch);
        for (JsonNode line : folder.metrics().read().lines()) {
            Map<String, Number> counters = new TreeMap<>();
            line.path("health").properties().forEach(field -> {
                if (JsonTree.toTree(field.getValue()) instanceof Number number) {
                    counters.put(field.getKey(), number);
                }
            });
            health.add(counters);
            chipSeconds += line.path("chip_s").asDouble();
            wallSeconds += line.path("wall_s").asDouble();
            lastAccuracy =
                    line.path("split").path("validation").path("accuracy").asDouble(Double.NaN);
        }
        Path best = folder.path().resolve(BEST);
        if (Files.exists(best)) {
            try {
                String[] words = Files.readString(best).strip().split(" ");
                if (Checkpoints.epoch(words[0]) <= epoch) {
                    bestAccuracy = Double.parseDouble(words[words.length - 1]);
                } else {
                    bestBefore(epoch);
                }
            } catch (IOException | NumberFormatException e) {
                folder.log("WARN", "the file best cannot be read and starts anew: " + e.getMessage());
            }
        }
    }

    /** The best checkpoint is one that will come again: the best of those that stay takes its place. */
    private void bestBefore(int epoch) {
        String name = null;
        for (JsonNode line : folder.metrics().read().lines()) {
            String file = Checkpoints.name(line.path("epoch").asInt());
            double accuracy =
                    line.path("split").path("validation").path("accuracy").asDouble(Double.NEGATIVE_INFINITY);
            if (accuracy > bestAccuracy && Files.exists(folder.checkpoints().resolve(file))) {
                bestAccuracy = accuracy;
                name = file;
            }
        }
        if (name == null) {
            folder.log("WARN", "no checkpoint up to epoch " + epoch + " stays; the file best starts anew");
        } else {
            writeBest(name, bestAccuracy);
        }
    }

    private void writeBest(String file, double accuracy) {
        folder.write(BEST, file + " validation/accuracy " + ShortestDecimal.of(accuracy) + "\n");
    }

    @Override
    public void epochDone(EpochMetrics metrics) {
        folder.metrics().append(metrics.toJson(Instant.now()).toString());
        health.add(metrics.health());
        chipSeconds += metrics.chipSeconds();
        wallSeconds += metrics.wallSeconds();
        missing = metrics.missing();
        lastAccuracy = metrics.validation().accuracy();
        lastResult.put("validation/accuracy", metrics.validation().accuracy());
        lastResult.put("validation/loss", metrics.validation().loss());
        metrics.train().ifPresent(train -> {
            lastResult.put("train/accuracy", train.accuracy());
            lastResult.put("train/loss", train.loss());
        });
        record.set("epoch", metrics.epoch());
        if (System.nanoTime() - rasterKeptNs > RASTER_NS) {
            rasters.apply(metrics.epoch()).ifPresent(raster -> raster.keep(folder.figures(), StoredRun.footer(record)));
            rasterKeptNs = System.nanoTime();
        }
        folder.log("INFO", "epoch " + metrics.epoch() + " validation accuracy " + lastAccuracy);
    }

    @Override
    public void checkpointWritten(String file, int epoch, int batch) {
        if (batch == 0 && lastAccuracy > bestAccuracy) {
            bestAccuracy = lastAccuracy;
            writeBest(file, lastAccuracy);
        }
        folder.write("health.json", health.json());
        record.set("health", health.tree());
        record.set("epoch", epoch);
        folder.write(record);
    }

    /**
     * Says where the last sample of an epoch is to be had.
     *
     * @param source gives its spikes after an epoch
     */
    void rastersFrom(Function<Integer, Optional<Raster>> source) {
        rasters = source;
    }

    /** Takes counters down that belong to no epoch. */
    void count(Map<String, Number> counters) {
        health.add(counters);
    }

    SortedMap<String, Number> result() {
        return new TreeMap<>(lastResult);
    }

    SortedMap<String, Double> missing() {
        return missing;
    }

    double chipSeconds() {
        return chipSeconds;
    }

    double wallSeconds() {
        return wallSeconds;
    }
}
