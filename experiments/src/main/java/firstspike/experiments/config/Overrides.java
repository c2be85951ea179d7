package firstspike.experiments.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a command line and its environment say about an experiment.
 *
 * @param sets {@code key=value} in the order given
 * @param target from {@code --target}
 * @param environmentTarget from the environment, used when nothing else names a target
 * @param seed for both training seeds
 */
public record Overrides(
        List<String> sets, Optional<String> target, Optional<String> environmentTarget, OptionalLong seed) {

    /** Copies the list. */
    public Overrides {
        sets = List.copyOf(sets);
    }

    /** Nothing changed. */
    public static Overrides none() {
        return new Overrides(List.of(), Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /**
     * @param sets {@code key=value} in order
     * @return only these changes
     */
    public static Overrides of(String... sets) {
        return new Overrides(List.of(sets), Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /** All changes as {@code key=value}: the seeds first, so that a {@code --set} of one of them wins. */
    List<String> assignments() {
        List<String> all = new ArrayList<>();
        seed.ifPresent(value -> {
            all.add("training.seeds.weights_and_batches=" + value);
            all.add("training.seeds.numpy=" + value);
        });
        all.addAll(sets);
        return all;
    }
}
