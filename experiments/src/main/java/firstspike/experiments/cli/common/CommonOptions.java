package firstspike.experiments.cli.common;

import picocli.CommandLine.Option;

/** Options of every command. */
public final class CommonOptions {

    /** When output is coloured. */
    public enum Colour {
        /** On a terminal. */
        auto,
        /** Always. */
        always,
        /** Never. */
        never;

        /** Whether output to this surroundings is coloured. */
        public boolean on(Environment environment) {
            return switch (this) {
                case always -> true;
                case never -> false;
                case auto ->
                    environment.terminal()
                            && environment.variable("NO_COLOR").isEmpty()
                            && !"dumb".equals(environment.variables().get("TERM"));
            };
        }
    }

    @Option(names = "--json", description = "Print the result as one JSON object.")
    public boolean json;

    @Option(names = "--quiet", description = "No progress.")
    public boolean quiet;

    @Option(names = "--verbose", description = "Say more, and show stack traces.")
    boolean verbose;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never (default: auto).")
    Colour color = Colour.auto;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    public boolean help;
}
