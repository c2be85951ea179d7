package firstspike.experiments.config;

import static firstspike.experiments.config.Key.of;
import static firstspike.experiments.config.Key.optional;
import static firstspike.experiments.config.Key.optionalOrNull;
import static firstspike.experiments.config.Key.orNull;
import static firstspike.experiments.config.Key.required;

import firstspike.experiments.dataset.Digits;
import firstspike.experiments.dataset.SpikePatterns;
import firstspike.runtime.distortion.DistortionKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All keys of an experiment file with their rules and defaults, in the order of formats.md 7. */
final class ExperimentSchema {

    /** Task of an experiment that learns nothing: stimulus in, spikes out. */
    static final String RECORD = "record";

    private static final long LARGEST_SIZE = 10_000_000;
    private static final NumberRule TAU_ABOVE_0 = NumberRule.above(0).in(Dimension.MODEL_TIME);
    private static final NumberRule TAU_FROM_0 = NumberRule.from(0).in(Dimension.MODEL_TIME);
    private static final NumberRule TAU = NumberRule.any().in(Dimension.MODEL_TIME);
    private static final NumberRule US_ABOVE_0 = NumberRule.above(0).in(Dimension.CHIP_TIME);
    private static final IntegerRule SEED = new IntegerRule(0, Long.MAX_VALUE);
    private static final IntegerRule POSITIVE = new IntegerRule(1, LARGEST_SIZE);
    private static final NumberRule FRACTION = NumberRule.between(0, 1);
    private static final NumberRule BELOW_1 = NumberRule.between(0, Math.nextDown(1.0));

    private static final MapRule DATASET = MapRule.by(
            required(
                    "name",
                    new ChoiceRule(
                            List.of("yin_yang", "digits", "mnist_16x16", "mnist", "fashion_mnist", SpikePatterns.NAME),
                            laterDatasets()),
                    "which data set"),
            datasets());

    private static final MapRule ENCODING = MapRule.of(
            of("t_early", TAU_FROM_0, "0.15", "earliest input time"),
            of("t_late", TAU_ABOVE_0, "2.0", "latest input time"),
            of("inverted", new FlagRule(), "false", "large values spike early"),
            of("late_is_absent", new FlagRule(), "false", "a value at the late end does not spike"),
            of("input_copies", new IntegerRule(1, 64), "1", "rows an input has"));

    private static final MapRule NEURON = MapRule.of(
            of("tau_syn", TAU_ABOVE_0, "1.0", "synaptic time constant"),
            of("tau_mem", TAU_ABOVE_0, "1.0", "membrane time constant"),
            of("g_leak", NumberRule.above(0), "1.0", "leak conductance"),
            of("v_leak", NumberRule.any(), "0.0", "leak potential"),
            of("v_threshold", NumberRule.any(), "1.0", "threshold, above the leak"),
            of(
                    "learning_rule",
                    ChoiceRule.of(
                            "closed-form-equal",
                            "closed-form-double",
                            "implicit",
                            "implicit-measured",
                            "event-prop",
                            "event-prop-measured"),
                    "closed-form-equal",
                    "how derivatives of spike times are computed"),
            optional("refractory", TAU_FROM_0, "time at the reset after a spike (event-prop: 0.333)"),
            optional("holdoff", TAU_FROM_0, "time after that without spikes (event-prop: 0)"),
            optional("v_reset", NumberRule.any(), "reset potential, below the threshold (event-prop: v_leak)"));

    private static final MapRule WEIGHT_INIT = MapRule.of(
            of(
                    "distribution",
                    new ChoiceRule(List.of("normal", "uniform"), Map.of("npz", "train with --from FILE.npz instead")),
                    "normal",
                    "of the initial weights"),
            of("mean", NumberRule.any(), "0.0", "mean"),
            of("std", NumberRule.from(0), "1.0", "standard deviation"));

    private static final MapRule DELAYS = MapRule.of(of(
            "kind",
            new ChoiceRule(
                    List.of("none"),
                    Map.of(
                            "axonal", "leave delays out",
                            "synaptic", "leave delays out",
                            "dendritic", "leave delays out")),
            "none",
            "which paths are delayed"));

