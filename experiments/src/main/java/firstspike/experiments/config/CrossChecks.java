package firstspike.experiments.config;

import firstspike.experiments.dataset.Datasets;
import firstspike.experiments.dataset.SpikePatterns;
import firstspike.runtime.distortion.DistortionKind;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.recording.HealthCatalogue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold between several keys, and defaults that follow from other keys. */
final class CrossChecks {

    private static final double DEFAULT_WINDOW_TAU = 30;
    private static final double AGREE = 1e-9;
    /** Refractory time of neurons that spike several times: 2 us at 6 us a tau. */
    static final double REFRACTORY_TAU = 0.333;
    /** Several spikes add up, so more is let through than of first spikes. */
    private static final double GRADIENT_OF_TRAINS = 30;

    private final YamlNode root;
    private final Values values;
    private final Problems problems;

    CrossChecks(YamlNode root, Map<String, Object> tree, Problems problems) {
        this.root = root;
        this.values = new Values(tree);
        this.problems = problems;
    }

    void run() {
        layers();
        record();
        health();
        if (values.number("neuron.v_threshold") <= values.number("neuron.v_leak")) {
            wrong("neuron.v_threshold", "above neuron.v_leak " + values.number("neuron.v_leak"), "raise v_threshold");
        }
        if (values.has("chip")) {
            window();
        }
        if (values.text("task").equals(ExperimentSchema.RECORD)) {
            return;
        }
        if (values.number("encoding.t_early") >= values.number("encoding.t_late")) {
            wrong("encoding.t_late", "above encoding.t_early " + values.number("encoding.t_early"), "raise t_late");
        }
        rule();
        trains();
        data();
        distortion();
        values.optionalNumber("training.silent_rescue.max").ifPresent(max -> {
            if (max < values.number("training.silent_rescue.value")) {
                wrong("training.silent_rescue.max", "at least training.silent_rescue.value", "raise max");
            }
        });
        values.optionalText("target")
                .filter(target -> target.startsWith("ideal:"))
                .ifPresent(target -> {
                    if (values.text("forward.kind").equals("euler")) {
                        later(
                                "forward.kind",
                                "event-driven on ideal: (the stepped integrator)",
                                "--set 'forward={kind: event-driven}' takes the exact solution");
                    }
                });
    }

    /** A mistyped counter would allow nothing, or set a limit that nothing ever exceeds. */
    private void health() {
        for (String key : values.<String>list("health.allow")) {
            health("health.allow", key);
        }
        values.map("health.limits").keySet().forEach(key -> health("health.limits", key));
    }

    private void health(String place, String key) {
        if (!HealthCatalogue.has(key)) {
            problems.add(
                    ExperimentException.Code.UNKNOWN_KEY,
                    at(place),
                    place,
                    "health counters, which " + key + " is not",
                    Nearest.to(key, HealthCatalogue.names())
                            .map(near -> "did you mean " + near + "?")
                            .orElse("the health of a result lists them"));
        }
    }

