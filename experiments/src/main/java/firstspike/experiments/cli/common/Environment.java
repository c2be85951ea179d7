package firstspike.experiments.cli.common;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a command: streams and variables, so that a test can give others.
 *
 * @param out takes results
 * @param err takes progress and messages
 * @param variables of the environment
 * @param terminal standard error is a terminal
 */
public record Environment(PrintStream out, PrintStream err, Map<String, String> variables, boolean terminal) {

    /** A variable, empty when it is not set or blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** What knows the surroundings: the root of all commands. */
    public interface Holder {

        /** The surroundings. */
        Environment environment();
    }
}
