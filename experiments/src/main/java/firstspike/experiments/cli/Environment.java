package firstspike.experiments.cli;

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
record Environment(PrintStream out, PrintStream err, Map<String, String> variables, boolean terminal) {

    /** A variable, empty when it is not set or blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }
}