    private static final MapRule LAYER = MapRule.of(
            optional("name", TextRule.matching("[a-z][a-z0-9_-]{0,31}", 32, "[a-z][a-z0-9_-]*"), "name of the layer"),
            required("size", new IntegerRule(0, LARGEST_SIZE), "number of neurons"),
            of("bias_times", ListRule.of(TAU_FROM_0), "[]", "times of bias inputs"),
            of("bias_copies", new IntegerRule(1, 64), "1", "rows a bias has"),
            of("weight_init", WEIGHT_INIT, "{}", "initial weights"),
            of("max_missing_fraction", FRACTION, "0.3", "share of silent neurons before rescue"),
            of("trainable", new FlagRule(), "true", "weights are learnt"),
            optionalOrNull(
                    "max_spikes",
                    new IntegerRule(1, Integer.MAX_VALUE - 1),
                    "spikes of a neuron that count; null: all (event-prop: null, other rules: 1)"),
            optionalOrNull(
                    "recurrent", new UnbuiltRule("recurrent layers, as a library only"), "weights inside the layer"),
            orNull("neuron", new UnbuiltRule("neurons of one layer only"), "null", "overrides"),
            orNull("learning_rate", NumberRule.from(0), "null", "of this layer only"),
            of("delays", DELAYS, "{}", "delays"));

    private static final MapRule NETWORK = MapRule.of(
            required("inputs", new IntegerRule(1, 100_000), "number of inputs before copying"),
            required("layers", new ListRule(LAYER, 1, 100), "from input to output"));

    private static final MapRule LOSS = MapRule.by(
            of(
                    "kind",
                    ChoiceRule.of(
                            "ttfs-cross-entropy",
                            "mse",
                            "shift-invariant-mse",
                            "spike-count",
                            "target-trains",
                            "last-spike"),
                    "ttfs-cross-entropy",
                    "which loss"),
            losses());

    private static final MapRule OPTIMIZER = MapRule.by(
            of("kind", ChoiceRule.of("adam", "sgd"), "adam", "which optimiser"),
            Map.of(
                    "adam",
                    List.of(
                            of("learning_rate", NumberRule.from(0), "0.005", "rate before the schedule"),
                            of("beta1", BELOW_1, "0.9", "decay of the first moment"),
                            of("beta2", BELOW_1, "0.999", "decay of the second moment"),
                            of("epsilon", NumberRule.above(0), "1.0e-8", "added to the denominator")),
                    "sgd",
                    List.of(
                            of("learning_rate", NumberRule.from(0), "0.005", "rate before the schedule"),
                            of("momentum", BELOW_1, "0.0", "decay of the buffer"))));

    private static final List<Key> FALLING = List.of(
            of("every_epochs", POSITIVE, "20", "epochs a factor"),
            of("gamma", new NumberRule(Dimension.NONE, 0, true, 1), "0.95", "factor"));

    private static final MapRule SCHEDULE = MapRule.by(
            required("kind", ChoiceRule.of("step", "exponential", "cosine"), "shape"),
            Map.of("step", FALLING, "exponential", FALLING, "cosine", List.of()));

    private static final MapRule RESCUE = MapRule.of(
            of("value", NumberRule.above(0), "0.0005", "first bump"),
            of("exponential", new FlagRule(), "true", "doubles while it repeats"),
            of("targeted", new FlagRule(), "true", "only neurons that were silent"),
            of("learn", new FlagRule(), "false", "a rescued batch also does its update"),
            orNull("max", NumberRule.above(0), "null", "upper limit of the bump"),
            optional(
                    "labels",
                    ChoiceRule.of("true", "false", "probe"),
                    "silent labels: rescued like others, left alone, or lifted by probes (event-prop: probe)"));

    private static final MapRule SPIKE_COUNT = MapRule.of(
            of("min", NumberRule.from(0), "0.0", "smallest mean count of a neuron"),
            of("max", NumberRule.from(0), "6.0", "largest mean count of a neuron"),
            of("value", NumberRule.from(0), "0.0005", "change of its weights"));

