package firstspike.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundled experiments that are another one with a few keys changed: those keys, and nothing else. */
class RecipeFilesTest {

    private static final Set<String> NAMES =
            Set.of("id", "status", "description", "target", "reference", "derived_from");

    /** A recipe. */
    record Recipe(String id, String base, List<String> changes) {}

    static List<Recipe> recipes() {
        return List.of(
                new Recipe(
                        "yin-yang-regain",
                        "yin-yang-software",
                        List.of(
                                "training.epochs=30",
                                "training.batch_size=40",
                                "training.schedule={kind: step, every_epochs: 8, gamma: 0.5}",
                                "training.silent_rescue.learn=true",
                                "training.silent_rescue.value=0.0001",
                                "training.silent_rescue.max=0.0005",
                                "training.snapshots_epochs=[30]",
                                "network.layers.0.max_missing_fraction=0.15",
                                "network.layers.1.max_missing_fraction=0.05",
                                "loss.alpha=0.02",
                                "loss.xi=0.08")),
                new Recipe(
                        "mnist16-fast",
                        "mnist16-software",
                        List.of(
                                "network.layers.0.size=246",
                                "training.epochs=30",
                                "training.schedule={kind: cosine}",
                                "training.optimizer.learning_rate=0.01",
                                "training.snapshots_epochs=[30]",
                                "loss.xi=0.08")),
                new Recipe(
                        "mnist16-regain",
                        "mnist16",
                        List.of(
                                "dataset.validation_size=2000",
                                "training.epochs=2",
                                "training.snapshots_epochs=[2]",
                                "training.optimizer.learning_rate=0.003")),
                new Recipe(
                        "mnist28-fast",
                        "mnist28-software",
                        List.of(
                                "training.epochs=40",
                                "training.schedule={kind: cosine}",
                                "training.optimizer.learning_rate=0.01",
                                "training.silent_rescue.learn=true",
                                "training.snapshots_epochs=[40]",
                                "loss.xi=0.08")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recipes")
    void isTheBaseWithTheseKeys(Recipe recipe) {
        Map<String, Object> bundled = settings(recipe.id(), List.of());

        assertThat(bundled).isEqualTo(settings(recipe.base(), recipe.changes()));
        assertThat(bundled).isNotEqualTo(settings(recipe.base(), List.of()));
    }

    private static Map<String, Object> settings(String id, List<String> changes) {
        Map<String, Object> tree = new TreeMap<>(ExperimentFile.bundled(id)
                .resolve(Overrides.of(changes.toArray(String[]::new)))
                .orThrow()
                .tree());
        tree.keySet().removeAll(NAMES);
        return tree;
    }
}
