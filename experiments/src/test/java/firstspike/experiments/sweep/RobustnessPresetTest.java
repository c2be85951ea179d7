package firstspike.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.distortion.DistortionKind;
import firstspike.runtime.learning.LearningRule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RobustnessPresetTest {

    private final SweepPlan plan = SweepPresets.find("robustness").orElseThrow().plan();

    @Test
    @DisplayName("U18 the study has 37 rows, each a valid experiment of 100 epochs with label limit 0.05")
    void everyRowIsAnExperiment() {
        assertThat(plan.conditions()).hasSize(37);
        assertThat(plan.seeds()).isEqualTo(20);
        for (Condition condition : plan.conditions()) {
            Experiment experiment = resolve(condition);
            assertThat(experiment.study()).isPresent();
            assertThat(experiment.training().epochs()).isEqualTo(100);
            assertThat(experiment.training().layers().get(1).maxMissing()).isEqualTo(0.05);
            assertThat(experiment.target()).isEqualTo("ideal:");
            assertThat(condition.expected()).isPresent();
        }
    }

    @Test
    @DisplayName("U18 one imperfection alone: --only weight-levels")
    void onlyOneKind() {
        SweepPlan levels = plan.only("weight-levels").withSeeds(2);

        assertThat(levels.conditions())
                .extracting(condition -> condition.values().get("value"))
                .containsExactly("63", "31", "15", "7", "3");
        assertThat(levels.points()).hasSize(10);
        assertThat(resolve(levels.conditions().get(2)).grid().resolution()).isEqualTo(0.2);
    }

    @Test
    void theRuleThatKnowsTheNeuronsIsTheMeasuredOne() {
        List<Condition> spread = plan.only("tau-spread").conditions();

        assertThat(resolve(spread.get(0)).training().gradients().rule()).isEqualTo(LearningRule.CLOSED_FORM_EQUAL);
        assertThat(resolve(spread.get(4)).training().gradients().rule()).isEqualTo(LearningRule.IMPLICIT_MEASURED);
        assertThat(resolve(spread.get(4)).study().orElseThrow().kind()).isEqualTo(DistortionKind.TAU_SPREAD);
    }

    private Experiment resolve(Condition condition) {
        return plan.base()
                .resolve(Overrides.of(condition.sets().toArray(String[]::new)))
                .orThrow();
    }
}