    private static final MapRule TRAINING = MapRule.of(
            required("epochs", new IntegerRule(0, LARGEST_SIZE), "passes over the training data"),
            required("batch_size", POSITIVE, "samples a step"),
            of("batch_size_evaluation", POSITIVE, "1000", "samples a validation batch"),
            of("shuffle", new FlagRule(), "true", "new order each epoch"),
            of("drop_last_batch", new FlagRule(), "false", "leave a smaller last batch out"),
            of("optimizer", OPTIMIZER, "{}", "optimiser"),
            orNull("schedule", SCHEDULE, "null", "how the rate falls"),
            orNull(
                    "input_time_noise",
                    MapRule.of(of("mean", TAU, "0.0", "mean"), of("std", TAU_FROM_0, "0.0", "standard deviation")),
                    "null",
                    "on training inputs"),
            orNull("max_weight_gradient", NumberRule.above(0), "0.2", "larger contributions are dropped"),
            orNull("min_slope", new NumberRule(Dimension.NONE, 0, true, 1), "0.1", "floor of the slope in gradients"),
            orNull("weight_clip", NumberRule.above(0), "null", "largest weight"),
            orNull("weight_resolution", NumberRule.above(0), "null", "step of weights"),
            orNull("silent_rescue", RESCUE, "{}", "how silent neurons are brought back"),
            optional("probe", NumberRule.from(0), "lift of a label's membrane where a spike is wanted (event-prop)"),
            optional("match", TAU_FROM_0, "largest distance of a spike and its target (event-prop: 1)"),
            optionalOrNull("spike_count", SPIKE_COUNT, "bounds of hidden spike counts (event-prop)"),
            optional("spike_limit", POSITIVE, "most spikes of a sample (event-prop: 10000)"),
            optionalOrNull("t_end", TAU_ABOVE_0, "later spikes do not exist (event-prop: null)"),
            of("snapshots_epochs", new SnapshotRule(), "last", "checkpoints that are kept"),
            orNull(
                    "stop_after",
                    NumberRule.above(0).in(Dimension.DURATION),
                    "null",
                    "clean stop with a checkpoint after this time"),
            orNull("drift_check_epochs", POSITIVE, "null", "epochs between two looks at a calibration (null: 20)"),
            of(
                    "seeds",
                    MapRule.of(
                            of("weights_and_batches", SEED, "0", "initial weights and order"),
                            of("numpy", SEED, "0", "noise")),
                    "{}",
                    "seeds of the random streams"));

    private static final MapRule FORWARD = MapRule.by(
            of("kind", ChoiceRule.of("event-driven", "euler"), "event-driven", "how ideal spike times are found"),
            Map.of(
                    "euler",
                    List.of(
                            of("step", TAU_ABOVE_0, "0.01", "time step"),
                            of("duration", TAU_ABOVE_0, "3.5", "simulated time"))));

    private static final MapRule CHIP = MapRule.of(
            of("tau_us", US_ABOVE_0, "6.0", "one unit of time on the chip"),
            optional("window_tau", NumberRule.from(8).in(Dimension.MODEL_TIME), "time a sample has"),
            optional("window_us", US_ABOVE_0, "the same in microseconds"),
            of("timing_offset_us", NumberRule.from(0).in(Dimension.CHIP_TIME), "100.0", "before the first sample"),
            of("retries", new IntegerRule(0, 100), "5", "repeats of an invalid run"),
            of("scale_weights", NumberRule.above(0), "30.0", "LSB a unit weight has"),
            of("row_copies", new CopiesRule(), "1", "row pairs an input has"),
            of("time_zero", ChoiceRule.of("marker", "sync-and-reset"), "marker", "how time zero is found"),
            of("source_order", ChoiceRule.of("spread", "published"), "spread", "how inputs are numbered"),
            of("synapse_dac_bias", new IntegerRule(0, 1022), "1000", "code of the synapse bias"),
            of(
                    "calibration",
                    MapRule.of(
                            optional("leak", NumberRule.any(), "leak in model units, for the record"),
                            optional("threshold", NumberRule.any(), "threshold in model units, for the record"),
                            optional("tau_mem_us", US_ABOVE_0, "wanted membrane time constant"),
                            optional("tau_syn_us", US_ABOVE_0, "wanted synaptic time constant")),
                    "{}",
                    "what a calibration must have aimed at"),
            orNull("neuron_size", new IntegerRule(1, 4), "null", "circuits a neuron has; null: the mapper chooses"),
            of("bias_only_in_first_layer", new FlagRule(), "false", "no biases in later layers"));

    private static final MapRule DISTORTION = MapRule.of(
            required("kind", new ChoiceRule(DistortionKind.ids(), Map.of()), "which imperfection"),
            orNull("value", NumberRule.from(0), "null", "how strong it is"),
            of(
                    "rule",
                    ChoiceRule.of("nominal", "measured"),
                    "nominal",
                    "whether the rule knows the time constants of every neuron"));

