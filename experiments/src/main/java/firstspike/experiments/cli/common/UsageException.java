package firstspike.experiments.cli.common;

/** A command line that parses but makes no sense (exit 2). */
public final class UsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
