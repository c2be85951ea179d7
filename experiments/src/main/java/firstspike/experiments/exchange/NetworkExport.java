package firstspike.experiments.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.run.EncodedSamples;
import firstspike.experiments.run.EvaluationRun;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.exchange.csv.CsvRow;
import firstspike.runtime.exchange.csv.SpikeCsv;
import firstspike.runtime.exchange.nir.NirData;
import firstspike.runtime.exchange.nir.NirExport;
import firstspike.runtime.exchange.nir.NirWriter;
import firstspike.runtime.exchange.nir.TimeUnit;
import firstspike.runtime.exchange.sonata.SonataNodes;
import firstspike.runtime.exchange.sonata.SonataSpikes;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.MetricsLog;
import firstspike.runtime.recording.ShortestDecimal;
import firstspike.runtime.recording.log.EventSelection;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.SpikeLog;
import firstspike.runtime.recording.table.LoggedSpikes;
import firstspike.runtime.training.SampleSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes the network of a run in the formats of others. */
public final class NetworkExport {

    private static final String STAYS =
            "optimiser, history and random streams: they stay in the checkpoints of the run";

    private final EvaluationRun.Request source;
    private final Experiment experiment;
    private final Network network;

    /** @param source experiment and weights of a run */
    public NetworkExport(EvaluationRun.Request source) {
        this.source = source;
        this.experiment = source.experiment();
        this.network = experiment.network();
    }

    /**
     * A NIR graph.
     *
     * @param out file
     * @param samples where the encoded samples of the split go as NIR data; empty: nowhere
     * @param data folder of data files
     * @return what was written
     */
    public Written nir(Path out, Optional<Path> samples, Optional<Path> data) {
        NirWriter.write(NirExport.of(network, source.weights(), tauUs(), Optional.of(experiment.canonicalJson())), out);
        List<Path> files = new ArrayList<>(List.of(out));
        samples.ifPresent(file -> {
            samples(data).write(file);
            files.add(file);
        });
        List<String> notes = new ArrayList<>();
        notes.add("times are chip time in ms; one tau is " + tauUs() + " us");
        int biases = network.layers().stream().mapToInt(Layer::biasRows).sum();
        if (biases > 0) {
            notes.add("the last " + biases + " channels of the input are biases, which spike once in each sample at"
                    + " firstspike_bias_times");
        }
        notes.add("weights are those of training, not rounded to steps of a chip");
        return new Written(files, List.of(STAYS, "target, calibration and mapping: a graph knows no chip"), notes);
    }

    private NirData samples(Optional<Path> data) {
        SampleSet set = EncodedSamples.of(experiment, data, source.split());
        double scale = tauUs() / 1000;
        double end = chip().windowTau() * scale;
        TreeMap<String, NirData.Observable> observables = new TreeMap<>();
        observables.put("spikes", NirData.ofDense(channels(set), channelCount(), scale, end));
        return new NirData(Optional.of(TimeUnit.MS), new TreeMap<>(Map.of("input", observables)));
    }

    private int channelCount() {
        return network.inputRows(0)
                + network.layers().stream().mapToInt(Layer::biasRows).sum();
    }

    /** Times of all channels of the graph's input: data, copy after copy, then the biases of all layers. */
    private double[] channels(SampleSet set) {
        int inputs = set.inputs();
        int all = channelCount();
        double[] times = new double[Math.multiplyExact(all, set.size())];
        for (int i = 0; i < set.size(); i++) {
            int at = i * all;
            for (int copy = 0; copy < network.inputCopies(); copy++, at += inputs) {
                set.values().copy(i * inputs, inputs, times, at);
            }
            for (Layer layer : network.layers()) {
                for (int row = 0; row < layer.biasRows(); row++) {
                    times[at++] = layer.biasTimes().get(row % layer.biasTimes().size());
                }
            }
        }
        return times;
    }