    private static final MapRule HEALTH = MapRule.of(
            of("allow", ListRule.of(TextRule.upTo(64)), "[]", "falsifying counters that are accepted"),
            of("limits", new FreeMapRule(NumberRule.from(0)), "{}", "other limits of counters"));

    private static final MapRule REPORT = MapRule.of(of(
            "figures",
            new FiguresRule(),
            "all",
            "which figures a run leaves: all, or a list of " + String.join(", ", FiguresRule.DRAWN)));

    /** The whole file. */
    static final MapRule EXPERIMENT = MapRule.of(
            required("schema", ChoiceRule.of("firstspike.experiment/1"), "version of this format"),
            required(
                    "id", TextRule.matching("[a-z0-9-]{1,64}", 64, "[a-z0-9-], 1 to 64 characters"), "name of the run"),
            of("status", ChoiceRule.of("own", "published"), "own", "whose values these are"),
            optional("derived_from", TextRule.upTo(64), "published experiment whose values were changed"),
            of("description", TextRule.upTo(4096), "\"\"", "free text"),
            of("task", ChoiceRule.of("classify", RECORD), "classify", "what is done"),
            orNull("study", ChoiceRule.of("robustness"), "null", "the run is a point of a study"),
            orNull("distortion", DISTORTION, "null", "with study: what is not as the rule believes"),
            optional("target", TextRule.upTo(4096), "where it runs"),
            of("calibration", TextRule.upTo(256), "current", "which calibration"),
            of(
                    "calibration_max_age",
                    NumberRule.from(0).in(Dimension.DURATION),
                    "\"7 d\"",
                    "older ones degrade the result"),
            required("dataset", DATASET, "what is learnt"),
            of("encoding", ENCODING, "{}", "how values become times"),
            of("neuron", NEURON, "{}", "the neuron of all layers"),
            required("network", NETWORK, "inputs and layers"),
            of("loss", LOSS, "{}", "what is made small"),
            required("training", TRAINING, "how it is learnt"),
            of("forward", FORWARD, "{}", "how ideal spike times are found"),
            optional("chip", CHIP, "how the network is put onto a chip"),
            of("record", new RecordRule(), "[]", "what is recorded"),
            of("health", HEALTH, "{}", "which counters may be what"),
            of("report", REPORT, "{}", "what is drawn"),
            of("require", ListRule.of(new RequirementRule()), "[]", "what must hold at the end"),
            of("reference", new FreeMapRule(null), "{}", "published values, never tested"));

    /** The file of such an experiment: a network and how it lies on a chip. */
    private static final MapRule RECORDING = new MapRule(
            EXPERIMENT.keys().stream()
                    .filter(key -> !List.of(
                                    "study",
                                    "distortion",
                                    "dataset",
                                    "loss",
                                    "forward",
                                    "report",
                                    "require",
                                    "reference")
                            .contains(key.name()))
                    .map(key -> switch (key.name()) {
                        case "encoding" ->
                            of("encoding", MapRule.of(key("input_copies", ENCODING)), "{}", "rows of inputs");
                        case "training" ->
                            of(
                                    "training",
                                    MapRule.of(
                                            key("weight_clip", TRAINING),
                                            key("weight_resolution", TRAINING),
                                            key("seeds", TRAINING)),
                                    "{}",
                                    "how weights are drawn");
                        default -> key;
                    })
                    .toList(),
            null,
            Map.of());

    private ExperimentSchema() {}

    /** The rule of a whole file, which its task decides. */
    static MapRule forFile(YamlNode root) {
        YamlNode.Entry task = root.entries().get("task");
        boolean records = task != null
                && task.value().kind() == YamlNode.Kind.SCALAR
                && RECORD.equals(task.value().text());
        return records ? RECORDING : EXPERIMENT;
    }

