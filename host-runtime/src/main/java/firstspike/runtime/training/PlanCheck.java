package firstspike.runtime.training;

import static firstspike.runtime.error.CalibrationException.Code.CALIBRATION_MISSING;

import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.learning.LayerModel;
import firstspike.runtime.learning.LearningRule;
import firstspike.runtime.learning.eventprop.TargetTrainsLoss;
import firstspike.runtime.learning.eventprop.TrainSettings;
import firstspike.runtime.network.Network;
import java.util.List;

/** Checks that plan, network, data and checkpoint go together before anything runs. */
final class PlanCheck {
    private PlanCheck() {}

    static void check(
            Network network, TrainingPlan plan, List<LayerModel> models, SampleSet train, SampleSet validation) {
        LearningRule rule = plan.gradients().rule();
        if (rule.measured()
                && models.stream().anyMatch(model -> model.measured().isEmpty())) {
            throw new CalibrationException(
                    CALIBRATION_MISSING,
                    "calibration for neuron.learning_rule " + rule.id(),
                    "none is used",
                    "the measured constants of each neuron",
                    "train on a calibrated chip, or use implicit");
        }
        if (!rule.manySpikes() && network.manySpikes()) {
            throw new ExperimentException(
                    ExperimentException.Code.RULE_DOES_NOT_FIT,
                    "neuron.learning_rule " + rule.id(),
                    "a layer whose max_spikes is not 1",
                    "learning_rule " + rule.id() + " reads first spikes",
                    "write event-prop, or max_spikes: 1");
        }
        if (!rule.fits(models.get(0).neuron())) {
            throw new ExperimentException(
                    ExperimentException.Code.RULE_DOES_NOT_FIT,
                    "neuron.learning_rule " + rule.id(),
                    "tau_mem " + network.neuron().tauMem() + ", tau_syn "
                            + network.neuron().tauSyn(),
                    "the rule's ratio of time constants",
                    "use implicit, which takes any ratio");
        }
        if (plan.layers().size() != models.size()) {
            throw new IllegalArgumentException("plan for " + plan.layers().size() + " layers (expected: "
                    + models.size() + ", those of the network)");
        }
        int classes = classes(network, plan);
        labels("training", train, network, classes);
        labels("validation", validation, network, classes);
    }

    static void fits(Checkpoint from, List<LayerModel> models, int samples) {
        if (from.weights().length != models.size()) {
            throw misfit("layers", from.weights().length, models.size());
        }
        for (int i = 0; i < models.size(); i++) {
            LayerModel model = models.get(i);
            if (from.weights()[i].length != model.weights() || from.bump()[i].length != model.size()) {
                throw misfit(
                        "layers/" + i + "/weight",
                        from.weights()[i].length + " values for " + from.bump()[i].length + " neurons",
                        model.rows() + " x " + model.size());
            }
            if (from.firstMoments()[i].length != model.weights() || from.secondMoments()[i].length != model.weights()) {
                throw misfit("optimizer/" + i, from.firstMoments()[i].length + " values", model.weights());
            }
        }
        if (from.meta().totals().silent().length != models.size()
                || from.meta().totals().bumps().length != models.size()) {
            throw misfit("sums of the epoch", from.meta().totals().silent().length + " layers", models.size());
        }
        for (int index : from.order()) {
            if (index < 0 || index >= samples) {
                throw misfit("order", "sample " + index, "0.." + (samples - 1));
            }
        }
    }

    /** What a label may be: a label neuron, or a pattern of target trains. */
    static int classes(Network network, TrainingPlan plan) {
        return plan.trains()
                .map(TrainSettings::loss)
                .filter(TargetTrainsLoss.class::isInstance)
                .map(loss -> ((TargetTrainsLoss) loss).targets().size())
                .orElse(network.outputs());
    }

    private static void labels(String split, SampleSet set, Network network, int classes) {
        if (set == null || set.inputs() != network.inputs()) {
            throw new IllegalArgumentException(split + " set of " + (set == null ? "no" : set.inputs())
                    + " inputs (expected: " + network.inputs() + ", those of the network)");
        }
        for (int i = 0; i < set.size(); i++) {
            if (set.labels()[i] >= classes) {
                throw new IllegalArgumentException("label of " + split + " sample " + i + " : " + set.labels()[i]
                        + " (expected: 0.." + (classes - 1) + ", one per label neuron or pattern)");
            }
        }
    }

    private static ExperimentException misfit(String member, Object value, Object limit) {
        return new ExperimentException(
                ExperimentException.Code.WEIGHTS_DO_NOT_FIT,
                "checkpoint, " + member,
                value,
                limit,
                "resume with the experiment that the run was started with");
    }
}
