package firstspike.experiments.cli.log;

/** Whoever read the output has gone, as {@code head} does when it has enough: no error, only no reason to go on. */
final class ReaderGone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReaderGone() {
        super("nobody reads the output any more", null, false, false);
    }
}
