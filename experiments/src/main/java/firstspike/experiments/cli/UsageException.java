package firstspike.experiments.cli;

/** A command line that parses but makes no sense (exit 2). */
final class UsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
