package firstspike.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.runtime.learning.eventprop.TrainLoss;
import firstspike.runtime.network.Layer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of experiments whose neurons spike several times, and what is refused. */
class EventPropKeysTest {

    @Test
    @DisplayName("bundled experiments of trains have their rules, losses and defaults")
    void bundled() {
        Experiment yinYang = load("yin-yang-eventprop");
        assertThat(yinYang.network().layers()).allMatch(layer -> layer.maxSpikes() == Layer.ANY_NUMBER);
        assertThat(yinYang.network().neuron().afterSpike().refractory()).isEqualTo(0.333);
        assertThat(yinYang.training().trains().orElseThrow().probes().amount()).isEqualTo(2);
        assertThat(yinYang.training().gradients().maxWeightGradient()).isEqualTo(30);

        Experiment patterns = load("spike-patterns");
        assertThat(patterns.training().trains().orElseThrow().loss().kind()).isEqualTo(TrainLoss.Kind.TARGET_TRAINS);
        assertThat(patterns.training().trains().orElseThrow().probes().amount()).isEqualTo(0.5);

        Experiment first = load("yin-yang-software");
        assertThat(first.training().trains()).isEmpty();
        assertThat(first.network().layers()).allMatch(layer -> layer.maxSpikes() == 1);
        assertThat(first.training().gradients().maxWeightGradient()).isEqualTo(0.2);
    }

    @Test
    @DisplayName("rules of first spikes take probes too")
    void probesForFirstSpikes() {
        Experiment experiment =
                load("yin-yang-software", "neuron.learning_rule=implicit", "training.silent_rescue.labels=probe");

        assertThat(experiment.training().trains().orElseThrow().probes().amount())
                .isEqualTo(2);
        assertThat(experiment.network().manySpikes()).isFalse();
    }

    @ParameterizedTest(name = "E-27 {0} with {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "yin-yang-eventprop | neuron.v_threshold=0.0 | neuron.v_threshold",
                "yin-yang-eventprop | neuron.v_reset=1.0 | neuron.v_reset",
                "yin-yang-eventprop | neuron.refractory=-0.1 | neuron.refractory",
                "yin-yang-eventprop | neuron.holdoff=-0.1 | neuron.holdoff",
                "yin-yang-eventprop | network.layers.0.max_spikes=0 | network.layers.0.max_spikes",
                "yin-yang-eventprop | loss={kind: target-trains} | no target trains",
                "spike-patterns | loss={kind: spike-count} | target-trains for spike_patterns",
                "spike-patterns | training.t_end=5.0 | training.t_end",
                "yin-yang-eventprop | loss={kind: last-spike, t_correct: 1.0, t_wrong: 1.0} | another time than",
                "yin-yang-eventprop | neuron.learning_rule=implicit | event-prop, or max_spikes: 1",
                "yin-yang-software | network.layers.0.max_spikes=2 | closed-form-equal reads first spikes",
                "yin-yang-software | loss={kind: spike-count} | write learning_rule: event-prop",
                "yin-yang-software | training.silent_rescue.labels=probe | which knows no membrane",
                "yin-yang-eventprop | network.layers.0.recurrent={delay: 0.1} | network.layers.0.recurrent",
            })
    void refused(String experiment, String assignment, String says) {
        assertThatThrownBy(() -> load(experiment, assignment))
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessageContaining(says.strip());
    }

    private static Experiment load(String name, String... assignments) {
        return ExperimentFile.bundled(name).resolve(Overrides.of(assignments)).orThrow();
    }
}
