package firstspike.experiments.exchange;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.InvalidExperimentException;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.exchange.AtomicFile;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import firstspike.runtime.recording.JsonText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A network of another program as an experiment file with its weights beside it. Data, loss and training come from an
 * experiment of ours; the target never comes from the file.
 */
public final class ImportedExperiment {

    private static final double SAME = 1e-9;

    private final Network network;
    private final double[][] weights;
    private final double tauUs;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param network in units of tau
     * @param weights of each layer (presynaptic row, neuron)
     * @param tauUs one unit of model time on the chip, microseconds
     */
    public ImportedExperiment(Network network, double[][] weights, double tauUs) {
        this.network = network;
        this.weights = weights;
        this.tauUs = tauUs;
    }

    /**
     * The bundled experiment whose data have as many inputs and classes as a network.
     *
     * @param inputs before copying
     * @param outputs classes
     * @return the experiment as written
     * @throws ExperimentException {@code VALUE_OUT_OF_RANGE} when there is none
     */
    public static ExperimentFile fitting(int inputs, int outputs) {
        for (String id : List.of("yin-yang-software", "mnist16-software", "mnist28-software")) {
            Experiment candidate = ofBundled(id);
            if (candidate.network().inputs() == inputs && candidate.network().outputs() == outputs) {
                return ExperimentFile.bundled(id);
            }
        }
        throw new ExperimentException(
                ExperimentException.Code.VALUE_OUT_OF_RANGE,
                "network of " + inputs + " inputs and " + outputs + " outputs",
                "no bundled data are like that",
                "4 and 3 (Yin-Yang), 256 or 784 and 10 (MNIST)",
                "name an experiment whose data fit by --like EXP");
    }

    static Experiment ofBundled(String id) {
        return resolve(ExperimentFile.bundled(id));
    }

    static Experiment resolve(ExperimentFile file) {
        return file.resolve(new Overrides(List.of(), Optional.of("ideal:"), Optional.empty(), OptionalLong.empty()))
                .orThrow();
    }

    /**
     * An experiment that a file brings along.
     *
     * @param json of its keys; refused content is no error, but is said
     * @param says takes what was wrong with it
     * @return the experiment, empty when there is none that can be used
     */
    public static Optional<ExperimentFile> carried(String json, List<String> says) {
        if (json.isBlank()) {
            return Optional.empty();
        }
        ExperimentFile file =
                new ExperimentFile("experiment of the file", Optional.empty(), json.getBytes(StandardCharsets.UTF_8));
        try {
            resolve(file);
            return Optional.of(file);
        } catch (InvalidExperimentException e) {
            says.add("the experiment that the file brings along is refused: "
                    + e.leading().message());
            return Optional.empty();
        }
    }

    /**
     * Writes experiment and weights.
     *
     * @param like data, loss and training
     * @param target where it shall run
     * @param out experiment file
     * @param npz weights
     * @param source name of the imported file
     * @return what was written
     */
    public Written write(ExperimentFile like, String target, Path out, Path npz, String source) {
        Experiment experiment = experiment(like, target, id(out), source);
        NpzBuilder archive = new NpzBuilder();
        for (int i = 0; i < weights.length; i++) {
            archive.add(
                    "layers/" + i + "/weight",
                    NpyArray.of(
                            weights[i], network.rows(i), network.layers().get(i).size()));
        }
        AtomicFile.replace(out, experiment.yaml().getBytes(StandardCharsets.UTF_8));
        archive.write(npz);
        notes.add("firstspike eval " + out + " --weights " + npz + " judges it; --target says where");
        return new Written(List.of(out, npz), List.of(), notes);
    }

    /**
     * The experiment alone.
     *
     * @param like data, loss and training
     * @param target where it shall run
     * @param id of the experiment
     * @param source name of the imported file
     * @return the experiment, checked as if a user had written it
     */
    public Experiment experiment(ExperimentFile like, String target, String id, String source) {
        Map<String, Object> tree = copy(resolve(like).tree());
        tree.put("id", id);
        tree.put("status", "own");
        tree.remove("derived_from");
        tree.put("description", "imported from " + source);
        tree.put("target", target);
        tree.put("calibration", "current");
        // what is recorded, and which faults may pass, is the user's to say
        tree.put("record", List.of());
        tree.put("health", Map.of());
        tree.put("require", List.of());
        tree.put("reference", Map.of());
        map(tree, "encoding").put("input_copies", network.inputCopies());
        putNeuron(map(tree, "neuron"));
        putLayers(map(tree, "network"));
        putChip(tree);
        byte[] json = JsonText.compact(tree).getBytes(StandardCharsets.UTF_8);
        return new ExperimentFile(source + " as an experiment", Optional.empty(), json)
                .resolve(Overrides.none())
                .orThrow();
    }

    private void putNeuron(Map<String, Object> neuron) {
        NeuronModel model = network.neuron();
        neuron.put("tau_syn", model.tauSyn());
        neuron.put("tau_mem", model.tauMem());
        neuron.put("g_leak", model.gLeak());
        neuron.put("v_leak", model.vLeak());
        neuron.put("v_threshold", model.vThreshold());
        double ratio = model.tauMem() / model.tauSyn();
        boolean equal = Math.abs(ratio - 1) < SAME;
        boolean twice = Math.abs(ratio - 2) < SAME;
        neuron.put("learning_rule", equal ? "closed-form-equal" : twice ? "closed-form-double" : "implicit");
    }

    private void putLayers(Map<String, Object> tree) {
        List<?> old = (List<?>) tree.get("layers");
        List<Object> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            Map<String, Object> entry =
                    old.size() == network.layers().size() ? copy((Map<?, ?>) old.get(i)) : new LinkedHashMap<>();
            entry.put("name", layer.name());
            entry.put("size", layer.size());
            entry.put("bias_times", layer.biasTimes());
            entry.put("bias_copies", layer.biasCopies());
            layers.add(entry);
        }
        tree.put("inputs", network.inputs());
        tree.put("layers", layers);
    }

    /** Without a block of its own an experiment has 6 us; making one would round its weights. */
    private void putChip(Map<String, Object> tree) {
        if (!(tree.get("chip") instanceof Map<?, ?>)) {
            if (Math.abs(tauUs - 6) > SAME) {
                notes.add("on a chip add chip.tau_us " + tauUs + ": the experiment has no chip block");
            }
            return;
        }
        Map<String, Object> chip = map(tree, "chip");
        if (!(chip.get("tau_us") instanceof Number old) || Math.abs(old.doubleValue() - tauUs) > SAME) {
            chip.put("tau_us", tauUs);
            chip.remove("window_us");
            chip.put("calibration", Map.of());
            notes.add("chip.tau_us is " + tauUs + " and asks for a calibration of that time constant");
        }
    }

    /** A name for the experiment made of a file's. */
    static String id(Path out) {
        String name =
                out.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", "").toLowerCase(Locale.ROOT);
        String id = name.replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
        return id.isEmpty() ? "imported" : id.substring(0, Math.min(64, id.length()));
    }

    @SuppressWarnings("unchecked") // made by copy
    private static Map<String, Object> map(Map<String, Object> tree, String key) {
        return (Map<String, Object>) tree.get(key);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), copied(value)));
        return copy;
    }

    private static Object copied(Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(ImportedExperiment::copied).toList())
                : value;
    }
}
