package firstspike.experiments.config;

import firstspike.experiments.dataset.DatasetRequest;
import firstspike.experiments.dataset.Encoding;
import firstspike.experiments.dataset.SpikePatterns;
import firstspike.runtime.learning.CrossEntropyLoss;
import firstspike.runtime.learning.GradientSettings;
import firstspike.runtime.learning.InputTimeNoise;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.Loss;
import firstspike.runtime.learning.MeanSquaredLoss;
import firstspike.runtime.learning.OptimizerSettings;
import firstspike.runtime.learning.RescueSettings;
import firstspike.runtime.learning.Schedule;
import firstspike.runtime.learning.ShiftInvariantLoss;
import firstspike.runtime.learning.WeightGrid;
import firstspike.runtime.learning.WeightInit;
import firstspike.runtime.learning.eventprop.CountRule;
import firstspike.runtime.learning.eventprop.FirstSpikeTrainLoss;
import firstspike.runtime.learning.eventprop.LastSpikeLoss;
import firstspike.runtime.learning.eventprop.ProbeSettings;
import firstspike.runtime.learning.eventprop.SpikeCountLoss;
import firstspike.runtime.learning.eventprop.TargetTrainsLoss;
import firstspike.runtime.learning.eventprop.TrainLoss;
import firstspike.runtime.learning.eventprop.TrainSettings;
import firstspike.runtime.network.AfterSpike;
import firstspike.runtime.network.ChipSettings;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.network.NeuronModel;
import firstspike.runtime.training.LayerPlan;
import firstspike.runtime.training.TrainingPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes an experiment of a tree that was checked. */
final class ExperimentReader {
    /** Strength of a probe where labels are classes, and where trains are the target. */
    private static final double PROBE_OF_CLASSES = 2;

    private static final double PROBE_OF_TRAINS = 0.5;
    /** How silent labels of rules of trains are treated without the key. */
    private static final String PROBE = "probe";

    private final Values values;
    private final Optional<Path> folder;

    private ExperimentReader(Map<String, Object> tree, Optional<Path> folder) {
        this.values = new Values(tree);
        this.folder = folder;
    }

    static Experiment read(Map<String, Object> tree, Optional<Path> folder) {
        return new ExperimentReader(tree, folder).experiment();
    }

    private Experiment experiment() {
        boolean trains = !values.text("task").equals(ExperimentSchema.RECORD);
        Object figures = trains ? values.at("report.figures") : List.of();
        return new Experiment(
                values.text("id"),
                values.text("status"),
                values.text("target"),
                values.text("calibration"),
                Duration.ofNanos(Math.round(values.number("calibration_max_age") * 1e9)),
                values.has("training.drift_check_epochs")
                        ? OptionalInt.of(values.integer("training.drift_check_epochs"))
                        : OptionalInt.empty(),
                trains ? dataset() : noDataset(),
                trains
                        ? new Encoding(
                                values.number("encoding.t_early"),
                                values.number("encoding.t_late"),
                                values.flag("encoding.inverted"),
                                values.flag("encoding.late_is_absent"))
                        : new Encoding(0, 1, false, false),
                network(),
                trains ? training() : noTraining(),
                grid(),
                StudyPoints.of(values),
                values.has("chip") ? Optional.of(chip()) : Optional.empty(),
                trains && values.text("forward.kind").equals("euler"),
                health(),
                figures.equals("all") ? FiguresRule.DRAWN : trains ? values.list("report.figures") : List.of(),
                trains
                        ? values.<String>list("require").stream()
                                .map(text -> Requirement.parse(text).orElseThrow())
                                .toList()
                        : List.of(),
                Recording.of(values.list("record")),
                values.tree());
    }

    private DatasetRequest noDataset() {
        Path home = folder.orElse(Path.of("")).toAbsolutePath();
        return new DatasetRequest("none", 0, 0, 0, 0, 0, 0, Optional.empty(), home, Optional.empty(), false);
    }

    /** Only draws weights. */
    private TrainingPlan noTraining() {
        return new TrainingPlan(
                0,
                1,
                1,
                false,
                false,
                GradientSettings.of(LearningRule.IMPLICIT, 0, Double.POSITIVE_INFINITY),
                new MeanSquaredLoss(0, 1, 0),
                OptimizerSettings.sgd(0, 0),
                Schedule.CONSTANT,
                Optional.empty(),
                Optional.empty(),
                layers(0),
                new TreeSet<>(),
                Optional.empty(),
                values.wide("training.seeds.weights_and_batches"),
                values.wide("training.seeds.numpy"));
    }

    private DatasetRequest dataset() {
        boolean generated = values.has("dataset.seeds");
        return new DatasetRequest(
                values.text("dataset.name"),
                values.integer("dataset.train_size"),
                values.integer("dataset.validation_size"),
                values.integer("dataset.test_size"),
                generated ? values.wide("dataset.seeds.train") : 0,
                generated ? values.wide("dataset.seeds.validation") : 0,
                generated ? values.wide("dataset.seeds.test") : 0,
                values.optionalText("dataset.files").map(Path::of),
                folder.orElse(Path.of("")).toAbsolutePath(),
                Optional.empty(),
                values.has("dataset.verify") && values.flag("dataset.verify"),
                patterns());
    }

