package firstspike.experiments.config;

import java.util.List;

/** An experiment id that is not bundled (exit 2). */
public final class UnknownExperimentException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnknownExperimentException(String id, List<String> known) {
        super("experiment: " + id + " (known: " + String.join(", ", known) + ", or a .yaml file); "
                + Nearest.to(id, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("choose one of them"));
    }
}
