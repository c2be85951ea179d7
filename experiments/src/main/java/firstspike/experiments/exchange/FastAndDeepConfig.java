package firstspike.experiments.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Keys of a fastAndDeep configuration as keys of an experiment (formats.md 7); what has no place is listed. */
final class FastAndDeepConfig {

    private static final Map<String, String> DATASETS =
            Map.of("yin_yang", "yin_yang", "16x16_mnist", "mnist_16x16", "mnist", "mnist");

    private final Map<String, Object> config;
    private final TreeSet<String> unread = new TreeSet<>();
    private final Set<String> leftOut = new LinkedHashSet<>();
    private long copies = 1;

    FastAndDeepConfig(Map<String, Object> config) {
        this.config = config;
        list("", config);
    }

    /** Keys without a counterpart and other things that an import cannot keep. */
    List<String> leftOut() {
        List<String> all = new ArrayList<>(leftOut);
        unread.forEach(key -> all.add("key " + key + ": no counterpart"));
        return all;
    }

    /** The tree of an experiment file, not checked yet. */
    Map<String, Object> experiment(String id, String target) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.experiment/1");
        tree.put("id", id);
        tree.put("status", "own");
        tree.put("description", "imported from a fastAndDeep configuration");
        tree.put("target", target);
        tree.put("dataset", dataset());
        Map<String, Object> encoding = encoding();
        tree.put("encoding", encoding);
        tree.put("neuron", neuron());
        tree.put("network", network());
        if (copies > 1) {
            encoding.put("input_copies", copies);
            leftOut.add("order of input copies: here copy after copy, so rows of exported weights must be put so");
        }
        tree.put("loss", loss());
        tree.put("training", training());
        forward().ifPresent(forward -> tree.put("forward", forward));
        Object substrate = take("training_params.substrate");
        leftOut.add("training_params.substrate " + substrate + ": the target is the one that was given");
        return tree;
    }

    private Map<String, Object> dataset() {
        Object name = take("dataset_params.name");
        Map<String, Object> dataset = new LinkedHashMap<>();
        dataset.put("name", name == null ? null : DATASETS.getOrDefault(String.valueOf(name), String.valueOf(name)));
        return dataset;
    }

    private Map<String, Object> encoding() {
        Map<String, Object> encoding = new LinkedHashMap<>();
        boolean images = String.valueOf(at("dataset_params.name")).endsWith("mnist");
        put(encoding, "t_early", take("dataset_params.early"));
        put(encoding, "t_late", take("dataset_params.late"));
        if (images) {
            encoding.put("inverted", true);
            encoding.put(
                    "late_is_absent", String.valueOf(at("dataset_params.name")).startsWith("16x16"));
        }
        if (take("dataset_params.multiply_input_layer") instanceof Long factor && factor > 1) {
            copies = factor;
        }
        return encoding;
    }

    private Map<String, Object> neuron() {
        Map<String, Object> neuron = new LinkedHashMap<>();
        put(neuron, "tau_syn", take("default_neuron_params.tau_syn"));
        put(neuron, "tau_mem", take("default_neuron_params.tau_mem"));
        put(neuron, "g_leak", take("default_neuron_params.g_leak"));
        put(neuron, "v_leak", take("default_neuron_params.leak"));
        put(neuron, "v_threshold", take("default_neuron_params.threshold"));
        double ratio = number(neuron.get("tau_mem"), 1) / number(neuron.get("tau_syn"), 1);
        neuron.put("learning_rule", ratio == 1 ? "closed-form-equal" : ratio == 2 ? "closed-form-double" : "implicit");
        return neuron;
    }

    private Map<String, Object> network() {
        Map<String, Object> network = new LinkedHashMap<>();
        Object inputs = take("network_layout.n_inputs");
        boolean whole = inputs instanceof Long count && count % copies == 0;
        put(network, "inputs", whole ? (Object) ((Long) inputs / copies) : inputs);
        List<Object> layers = new ArrayList<>();
        List<Object> biases = new ArrayList<>();
        Object given = take("network_layout.layers");
        for (Object item : given instanceof List<?> list ? list : List.of()) {
            if (!(item instanceof Map<?, ?> layer)) {
                leftOut.add("network_layout.layers: an item that is no map");
                continue;
            }
            String name = String.valueOf(layer.get("name"));
            switch (name) {
                case "Biases" -> biases.addAll(layer.get("times") instanceof List<?> times ? times : List.of());
                case "Multiplex" -> {
                    boolean first = layers.isEmpty() && biases.isEmpty() && copies == 1;
                    if (first && layer.get("factor") instanceof Long factor && factor > 1) {
                        copies = factor;
                    } else {
                        leftOut.add("layer Multiplex after neurons or biases: this version has none");
                    }
                }
                case "BroadcastLayer" -> {
                    // what it does, feeding all neurons of the next layer, is what every layer of ours does
                }
                case "NeuronLayer" -> {
                    layers.add(layer(layer, layers.size(), biases));
                    biases = new ArrayList<>();
                }
                default -> leftOut.add("layer " + name + ": this version has none");
            }
        }
        network.put("layers", layers);
        return network;
    }

    private Map<String, Object> layer(Map<?, ?> from, int index, List<Object> biases) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("name", "layer" + index);
        put(layer, "size", from.get("size"));
        layer.put("bias_times", biases);
        Map<String, Object> init = new LinkedHashMap<>();
        init.put("distribution", "normal");
        put(init, "mean", from.get("weights_mean"));
        put(init, "std", from.get("weights_std"));
        layer.put("weight_init", init);
        put(layer, "max_missing_fraction", from.get("max_num_missing_spikes"));
        put(layer, "trainable", from.get("trainable"));
        put(layer, "learning_rate", from.get("learning_rate"));
        for (Object key : from.keySet()) {
            boolean known = List.of(
                            "name",
                            "size",
                            "weights_mean",
                            "weights_std",
                            "max_num_missing_spikes",
                            "trainable",
                            "learning_rate")
                    .contains(key);
            if (!known) {
                leftOut.add("key network_layout.layers." + key + ": no counterpart");
            }
        }
        return layer;
    }

    private Map<String, Object> loss() {
        Map<String, Object> loss = new LinkedHashMap<>();
        String type = String.valueOf(take("training_params.loss.type"));
        switch (type) {
            case "MSE" -> {
                loss.put("kind", "mse");
                put(loss, "t_correct", take("training_params.loss.t_correct"));
                put(loss, "t_wrong", take("training_params.loss.t_wrong"));
            }
            case "shift_invariant_MSE" -> {
                loss.put("kind", "shift-invariant-mse");
                put(loss, "delta_t", take("training_params.loss.delta_t"));
            }
            default -> {
                loss.put("kind", "ttfs-cross-entropy");
                put(loss, "xi", take("training_params.loss.xi"));
                put(loss, "alpha", take("training_params.loss.alpha"));
                put(loss, "beta", take("training_params.loss.beta"));
                if (!type.equals("TTFS")) {
                    leftOut.add("training_params.loss.type " + type + ": taken as TTFS");
                }
            }
        }
        return loss;
    }

    private Map<String, Object> training() {
        Map<String, Object> training = new LinkedHashMap<>();
        Object epochs = take("training_params.epoch_number");
        put(training, "epochs", epochs);
        put(training, "batch_size", take("training_params.batch_size"));
        put(training, "batch_size_evaluation", take("training_params.batch_size_eval"));
        Map<String, Object> optimizer = new LinkedHashMap<>();
        String kind = String.valueOf(take("training_params.optimizer"));
        optimizer.put("kind", kind.equals("adam") ? "adam" : "sgd");
        put(optimizer, "learning_rate", take("training_params.learning_rate"));
        Object momentum = take("training_params.momentum");
        if (!kind.equals("adam")) {
            put(optimizer, "momentum", momentum);
        }
        training.put("optimizer", optimizer);
        schedule().ifPresent(schedule -> training.put("schedule", schedule));
        if (at("training_params.training_noise") instanceof Map<?, ?>) {
            Map<String, Object> noise = new LinkedHashMap<>();
            put(noise, "mean", take("training_params.training_noise.mean"));
            put(noise, "std", take("training_params.training_noise.std_dev"));
            training.put("input_time_noise", noise);
        } else {
            take("training_params.training_noise");
        }
        put(training, "max_weight_gradient", take("default_neuron_params.max_dw_norm"));
        training.put("min_slope", null); // the published code has no floor
        put(training, "weight_clip", take("training_params.clip_weights_max"));
        put(training, "weight_resolution", take("training_params.rounding_precision"));
        Map<String, Object> rescue = new LinkedHashMap<>();
        put(rescue, "value", take("training_params.weight_bumping_value"));
        put(rescue, "exponential", take("training_params.weight_bumping_exp"));
        put(rescue, "targeted", take("training_params.weight_bumping_targeted"));
        training.put("silent_rescue", rescue.isEmpty() ? null : rescue);
        Object snapshots = take("training_params.epoch_snapshots");
        if (snapshots instanceof List<?> list && !list.isEmpty() && epochs instanceof Long last) {
            TreeSet<Long> sorted = new TreeSet<>(List.of(last));
            list.forEach(each -> {
                if (each instanceof Long epoch && epoch <= last) {
                    sorted.add(epoch);
                }
            });
            training.put("snapshots_epochs", new ArrayList<>(sorted));
        }
        Map<String, Object> seeds = new LinkedHashMap<>();
        put(seeds, "weights_and_batches", take("training_params.torch_seed"));
        put(seeds, "numpy", take("training_params.numpy_seed"));
        training.put("seeds", seeds);
        leftOut.add("draws: the same seeds give other numbers here than there");
        return training;
    }

    private Optional<Map<String, Object>> schedule() {
        Object type = take("training_params.lr_scheduler.type");
        if ("StepLR".equals(type)) {
            Map<String, Object> schedule = new LinkedHashMap<>();
            schedule.put("kind", "step");
            put(schedule, "every_epochs", take("training_params.lr_scheduler.step_size"));
            put(schedule, "gamma", take("training_params.lr_scheduler.gamma"));
            return Optional.of(schedule);
        }
        if ("ExponentialLR".equals(type)) {
            Map<String, Object> schedule = new LinkedHashMap<>();
            schedule.put("kind", "exponential");
            schedule.put("every_epochs", 1L);
            put(schedule, "gamma", take("training_params.lr_scheduler.gamma"));
            return Optional.of(schedule);
        }
        if (type != null) {
            leftOut.add("training_params.lr_scheduler.type " + type + ": no counterpart, the rate stays");
        }
        return Optional.empty();
    }

    private Optional<Map<String, Object>> forward() {
        Object step = take("training_params.resolution");
        Object duration = take("training_params.sim_time");
        if (!Boolean.TRUE.equals(take("training_params.use_forward_integrator"))) {
            return Optional.empty();
        }
        Map<String, Object> forward = new LinkedHashMap<>();
        forward.put("kind", "euler");
        put(forward, "step", step);
        put(forward, "duration", duration);
        return Optional.of(forward);
    }

    private static void put(Map<String, Object> map, String key, Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private static double number(Object value, double otherwise) {
        return value instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** A value by its path, marked as read. */
    private Object take(String path) {
        unread.removeIf(key -> key.equals(path) || key.startsWith(path + "."));
        return at(path);
    }

    private Object at(String path) {
        Object value = config;
        for (String key : path.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    private void list(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> list(path.isEmpty() ? String.valueOf(key) : path + "." + key, below));
        } else {
            unread.add(path);
        }
    }
}
