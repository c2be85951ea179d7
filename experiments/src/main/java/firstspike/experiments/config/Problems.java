package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;
import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes of one experiment, in the order they were met. Mutable, one thread. */
final class Problems {

    private static final int LONGEST_VALUE = 80;

    private final List<Problem> found = new ArrayList<>();

    void add(ExperimentException.Code code, YamlNode at, String key, String limit, String remedy) {
        String shown = at.shown();
        String value = shown.length() > LONGEST_VALUE ? shown.substring(0, LONGEST_VALUE) + "…" : shown;
        found.add(new Problem(code, at.file(), at.line(), at.column(), key, value, limit, remedy));
    }

    void outOfRange(YamlNode at, String key, String limit, String remedy) {
        add(ExperimentException.Code.VALUE_OUT_OF_RANGE, at, key, limit, remedy);
    }

    List<Problem> list() {
        return List.copyOf(found);
    }

    boolean any() {
        return !found.isEmpty();
    }
}