    /**
     * Weights alone, with the member names of a checkpoint.
     *
     * @param out file
     * @return what was written
     */
    public Written npz(Path out) {
        NpzBuilder archive = new NpzBuilder();
        List<Object> names = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            archive.add(
                    "layers/" + i + "/weight",
                    NpyArray.of(
                            source.weights()[i],
                            network.rows(i),
                            network.layers().get(i).size()));
            names.add(network.layers().get(i).name());
        }
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("schema", "firstspike.weights/1");
        meta.put("run_id", source.runId());
        meta.put("epoch", source.epochs());
        meta.put("config_sha256", experiment.sha256());
        meta.put("weight_axes", "pre,post");
        meta.put("layers", names);
        archive.addBytes("meta.json", JsonText.pretty(meta).getBytes(StandardCharsets.UTF_8));
        archive.write(out);
        return new Written(
                List.of(out),
                List.of(STAYS, "the experiment: it is experiment.yaml of the run"),
                List.of("rows are inputs and then biases, columns neurons"));
    }

    /**
     * Tables: the metrics of each epoch, the weights of each layer, and the spikes if they were recorded.
     *
     * @param folder that is there
     * @return what was written
     */
    public Written csv(Path folder) {
        List<Path> files = new ArrayList<>();
        List<LogHealth> logs = new ArrayList<>();
        source.path().ifPresent(run -> {
            Path metrics = folder.resolve("metrics.csv");
            write(
                    metrics,
                    metrics(new MetricsLog(run.resolve("metrics.jsonl")).read().lines()));
            files.add(metrics);
            log(run).ifPresent(log -> {
                Path spikes = folder.resolve("spikes.csv");
                StringBuilder text = new StringBuilder();
                SpikeCsv.write(comments(), log.table(), text);
                write(spikes, text.toString());
                files.add(spikes);
                logs.add(log.health());
            });
        });
        for (int i = 0; i < network.layers().size(); i++) {
            Path file = folder.resolve("weights_" + network.layers().get(i).name() + ".csv");
            write(file, weights(i));
            files.add(file);
        }
        return new Written(
                files,
                List.of(STAYS),
                List.of("weights are a row each: presynaptic row, neuron, weight; rows are inputs and then biases"),
                logs);
    }

    private static void write(Path file, String text) {
        AtomicFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> comments() {
        return List.of(
                "run " + source.runId(), "target " + experiment.target(), "config_sha256 " + experiment.sha256());
    }

    private String weights(int layer) {
        StringBuilder text = new StringBuilder();
        comments()
                .forEach(line ->
                        text.append("# ").append(line.replace('\n', ' ')).append('\n'));
        text.append("row,neuron,weight\n");
        int size = network.layers().get(layer).size();
        double[] weights = source.weights()[layer];
        for (int i = 0; i < weights.length; i++) {
            text.append(i / size)
                    .append(',')
                    .append(i % size)
                    .append(',')
                    .append(ShortestDecimal.of(weights[i]))
                    .append('\n');
        }
        return text.toString();
    }

    private String metrics(List<JsonNode> lines) {
        Set<String> columns = new LinkedHashSet<>();
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode line : lines) {
            Map<String, String> row = new LinkedHashMap<>();
            flatten("", line, row);
            columns.addAll(row.keySet());
            rows.add(row);
        }
        StringBuilder text = new StringBuilder();
        comments()
                .forEach(line ->
                        text.append("# ").append(line.replace('\n', ' ')).append('\n'));
        text.append(CsvRow.of(new ArrayList<>(columns))).append('\n');
        for (Map<String, String> row : rows) {
            text.append(CsvRow.of(columns.stream()
                            .map(name -> row.getOrDefault(name, ""))
                            .toList()))
                    .append('\n');
        }
        return text.toString();
    }

    private static void flatten(String path, JsonNode node, Map<String, String> row) {
        node.properties().forEach(field -> {
            String name = path.isEmpty() ? field.getKey() : path + "/" + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(name, value, row);
            } else {
                row.put(
                        name,
                        value.isNull()
                                ? ""
                                : value.isFloatingPointNumber()
                                        ? ShortestDecimal.of(value.doubleValue())
                                        : value.asText());
            }
        });
    }

    /**
     * SONATA nodes with the table of their types, and the spikes if they were recorded.
     *
     * @param folder that is there
     * @param timeFactor what times of spikes are multiplied by: 1 for chip time
     * @return what was written
     */
    public Written sonata(Path folder, double timeFactor) {
        Path nodes = folder.resolve("nodes.h5");
        Path types = folder.resolve("node_types.csv");
        SonataNodes.write(SonataNodes.of(network, tauUs()), nodes, types);
        List<Path> files = new ArrayList<>(List.of(nodes, types));
        List<LogHealth> logs = new ArrayList<>();
        source.path().flatMap(NetworkExport::log).ifPresent(log -> {
            Path spikes = folder.resolve("spikes.h5");
            SonataSpikes.write(log.table(), log.starts(), timeFactor, spikes);
            files.add(spikes);
            logs.add(log.health());
        });
        return new Written(
                files,
                List.of(STAYS, "weights: this program writes no SONATA edges; export --format nir or npz has them"),
                List.of("times are chip time in ms, potentials in units of the model; tau_refrac 0 stands for"
                        + " unknown"),
                logs);
    }

    /** The spikes that a run recorded. */
    private static Optional<LoggedSpikes> log(Path run) {
        Path file = run.resolve("spikes.fslog");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (SpikeLog log = SpikeLog.open(file)) {
            return Optional.of(LoggedSpikes.read(log, false, EventSelection.all()));
        }
    }

    private ChipSettings chip() {
        return experiment.chip().orElseGet(ChipSettings::forNetworksWithout);
    }

    private double tauUs() {
        return chip().tauUs();
    }
}