    private Network network() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < values.size("network.layers"); i++) {
            String key = "network.layers." + i;
            layers.add(new Layer(
                    values.text(key + ".name"),
                    values.integer(key + ".size"),
                    values.list(key + ".bias_times"),
                    values.integer(key + ".bias_copies"),
                    maxSpikes(key)));
        }
        NeuronModel neuron = new NeuronModel(
                values.number("neuron.tau_syn"),
                values.number("neuron.tau_mem"),
                values.number("neuron.g_leak"),
                values.number("neuron.v_leak"),
                values.number("neuron.v_threshold"),
                afterSpike());
        return new Network(values.integer("network.inputs"), values.integer("encoding.input_copies"), neuron, layers);
    }

    /** Without the key: all spikes for the rules that learn from them, the first one for the others. */
    private int maxSpikes(String layer) {
        boolean given = values.map(layer).containsKey("max_spikes");
        boolean all = given ? !values.has(layer + ".max_spikes") : named().manySpikes();
        return all ? Layer.ANY_NUMBER : given ? values.integer(layer + ".max_spikes") : 1;
    }

    private AfterSpike afterSpike() {
        double leak = values.number("neuron.v_leak");
        return named().manySpikes()
                ? new AfterSpike(
                        values.optionalNumber("neuron.refractory").orElse(CrossChecks.REFRACTORY_TAU),
                        values.optionalNumber("neuron.holdoff").orElse(0),
                        values.optionalNumber("neuron.v_reset").orElse(leak))
                : new AfterSpike(0, 0, leak);
    }

    private LearningRule named() {
        return LearningRule.ofId(values.text("neuron.learning_rule"));
    }

    private Optional<TrainSettings> trains() {
        String labels = values.optionalText("training.silent_rescue.labels").orElse(PROBE);
        boolean asked = values.has("training.silent_rescue.labels") && labels.equals(PROBE);
        if (!rule().manySpikes() && !asked) {
            return Optional.empty();
        }
        TrainLoss loss = trainLoss();
        boolean trains = loss.kind() == TrainLoss.Kind.TARGET_TRAINS;
        boolean rescue = labels.equals("true");
        double probe = !labels.equals(PROBE) ? 0 : trains ? PROBE_OF_TRAINS : PROBE_OF_CLASSES;
        return Optional.of(new TrainSettings(
                loss,
                new ProbeSettings(
                        values.optionalNumber("training.probe").orElse(probe),
                        values.optionalNumber("training.match").orElse(1)),
                values.has("training.spike_count")
                        ? Optional.of(new CountRule(
                                values.number("training.spike_count.min"),
                                values.number("training.spike_count.max"),
                                values.number("training.spike_count.value")))
                        : Optional.empty(),
                rescue,
                values.has("training.spike_limit") ? values.integer("training.spike_limit") : TrainSettings.SPIKE_LIMIT,
                values.optionalNumber("training.t_end").orElse(Double.POSITIVE_INFINITY),
                0));
    }

    private TrainLoss trainLoss() {
        return switch (values.text("loss.kind")) {
            case "spike-count" -> new SpikeCountLoss(values.number("loss.decay"), values.number("loss.scale"));
            case "target-trains" ->
                new TargetTrainsLoss(
                        values.number("loss.tau"), patterns().orElseThrow().targets());
            case "last-spike" ->
                new LastSpikeLoss(
                        values.number("loss.t_correct"),
                        values.number("loss.t_wrong"),
                        values.number("loss.missing_true_label_loss"));
            default -> new FirstSpikeTrainLoss(loss());
        };
    }

    private Optional<SpikePatterns> patterns() {
        if (!values.text("dataset.name").equals(SpikePatterns.NAME)) {
            return Optional.empty();
        }
        int last = values.size("network.layers") - 1;
        return Optional.of(new SpikePatterns(
                values.integer("dataset.patterns"),
                values.integer("network.inputs"),
                values.integer("network.layers." + last + ".size"),
                values.wide("dataset.seeds.train"),
                values.number("dataset.jitter")));
    }

    private List<LayerPlan> layers(double rate) {
        List<LayerPlan> layers = new ArrayList<>();
        for (int i = 0; i < values.size("network.layers"); i++) {
            String key = "network.layers." + i;
            WeightInit initial = new WeightInit(
                    WeightInit.Distribution.valueOf(
                            values.text(key + ".weight_init.distribution").toUpperCase(Locale.ROOT)),
                    values.number(key + ".weight_init.mean"),
                    values.number(key + ".weight_init.std"));
            double own = values.optionalNumber(key + ".learning_rate").orElse(rate);
            layers.add(new LayerPlan(
                    initial,
                    values.number(key + ".max_missing_fraction"),
                    values.flag(key + ".trainable"),
                    rate == 0 ? 1 : own / rate));
        }
        return layers;
    }

    private TrainingPlan training() {
        double clip = grid().limit();
        int epochs = values.integer("training.epochs");
        return new TrainingPlan(
                epochs,
                values.integer("training.batch_size"),
                values.integer("training.batch_size_evaluation"),
                values.flag("training.shuffle"),
                values.flag("training.drop_last_batch"),
                GradientSettings.of(
                        rule(),
                        values.optionalNumber("training.min_slope").orElse(0),
                        values.optionalNumber("training.max_weight_gradient").orElse(Double.POSITIVE_INFINITY)),
                loss(),
                optimizer(),
                schedule(),
                values.has("training.silent_rescue") ? Optional.of(rescue(clip)) : Optional.empty(),
                values.has("training.input_time_noise")
                        ? Optional.of(new InputTimeNoise(
                                values.number("training.input_time_noise.mean"),
                                values.number("training.input_time_noise.std")))
                        : Optional.empty(),
                layers(values.number("training.optimizer.learning_rate")),
                new TreeSet<>(SnapshotRule.epochs(values.at("training.snapshots_epochs"), epochs)),
                values.has("training.stop_after")
                        ? Optional.of(Duration.ofNanos(Math.round(values.number("training.stop_after") * 1e9)))
                        : Optional.empty(),
                values.wide("training.seeds.weights_and_batches"),
                values.wide("training.seeds.numpy"),
                trains());
    }

    private LearningRule rule() {
        LearningRule own = LearningRule.ofId(values.text("neuron.learning_rule"));
        return StudyPoints.of(values).map(point -> point.rule(own)).orElse(own);
    }

    private WeightGrid grid() {
        WeightGrid own = new WeightGrid(
                values.optionalNumber("training.weight_resolution").orElse(0),
                values.optionalNumber("training.weight_clip").orElse(Double.POSITIVE_INFINITY));
        return StudyPoints.of(values).map(point -> point.grid(own)).orElse(own);
    }

    private Loss loss() {
        double missing = values.number("loss.missing_true_label_loss");
        return switch (values.text("loss.kind")) {
            case "mse" -> new MeanSquaredLoss(values.number("loss.t_correct"), values.number("loss.t_wrong"), missing);
            case "shift-invariant-mse" -> new ShiftInvariantLoss(values.number("loss.delta_t"), missing);
            case "spike-count", "target-trains", "last-spike" -> CrossEntropyLoss.PUBLISHED;
            default ->
                new CrossEntropyLoss(
                        values.number("loss.xi"), values.number("loss.alpha"), values.number("loss.beta"), missing);
        };
    }

    private OptimizerSettings optimizer() {
        double rate = values.number("training.optimizer.learning_rate");
        return values.text("training.optimizer.kind").equals("sgd")
                ? OptimizerSettings.sgd(rate, values.number("training.optimizer.momentum"))
                : new OptimizerSettings(
                        OptimizerSettings.Kind.ADAM,
                        rate,
                        values.number("training.optimizer.beta1"),
                        values.number("training.optimizer.beta2"),
                        values.number("training.optimizer.epsilon"),
                        0);
    }

    private Schedule schedule() {
        if (!values.has("training.schedule")) {
            return Schedule.CONSTANT;
        }
        String kind = values.text("training.schedule.kind");
        return kind.equals("cosine")
                ? Schedule.COSINE
                : new Schedule(
                        Schedule.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                        values.integer("training.schedule.every_epochs"),
                        values.number("training.schedule.gamma"));
    }

    private RescueSettings rescue(double clip) {
        double value = values.number("training.silent_rescue.value");
        return new RescueSettings(
                value,
                values.flag("training.silent_rescue.exponential"),
                values.flag("training.silent_rescue.targeted"),
                values.flag("training.silent_rescue.learn"),
                values.optionalNumber("training.silent_rescue.max")
                        .orElse(Math.max(value, RescueSettings.defaultMax(clip))));
    }

    private ChipSettings chip() {
        Object copies = values.at("chip.row_copies");
        return new ChipSettings(
                values.number("chip.tau_us"),
                values.number("chip.window_tau"),
                values.number("chip.timing_offset_us"),
                values.integer("chip.retries"),
                values.number("chip.scale_weights"),
                copies.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact((Long) copies)),
                values.text("chip.time_zero").equals("marker")
                        ? ChipSettings.TimeZero.MARKER
                        : ChipSettings.TimeZero.SYNC_AND_RESET,
                values.text("chip.source_order").equals("spread")
                        ? ChipSettings.SourceOrder.SPREAD
                        : ChipSettings.SourceOrder.PUBLISHED,
                values.integer("chip.synapse_dac_bias"),
                values.has("chip.neuron_size")
                        ? OptionalInt.of(values.integer("chip.neuron_size"))
                        : OptionalInt.empty(),
                values.optionalNumber("chip.calibration.tau_mem_us"),
                values.optionalNumber("chip.calibration.tau_syn_us"));
    }

    private HealthSettings health() {
        Map<String, Double> limits = new TreeMap<>();
        values.map("health.limits").forEach((key, value) -> limits.put(key, (Double) value));
        return new HealthSettings(values.list("health.allow"), limits);
    }
}