    private static Key key(String name, MapRule rule) {
        return rule.keys().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> laterDatasets() {
        Map<String, String> later = new LinkedHashMap<>();
        for (String name : new String[] {"bars", "xor", "single", "pattern", "npz", "csv", "idx"}) {
            later.put(name, "take yin_yang, digits or one of the MNIST kinds");
        }
        return later;
    }

    private static Map<String, List<Key>> datasets() {
        List<Key> images = List.of(
                size("train_size", 50_000),
                size("validation_size", 10_000),
                size("test_size", 10_000),
                optional("files", TextRule.upTo(4096), "folder of the files"),
                of("verify", new FlagRule(), "true", "check the published SHA-256"),
                of(
                        "split",
                        TextRule.upTo(1024),
                        "first 50000 of the training file, last 10000 of it, test file",
                        "description"),
                of("preprocessing", TextRule.upTo(1024), "\"\"", "description"));
        Map<String, List<Key>> variants = new LinkedHashMap<>();
        variants.put(
                "yin_yang",
                List.of(
                        size("train_size", 5000),
                        size("validation_size", 1000),
                        size("test_size", 1000),
                        of(
                                "seeds",
                                MapRule.of(
                                        of("train", new IntegerRule(0, 0xFFFFFFFFL), "42", "of the training samples"),
                                        of("validation", new IntegerRule(0, 0xFFFFFFFFL), "41", "of the validation"),
                                        of("test", new IntegerRule(0, 0xFFFFFFFFL), "40", "of the test")),
                                "{}",
                                "of the generator"),
                        of("split", TextRule.upTo(1024), "generated from the seeds", "description"),
                        of("preprocessing", TextRule.upTo(1024), "\"x, y, 1-x, 1-y\"", "description")));
        variants.put(
                "digits",
                List.of(
                        size("train_size", Digits.TRAIN),
                        size("validation_size", Digits.VALIDATION),
                        size("test_size", Digits.TEST),
                        of(
                                "split",
                                TextRule.upTo(1024),
                                "1197 images in order, the next 300, the last 300",
                                "description"),
                        of("preprocessing", TextRule.upTo(1024), "8 x 8 enlarged to 16 x 16", "description")));
        variants.put(
                SpikePatterns.NAME,
                List.of(
                        size("train_size", 30),
                        size("validation_size", 30),
                        size("test_size", 300),
                        of("patterns", new IntegerRule(1, 1000), "3", "number of patterns"),
                        of("jitter", TAU_FROM_0, "0.05", "standard deviation of event times in validation and test"),
                        of(
                                "seeds",
                                MapRule.of(
                                        of("train", SEED, "1", "of patterns and targets"),
                                        of("validation", SEED, "41", "of the validation's jitter"),
                                        of("test", SEED, "40", "of the test's jitter")),
                                "{}",
                                "of the generator")));
        variants.put("mnist_16x16", images);
        variants.put("mnist", images);
        variants.put("fashion_mnist", images);
        return variants;
    }

    private static Key size(String name, int fallback) {
        return of(name, new IntegerRule(0, LARGEST_SIZE), String.valueOf(fallback), "number of samples");
    }

    private static Map<String, List<Key>> losses() {
        Key missing =
                of("missing_true_label_loss", NumberRule.from(0), "100.0", "loss of a sample whose label stays silent");
        Map<String, List<Key>> losses = new LinkedHashMap<>();
        losses.put(
                "spike-count",
                List.of(
                        of("decay", TAU_ABOVE_0, "2.0", "time constant of a spike's worth"),
                        of("scale", NumberRule.above(0), "2.0", "worth of a spike at time 0"),
                        missing));
        losses.put(
                "target-trains",
                List.of(of("tau", TAU_ABOVE_0, "1.0", "time constant of the filter of trains"), missing));
        losses.put(
                "last-spike",
                List.of(
                        required("t_correct", TAU_FROM_0, "wanted time of the true label's last spike"),
                        required("t_wrong", TAU_FROM_0, "wanted time of the others' last spikes"),
                        missing));
        losses.putAll(Map.of(
                "ttfs-cross-entropy",
                List.of(
                        of("xi", NumberRule.above(0), "0.2", "width of the soft minimum"),
                        of("alpha", NumberRule.from(0), "0.005", "weight of early spikes"),
                        of("beta", NumberRule.above(0), "1.0", "scale of early spikes"),
                        missing),
                "mse",
                List.of(
                        required("t_correct", TAU_FROM_0, "wanted time of the true label"),
                        required("t_wrong", TAU_FROM_0, "wanted time of the others"),
                        missing),
                "shift-invariant-mse",
                List.of(required("delta_t", TAU_FROM_0, "how much later the others shall be"), missing)));
        return losses;
    }
}