    private void layers() {
        List<Map<String, Object>> layers = values.list("network.layers");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < layers.size(); i++) {
            String key = "network.layers." + i;
            Map<String, Object> layer = layers.get(i);
            if (!layer.containsKey("name")) {
                named(layer, "layer" + i);
            }
            if (!names.add((String) layer.get("name"))) {
                wrong(key + ".name", "once in a network", "rename the layer");
            }
            boolean noBias = values.has("chip") && values.flag("chip.bias_only_in_first_layer") && i > 0;
            if (noBias && values.size(key + ".bias_times") > 0) {
                wrong(key + ".bias_times", "[] with chip.bias_only_in_first_layer", "remove the bias");
            }
        }
    }

    /** Membranes are those of neurons that are there. */
    private void record() {
        List<String> items = values.list("record");
        for (int i = 0; i < items.size(); i++) {
            Optional<Recording.Membrane> membrane = Recording.Membrane.parse(items.get(i));
            if (membrane.isEmpty()) {
                continue;
            }
            String key = "record." + i;
            Optional<Map<String, Object>> layer = values.<Map<String, Object>>list("network.layers").stream()
                    .filter(each -> membrane.get().layer().equals(each.get("name")))
                    .findFirst();
            if (layer.isEmpty()) {
                wrong(key, "a layer of the network", "name one of them");
            } else if (membrane.get().neuron() >= (Long) layer.get().get("size")) {
                wrong(key, "0 to " + ((Long) layer.get().get("size") - 1), "choose a neuron of the layer");
            } else if (!values.text("task").equals(ExperimentSchema.RECORD)) {
                later(key, "spikes, setup, fpga-time in a training", "record membranes with 'firstspike record'");
            }
        }
    }

    /** The name is the first key of a layer. */
    private static void named(Map<String, Object> layer, String name) {
        Map<String, Object> rest = new java.util.LinkedHashMap<>(layer);
        layer.clear();
        layer.put("name", name);
        layer.putAll(rest);
    }

    private void rule() {
        String rule = values.text("neuron.learning_rule");
        double ratio = values.number("neuron.tau_mem") / values.number("neuron.tau_syn");
        if (rule.equals("closed-form-equal") && ratio != 1 || rule.equals("closed-form-double") && ratio != 2) {
            problems.add(
                    ExperimentException.Code.RULE_DOES_NOT_FIT,
                    at("neuron.learning_rule"),
                    "neuron.learning_rule",
                    "tau_mem = " + (rule.endsWith("double") ? "2 tau_syn" : "tau_syn") + ", here " + ratio + " tau_syn",
                    "take learning_rule implicit, which knows any ratio");
        }
    }

    /** What rules of trains need, and other rules cannot do. */
    private void trains() {
        String rule = values.text("neuron.learning_rule");
        boolean many = LearningRule.ofId(rule).manySpikes();
        String loss = values.text("loss.kind");
        boolean ofTrains = List.of("spike-count", "target-trains", "last-spike").contains(loss);
        for (int i = 0; i < values.size("network.layers"); i++) {
            Map<String, Object> layer = values.map("network.layers." + i);
            if (!many && layer.containsKey("max_spikes") && !Long.valueOf(1).equals(layer.get("max_spikes"))) {
                problems.add(
                        ExperimentException.Code.RULE_DOES_NOT_FIT,
                        at("network.layers." + i + ".max_spikes"),
                        "network.layers." + i + ".max_spikes",
                        "1, for learning_rule " + rule + " reads first spikes",
                        "write event-prop, or max_spikes: 1");
            }
        }
        if (ofTrains && !many) {
            problems.add(
                    ExperimentException.Code.RULE_DOES_NOT_FIT,
                    at("loss.kind"),
                    "loss.kind",
                    "a loss of first spikes, for learning_rule " + rule + " reads first spikes",
                    "write learning_rule: event-prop, or another loss");
        }
        boolean patterns = values.text("dataset.name").equals(SpikePatterns.NAME);
        if (loss.equals("target-trains") && !patterns) {
            wrong("loss.kind", "not target-trains: the data set has no target trains", "take dataset spike_patterns");
        } else if (patterns && !loss.equals("target-trains")) {
            wrong("loss.kind", "target-trains for spike_patterns", "write loss: {kind: target-trains}");
        }
        if (loss.equals("last-spike") && values.number("loss.t_correct") == values.number("loss.t_wrong")) {
            wrong("loss.t_wrong", "another time than loss.t_correct", "let classes differ by their last spike");
        }
        values.optionalNumber("training.t_end").ifPresent(this::targetsWithin);
        if (values.optionalText("training.silent_rescue.labels").orElse("").equals("probe")
                && rule.startsWith("closed")) {
            problems.add(
                    ExperimentException.Code.RULE_DOES_NOT_FIT,
                    at("training.silent_rescue.labels"),
                    "training.silent_rescue.labels",
                    "true or false for learning_rule " + rule + ", which knows no membrane",
                    "write learning_rule: implicit, or leave labels out");
        }
        if (!many) {
            return;
        }
        values.optionalNumber("neuron.v_reset").ifPresent(reset -> {
            if (reset >= values.number("neuron.v_threshold")) {
                wrong("neuron.v_reset", "below neuron.v_threshold " + values.number("neuron.v_threshold"), "lower it");
            }
        });
        if (values.has("study")) {
            wrong("study", "null for learning_rule " + rule, "take a rule of first spikes");
        }
        if (at("training").entries().get("max_weight_gradient") == null) {
            values.map("training").put("max_weight_gradient", GRADIENT_OF_TRAINS);
        }
    }

    private void targetsWithin(double end) {
        if (values.text("dataset.name").equals(SpikePatterns.NAME) && end < SpikePatterns.LAST_TARGET) {
            wrong(
                    "training.t_end",
                    "at least " + SpikePatterns.LAST_TARGET + " tau, the latest target of spike_patterns",
                    "lengthen the window of a sample");
        }
    }

    private void data() {
        String name = values.text("dataset.name");
        if (name.equals(SpikePatterns.NAME)) {
            return;
        }
        if (values.integer("network.inputs") != Datasets.inputs(name)) {
            wrong("network.inputs", Datasets.inputs(name) + " for " + name, "correct network.inputs");
        }
        int last = values.size("network.layers") - 1;
        int outputs = values.integer("network.layers." + last + ".size");
        if (outputs < Datasets.classes(name) && outputs > 0) {
            problems.add(
                    ExperimentException.Code.RULE_DOES_NOT_FIT,
                    at("network.layers." + last + ".size"),
                    "network.layers." + last + ".size",
                    "at least " + Datasets.classes(name) + ", the classes of " + name,
                    "give the last layer a neuron a class");
        }
    }

    private void distortion() {
        if (!values.has("distortion")) {
            return;
        }
        if (!values.has("study")) {
            wrong("distortion", "null without study", "add study: robustness");
        }
        String kind = values.text("distortion.kind");
        boolean wanted = DistortionKind.of(kind).orElseThrow().hasValue();
        if (wanted != values.has("distortion.value")) {
            wrong(
                    "distortion.value",
                    wanted ? "a number for " + kind : "null for " + kind,
                    wanted ? "say how strong it is" : "leave value out");
            return;
        }
        try {
            StudyPoints.of(values);
        } catch (IllegalArgumentException e) {
            wrong("distortion", e.getMessage(), "correct kind, value or rule");
        }
        values.optionalText("target")
                .filter(target -> !target.startsWith("ideal:"))
                .ifPresent(target -> wrong(
                        "distortion",
                        "exact arithmetic, not " + target,
                        "take --target ideal:; emulated chips have imperfections of their own (emu:varied)"));
    }

    private void window() {
        Map<String, Object> chip = values.map("chip");
        double tau = values.number("chip.tau_us");
        Double inTau = (Double) chip.get("window_tau");
        Double inUs = (Double) chip.get("window_us");
        if (inTau == null && inUs == null) {
            inTau = DEFAULT_WINDOW_TAU;
        }
        if (inTau == null) {
            inTau = inUs / tau;
        } else if (inUs == null) {
            inUs = inTau * tau;
        } else if (Math.abs(inUs - inTau * tau) > AGREE * inUs) {
            wrong("chip.window_us", inTau * tau + " us, as chip.window_tau says", "give one of the two");
        }
        if (inTau < 8) {
            wrong("chip.window_us", "at least 8 tau", "lengthen the window of a sample");
        }
        chip.put("window_tau", inTau);
        chip.put("window_us", inUs);
    }

    private void wrong(String key, String limit, String remedy) {
        problems.outOfRange(at(key), key, limit, remedy);
    }

    private void later(String key, String limit, String remedy) {
        problems.add(ExperimentException.Code.NOT_BUILT_YET, at(key), key, limit, remedy);
    }

    /** The node of a key, else of what it would stand in. */
    private YamlNode at(String key) {
        YamlNode node = root;
        for (String part : key.split("\\.")) {
            YamlNode next = null;
            if (node.kind() == YamlNode.Kind.MAP && node.entries().containsKey(part)) {
                next = node.entries().get(part).value();
            } else if (node.kind() == YamlNode.Kind.LIST
                    && Integer.parseInt(part) < node.items().size()) {
                next = node.items().get(Integer.parseInt(part));
            }
            if (next == null) {
                return YamlNode.scalar(node.file(), node.line(), node.column(), String.valueOf(values.at(key)), true);
            }
            node = next;
        }
        return node;
    }
}
