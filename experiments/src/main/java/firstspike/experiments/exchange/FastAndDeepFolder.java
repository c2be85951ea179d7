package firstspike.experiments.exchange;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.ForeignYaml;
import firstspike.experiments.config.Overrides;
import firstspike.experiments.run.WeightFile;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpyCodec;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.exchange.PickleRefusal;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a fastAndDeep run: its configuration and the series of its newest epoch. Pickles in it are never opened.
 *
 * @param config of {@code config.yaml}
 * @param series arrays of the newest epoch by the end of their names
 * @param epoch of the series, 0 without any
 * @param pickles names of files that hold pickles
 */
public record FastAndDeepFolder(
        Map<String, Object> config, TreeMap<String, NpyArray> series, int epoch, List<String> pickles) {

    private static final Pattern SERIES = Pattern.compile(
            ".*_((train|val)_(losses|accuracies)|(train|test)_(spiketimes|labels|inputs)|weight_bumping_steps"
                    + "|(mean|std)_val_outputs_sorted)\\.npy");
    private static final Pattern EPOCH = Pattern.compile("epoch_([0-9]{1,7})");
    private static final long LARGEST = 256L << 20;
    private static final int MOST_FILES = 4096;

    /**
     * @param folder with {@code config.yaml}
     * @return what it holds
     * @throws FormatException for arrays that are damaged, pickled or too large
     */
    public static FastAndDeepFolder read(Path folder) {
        Map<String, Object> config = ForeignYaml.read(folder.resolve("config.yaml"));
        Optional<Path> newest = files(folder).stream()
                .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && epoch(path) >= 0)
                .max(Comparator.comparingInt(FastAndDeepFolder::epoch));
        TreeMap<String, NpyArray> series = new TreeMap<>();
        List<String> pickles = new ArrayList<>();
        List<Path> all = new ArrayList<>(files(folder));
        newest.ifPresent(path -> all.addAll(files(path)));
        for (Path file : all) {
            String name = file.getFileName().toString();
            Matcher matcher = SERIES.matcher(name);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                continue; // a link may lead anywhere
            }
            if (name.endsWith("network.pt")) {
                pickles.add(name);
            } else if (matcher.matches()) {
                series.put(matcher.group(1), array(file));
            }
        }
        return new FastAndDeepFolder(
                config, series, newest.map(FastAndDeepFolder::epoch).orElse(0), pickles);
    }

    private static int epoch(Path path) {
        Matcher matcher = EPOCH.matcher(path.getFileName().toString());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(MOST_FILES).sorted().toList();
        } catch (IOException e) {
            throw StorageFailure.of(folder, e);
        }
    }

    private static NpyArray array(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new FormatException(
                        FormatException.Code.ARRAY_TOO_LARGE,
                        file.toString(),
                        Files.size(file) + " bytes",
                        LARGEST,
                        "leave the file out");
            }
            return NpyCodec.read(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw StorageFailure.of(file, e);
        }
    }

    /**
     * Files that an import writes.
     *
     * @param out experiment file
     * @param withWeights whether there are weights
     * @return their paths
     */
    public List<Path> outputs(Path out, boolean withWeights) {
        List<Path> outputs = new ArrayList<>(List.of(out));
        if (!series.isEmpty()) {
            outputs.add(beside(out, "-series.npz"));
        }
        if (withWeights) {
            outputs.add(beside(out, ".npz"));
        }
        return outputs;
    }

    private static Path beside(Path out, String end) {
        return out.resolveSibling(out.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", "") + end);
    }

    /**
     * Makes the experiment and writes it, its series, and its weights.
     *
     * @param target where it shall run
     * @param weights that were exported from its network
     * @param out experiment file; empty: nothing is written
     * @return what was found and written
     */
    public Written write(String target, Optional<Path> weights, Optional<Path> out) {
        FastAndDeepConfig mapping = new FastAndDeepConfig(config);
        String id = out.map(ImportedExperiment::id).orElse("imported");
        byte[] json = JsonText.compact(mapping.experiment(id, target)).getBytes(StandardCharsets.UTF_8);
        Experiment experiment = new ExperimentFile("config.yaml as an experiment", Optional.empty(), json)
                .resolve(Overrides.none())
                .orThrow();
        List<String> notes = new ArrayList<>();
        if (epoch > 0) {
            notes.add("series of epoch " + epoch + ": " + String.join(", ", series.keySet()));
        }
        if (weights.isEmpty() && !pickles.isEmpty()) {
            notes.add(String.join(", ", pickles) + ": a pickle, not read; " + PickleRefusal.RECIPE);
        }
        Optional<WeightFile> read = weights.map(file -> WeightFile.read(file, experiment.network()));
        List<Path> files = new ArrayList<>();
        out.ifPresent(path -> {
            AtomicFile.replace(path, experiment.yaml().getBytes(StandardCharsets.UTF_8));
            files.add(path);
            if (!series.isEmpty()) {
                NpzBuilder archive = new NpzBuilder();
                series.forEach(archive::add);
                archive.write(beside(path, "-series.npz"));
                files.add(beside(path, "-series.npz"));
            }
            read.ifPresent(found -> {
                NpzBuilder archive = new NpzBuilder();
                for (int i = 0; i < found.layers().length; i++) {
                    int rows = experiment.network().rows(i);
                    int size = experiment.network().layers().get(i).size();
                    archive.add("layers/" + i + "/weight", NpyArray.of(found.layers()[i], rows, size));
                }
                archive.write(beside(path, ".npz"));
                files.add(beside(path, ".npz"));
            });
        });
        if (out.isEmpty()) {
            notes.add("nothing written: --out FILE.yaml writes the experiment");
        }
        return new Written(files, mapping.leftOut(), notes);
    }
}
